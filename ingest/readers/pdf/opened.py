"""An open PDF: pdfium used by one thread at a time, and a file opened once for those who look at it in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import TYPE_CHECKING

from ingest.readers.pdf.opening import open_document

if TYPE_CHECKING:
    import pypdfium2

_LIBRARY = Lock()  # pdfium may be used by one thread at a time
_MOST_KEPT = 100_000  # things drawn on the pages kept open: some tens of megabytes


class OpenedPdf:
    """A document and the pages of it that are open. Only within ``opened``."""

    def __init__(self, data: bytes, keeps_pages: bool = False) -> None:
        self.data = data
        self.document = open_document(data)
        self._keeps_pages = keeps_pages
        self._kept: dict[int, pypdfium2.PdfPage] = {}
        self._kept_objects = 0

    @contextmanager
    def page(self, index: int) -> Iterator[pypdfium2.PdfPage]:
        """A page, counted from 0. Raises PdfiumError for one that cannot be opened."""
        page = self._kept.get(index) or self.document[index]
        try:
            yield page
        finally:
            if index not in self._kept and not self._keep(index, page):
                page.close()

    def close(self) -> None:
        """Close the document and every page of it."""
        for page in self._kept.values():
            page.close()
        self._kept.clear()
        self.document.close()

    def _keep(self, index: int, page: pypdfium2.PdfPage) -> bool:
        import pypdfium2.raw as pdfium

        if not self._keeps_pages:
            return False
        self._kept_objects += pdfium.FPDFPage_CountObjects(page)
        if self._kept_objects > _MOST_KEPT:
            self._keeps_pages = False
            return False
        self._kept[index] = page
        return True


_SHARED: ContextVar[list[OpenedPdf] | None] = ContextVar("_SHARED", default=None)


@contextmanager
def opened(data: bytes) -> Iterator[OpenedPdf]:
    """The document in ``data``, for this thread alone. Raises Unreadable; see ``open_document``."""
    shared = _SHARED.get()
    with _LIBRARY:
        if shared is None:
            document = OpenedPdf(data)
            try:
                yield document
            finally:
                document.close()
            return
        if not shared or shared[0].data is not data:
            _close(shared)
            shared.append(OpenedPdf(data, keeps_pages=True))
        yield shared[0]


@contextmanager
def opened_once() -> Iterator[None]:
    """What is opened within stays open until another file is, or until the end: opening and parsing a page takes
    longer than looking at it, and the guard and the reader both look at every page.
    """
    shared: list[OpenedPdf] = []
    token = _SHARED.set(shared)
    try:
        yield
    finally:
        _SHARED.reset(token)
        with _LIBRARY:
            _close(shared)


def _close(shared: list[OpenedPdf]) -> None:
    while shared:
        shared.pop().close()
