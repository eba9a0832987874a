"""The pages of a PDF through pdfium: text that is not seen, images without text, notes, attachments, programs.

Run as a program it reads a PDF from standard input and writes its findings as JSON: so the guard looks at
files that may take all memory, or bring the library down, in a process of their own.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ingest.guard.pdf_notes import look_at_notes
from ingest.guard.verdict import Inspection, Limits, Refused
from ingest.readers import Unreadable
from ingest.readers.pdf.calls import ADDRESS, NUMBER, Floats, address_of, objects_of, quick

if TYPE_CHECKING:
    from ingest.readers.pdf.opened import OpenedPdf

_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5  # FPDF_PAGEOBJ_...
_UNPAINTED_MODES = (3, 7)  # text that is written and not drawn, or only cuts out what is drawn later
_MAX_DEPTH = 8
_PASSWORD_ERROR = 4
_TAIL = 2048
_LARGE_IMAGE = 0.4  # share of the page
_SOME_IMAGE = 0.1
_MEMORY = 900 * 2**20
_FEW_TEXTS = 20
_LABEL_CHARS = 60  # a stamp or page number on a scanned page
_MANY_PATHS = 80  # letters drawn as outlines
_DARK = 200  # red, green and blue together, of 765
_PALE = 750  # of the same 765: as good as white
_OPAQUE = 250
_BAR_HEIGHT = 4.0
_BIN = 12.0

Box = tuple[float, float, float, float]


@dataclass
class Pages:
    """What the pages hold, by number of pages or of things."""

    pages: int = 0
    with_text: int = 0
    image_only: int = 0  # pages
    recognised: int = 0  # pages whose text lies invisibly over an image
    invisible: int = 0  # texts
    white: int = 0  # texts in white with nothing coloured behind them
    covered: int = 0  # texts
    beside: int = 0  # texts that lie wholly outside the page
    annotations: int = 0
    attachments: int = 0
    scripts: int = 0
    filled_fields: int = 0
    is_xfa: bool = False
    is_restricted: bool = False


def look(data: bytes, inspection: Inspection) -> Pages:
    """Open the document and look at every page. Raises Refused, also for what is no whole PDF."""
    from ingest.readers.pdf.opened import opened

    try:
        with opened(data) as pdf:
            return _look(pdf, inspection)
    except Refused:
        raise
    except Unreadable as error:
        raise _refusal(error, data) from error


def _refusal(error: Unreadable, data: bytes) -> Refused:
    """The finding behind what the reader says; its words tell of the file's structure only."""
    if getattr(error.__cause__, "err_code", None) == _PASSWORD_ERROR:
        return Refused("encrypted", "it opens only with a password")
    is_cut = b"%%EOF" not in data[-_TAIL:]
    what = str(error).partition(";")[0]
    return Refused("truncated" if is_cut or "cut off" in what else "damaged", what)


def _look(pdf: OpenedPdf, inspection: Inspection) -> Pages:
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pdf.document
    found = Pages(pages=len(document))
    if found.pages > inspection.limits.pages:
        raise Refused("too_large", f"it has {found.pages} pages, {inspection.limits.pages} are allowed")
    found.attachments = document.count_attachments()
    found.scripts = max(0, pdfium.FPDFDoc_GetJavaScriptActionCount(document))
    found.is_xfa = document.get_formtype() >= pdfium.FORMTYPE_XFA_FULL
    found.is_restricted = pdfium.FPDF_GetSecurityHandlerRevision(document) > 0
    for number in range(found.pages):
        inspection.check_time()
        try:
            with pdf.page(number) as page:
                _Page(page, pdfium, found, inspection).look()
        except pypdfium2.PdfiumError as error:
            raise Refused("damaged", "it cannot be opened", f"page {number + 1}") from error
    return found


class _Page:
    """One page, object by object in the order of drawing."""

    def __init__(self, page: Any, pdfium: Any, found: Pages, inspection: Inspection) -> None:
        self.page = page
        self.pdfium = pdfium
        self.found = found
        self.inspection = inspection
        self.counts = [0] * 6
        self.invisible = 0
        self.texts: list[int] = []  # their addresses, in the order of drawing
        self.bars: list[tuple[int, Box]] = []  # number of texts drawn before, place
        self.grounds: list[Box] = []  # places that are not white
        self.white: list[int] = []  # texts
        self.image_share = 0.0
        # Made once: pages have thousands of objects.
        self._sides = Floats(4)
        self._colour = (ctypes.c_uint * 4)()
        self._parts = range(ctypes.addressof(self._colour), ctypes.addressof(self._colour) + 16, 4)
        self._modes = (ctypes.c_int * 2)()
        self._bounds_of = quick("FPDFPageObj_GetBounds", NUMBER, *[ADDRESS] * 5)
        self._fill_mode_of = quick("FPDFPath_GetDrawMode", NUMBER, *[ADDRESS] * 3)

    def look(self) -> None:
        self._walk(address_of(self.page.raw), 0)
        self._judge()
        look_at_notes(self.page, self.found, self.inspection)

    def _walk(self, container: int, depth: int) -> None:
        mode_of = quick("FPDFTextObj_GetTextRenderMode", NUMBER, ADDRESS)
        colour_of = quick("FPDFPageObj_GetFillColor", NUMBER, *[ADDRESS] * 5)
        colour, parts = self._colour, self._parts
        for number, (kind, item) in enumerate(objects_of(container, is_form=depth > 0)):
            self.counts[kind if 0 < kind < 6 else 0] += 1
            if kind == _TEXT:
                is_unpainted = mode_of(item) in _UNPAINTED_MODES
                self.invisible += is_unpainted
                if depth == 0:
                    self.texts.append(item)
                    if (
                        not is_unpainted
                        and colour_of(item, *parts)
                        and colour[0] >= _OPAQUE
                        and sum(colour[:3]) >= _PALE
                    ):
                        self.white.append(item)
            elif kind == _PATH:
                if depth == 0:
                    self._note_path(item)
            elif kind == _FORM and depth < _MAX_DEPTH:
                self._walk(item, depth + 1)
            elif kind in (_IMAGE, _SHADING):
                self._note_image(item)
            if number % 4096 == 4095:
                self.inspection.check_time()

    def _note_image(self, item: int) -> None:
        """Shares are added up: scanners cut pages into strips."""
        left, bottom, right, top = self._box(item)
        area = self.page.get_width() * self.page.get_height()
        self.image_share += (right - left) * (top - bottom) / max(1.0, area)

    def _note_path(self, item: int) -> None:
        """An opaque bar, dark or white, drawn after text may have been meant to black it out; any other colour is
        what white text is seen on.
        """
        place = ctypes.addressof(self._modes)
        if not self._fill_mode_of(item, place, place + 4) or not self._modes[0]:
            return
        box = self._box(item)
        if box[3] - box[1] < _BAR_HEIGHT or box[2] - box[0] < _BAR_HEIGHT:
            return
        if quick("FPDFPageObj_GetFillColor", NUMBER, *[ADDRESS] * 5)(item, *self._parts):
            red, green, blue, alpha = self._colour
            shade = red + green + blue
            if shade < _PALE:
                self.grounds.append(box)
            if self.texts and alpha >= _OPAQUE and (shade <= _DARK or shade >= _PALE):
                self.bars.append((len(self.texts), box))

    def _box(self, item: int) -> Box:
        if not self._bounds_of(item, *self._sides.places):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = self._sides.numbers
        return left, bottom, right, top

    def _judge(self) -> None:
        """What kind of page this is."""
        found, texts = self.found, self.counts[_TEXT]
        is_large_image = self.image_share >= _LARGE_IMAGE
        is_drawn = self.counts[_PATH] > _MANY_PATHS or self.image_share >= _SOME_IMAGE
        chars = self._chars() if 0 < texts < _FEW_TEXTS or is_large_image else texts
        found.with_text += chars > 0
        if is_large_image and self.invisible * 2 > texts:
            found.recognised += 1
        elif (is_large_image and chars <= _LABEL_CHARS) or (not chars and is_drawn):
            found.image_only += 1
        else:
            found.invisible += self.invisible
        if self.bars:
            found.covered += self._covered()
        found.beside += self._beside()
        if not any(self.counts[kind] for kind in (_IMAGE, _SHADING, _FORM)):  # any of these may be behind it
            found.white += sum(self._is_on_white(item) for item in self.white)

    def _beside(self) -> int:
        """Texts wholly outside what is shown of the page. One without extent (spaces only) is none."""
        left, bottom, right, top = self._shown()
        bounds_of, places, sides = self._bounds_of, tuple(self._sides.places), self._sides.numbers
        return sum(
            bool(bounds_of(item, *places))
            and (sides[2] <= left or sides[0] >= right or sides[3] <= bottom or sides[1] >= top)
            and sides[0] < sides[2]
            for item in self.texts
        )

    def _shown(self) -> Box:
        """What is shown of the page, in the coordinates of what is drawn on it, not turned."""
        box = self.pdfium.FS_RECTF()
        self.pdfium.FPDF_GetPageBoundingBox(self.page.raw, box)
        return box.left, box.bottom, box.right, box.top

    def _is_on_white(self, item: int) -> bool:
        box = self._box(item)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return not any(left <= x <= right and bottom <= y <= top for left, bottom, right, top in self.grounds)

    def _chars(self) -> int:
        text = self.page.get_textpage()
        try:
            count = min(text.count_chars(), 2000)
            return len("".join(text.get_text_range(0, count).split())) if count > 0 else 0
        finally:
            text.close()

    def _covered(self) -> int:
        """Texts that lie under a bar drawn later. Boxes are sorted into bins by height, for pages full of bars."""
        bins: dict[int, list[tuple[int, Box]]] = {}
        for number, bar in self.bars:
            for place in range(int(bar[1] // _BIN), min(int(bar[3] // _BIN), int(bar[1] // _BIN) + 500) + 1):
                bins.setdefault(place, []).append((number, bar))
        last = max(number for number, _ in self.bars)
        covered = 0
        for order, item in enumerate(self.texts[:last]):
            box = self._box(item)
            middle = (box[1] + box[3]) / 2
            covered += any(
                order < number and bar[1] <= middle <= bar[3] and _overlap(bar, box)
                for number, bar in bins.get(int(middle // _BIN), [])
            )
            if order % 1024 == 1023:
                self.inspection.check_time()
        return covered


def _overlap(bar: Box, text: Box) -> bool:
    """Whether a bar lies over a word or more of a text."""
    width = min(bar[2], text[2]) - max(bar[0], text[0])
    height = min(bar[3], text[3]) - max(bar[1], text[1])
    return width > min(4.0, (text[2] - text[0]) * 0.5) and height > (text[3] - text[1]) * 0.6


def main() -> None:
    """Standard input to standard output, within a limit of memory; the only argument is a limit of seconds."""
    with contextlib.suppress(ImportError):  # not on Windows, where the time limit alone must do
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    data = sys.stdin.buffer.read()
    limits = Limits(seconds=float(sys.argv[1]))
    try:
        answer: dict[str, Any] = {"pages": asdict(look(data, Inspection(limits, len(data))))}
    except Refused as refusal:
        answer = {"refused": [refusal.code, refusal.what, refusal.place]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
