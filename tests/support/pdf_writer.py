"""A PDF writer just big enough for tests: text at a place, ruled lines, filled boxes, several pages.

Places are in points from the top left corner; a text's ``y`` is its baseline. Fonts are the built-in ones.
"""

from __future__ import annotations

import math
import zlib

_WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, *[556] * 10, 278, 278, 584, 584,
    584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611,
    722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip
FONTS = {"regular": "Helvetica", "bold": "Helvetica-Bold", "mono": "Courier"}


def text_width(text: str, size: float = 10, font: str = "regular") -> float:
    """How wide a text is printed, in points (bold is taken as wide as regular, which is near enough)."""
    if font == "mono":
        return len(text) * 0.6 * size
    return sum(_WIDTHS[ord(char) - 32] if 32 <= ord(char) < 127 else 556 for char in text) * size / 1000


class PdfWriter:
    """Collects pages; ``bytes()`` gives the file."""

    def __init__(
        self, width: float = 595, height: float = 842, rotate: int = 0, *, is_packed: bool = False
    ) -> None:
        self.width, self.height, self.rotate, self.is_packed = width, height, rotate, is_packed
        self.pages: list[list[str]] = [[]]

    def new_page(self) -> None:
        self.pages.append([])

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "regular",
             align: str = "left", angle: int = 0) -> None:  # fmt: skip
        """``align`` says what ``x`` is: the left end, the right end or the middle of the text."""
        x -= text_width(text, size, font) * {"left": 0, "right": 1, "centre": 0.5}[align]
        encoded = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        cos, sin = round(math.cos(math.radians(angle)), 4), round(math.sin(math.radians(angle)), 4)
        place = f"{cos} {sin} {-sin} {cos} {x:.3f} {self.height - y:.3f} Tm"
        font_name = list(FONTS).index(font) + 1
        self.operators(f"BT /F{font_name} {size} Tf {place} ({encoded.decode('latin-1')}) Tj ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.operators(f"{width} w {x0:.3f} {self.height - y0:.3f} m {x1:.3f} {self.height - y1:.3f} l S")

    def box(self, x: float, y: float, width: float, height: float, grey: float | None = None) -> None:
        """An outlined box, or a filled one when ``grey`` (0 black, 1 white) is given."""
        place = f"{x:.3f} {self.height - y - height:.3f} {width:.3f} {height:.3f} re"
        self.operators(f"0.5 w {place} S" if grey is None else f"q {grey} g {place} f Q")

    def operators(self, operators: str) -> None:
        """Anything else, in the language of PDF pages."""
        self.pages[-1].append(operators)

    def bytes(self) -> bytes:
        """The PDF file."""
        kids = " ".join(f"{4 + 2 * index + len(FONTS)} 0 R" for index in range(len(self.pages)))
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {len(self.pages)} /Kids [{kids}] >>",
            "<< /Font << " + " ".join(f"/F{n} {3 + n} 0 R" for n in range(1, len(FONTS) + 1)) + " >> >>",
        ]
        objects += [
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for name in FONTS.values()
        ]
        for page in self.pages:
            content = "\n".join(page)
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /Resources 3 0 R /MediaBox [0 0 {self.width} {self.height}] "
                f"/Rotate {self.rotate} /Contents {len(objects) + 2} 0 R >>"
            )
            packing = ""
            if self.is_packed:
                content, packing = (
                    zlib.compress(content.encode("latin-1")).decode("latin-1"),
                    "/Filter /FlateDecode",
                )
            objects.append(f"<< /Length {len(content)} {packing} >>\nstream\n{content}\nendstream")
        return _file(objects)


def _file(objects: list[str]) -> bytes:
    """The numbered objects with the table of where each one starts."""
    data = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return data + f"{tail}startxref\n{len(data)}\n%%EOF\n".encode("latin-1")
