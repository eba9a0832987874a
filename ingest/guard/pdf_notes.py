"""What is attached to a page of a PDF: notes, files, marks to black text out, filled-in form fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingest.guard.verdict import Inspection

if TYPE_CHECKING:
    from ingest.guard.pdf_pages import Pages

_ATTACHED = ("FILEATTACHMENT", "SOUND", "MOVIE", "RICHMEDIA", "THREED")


def look_at_notes(page: Any, found: Pages, inspection: Inspection) -> None:
    """Count what is attached to ``page``, a page of pypdfium2, into ``found``."""
    import pypdfium2.raw as pdfium

    attached = {getattr(pdfium, f"FPDF_ANNOT_{name}") for name in _ATTACHED}
    for number in range(max(0, pdfium.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, number)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            found.filled_fields += _has(pdfium, annotation, b"V")
        elif kind in attached:
            found.attachments += 1
        elif kind == pdfium.FPDF_ANNOT_REDACT:
            found.covered += 1
        elif kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            found.annotations += _has(pdfium, annotation, b"Contents") or _has(pdfium, annotation, b"RC")
        pdfium.FPDFPage_CloseAnnot(annotation)
        if number % 1024 == 1023:
            inspection.check_time()


def _has(pdfium: Any, annotation: Any, key: bytes) -> bool:
    """Whether a text entry of an annotation is longer than its closing zero."""
    return bool(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0) > 2)
