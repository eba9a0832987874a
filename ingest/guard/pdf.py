"""PDF: whether it is whole, what its pages show and hide, and what is attached to it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from ingest.guard import pdf_pages, pdf_streams
from ingest.guard.verdict import Inspection, Refused

_ROOT = Path(__file__).resolve().parents[2]
_HEAD = 1024
_MAX_REST = 2**14  # some senders add a few blanks or bytes of their own
_SCRIPT = re.compile(rb"/S\s*/JavaScript\b|/JS\s*[(<\d]")
_LAUNCH = re.compile(rb"/S\s*/(Launch|ImportData|GoToE)\b")
_ATTACHED = re.compile(rb"/EmbeddedFiles?\b|/Type\s*/Filespec\b[^>]{0,500}/EF\b")
_HIDDEN_LAYERS = re.compile(rb"/OFF\s{0,4}\[\s{0,4}\d{1,10}\s{1,4}\d{1,5}\s{1,4}R|/BaseState\s*/OFF\b")


def look(data: bytes, inspection: Inspection) -> None:
    """Everything a PDF may hide."""
    if b"%PDF-" not in data[:_HEAD]:
        raise Refused("damaged", "it does not begin as a PDF does")
    rest = len(data) - max(0, data.rfind(b"%%EOF"))
    if b"%%EOF" in data and rest > _MAX_REST:
        code = "truncated" if b" obj" in data[-rest:] else "damaged"
        raise Refused(code, f"{rest} bytes follow its end mark")
    streams = pdf_streams.scan(data, inspection)
    # What is encrypted cannot be counted beforehand, even where no password is needed to open it.
    is_costly = streams.is_costly(inspection.limits.page_content_bytes) or b"/Encrypt" in streams.words
    pages = _in_own_process(data, inspection) if is_costly else pdf_pages.look(data, inspection)
    _look_at_words(data, streams.words, inspection)
    _report(pages, inspection)


def _in_own_process(data: bytes, inspection: Inspection) -> pdf_pages.Pages:
    """Look at the pages where running out of memory or time harms nobody."""
    command = [sys.executable, "-m", "ingest.guard.pdf_pages", f"{inspection.seconds_left():.1f}"]
    paths = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=max(1.0, inspection.seconds_left()),
            env=os.environ | {"PYTHONPATH": paths},
            check=False,
        )
        answer = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise Refused(
            "too_slow", f"its pages take more than {inspection.limits.seconds:g} seconds"
        ) from error
    except ValueError as error:
        raise Refused(
            "expands", "its pages take more memory than allowed, or bring the PDF library down"
        ) from error
    if "refused" in answer:
        raise Refused(*answer["refused"])
    return pdf_pages.Pages(**answer["pages"])


def _look_at_words(data: bytes, words: bytes, inspection: Inspection) -> None:
    """What the dictionaries say beyond the pages."""
    if scripts := len(_SCRIPT.findall(words)):
        inspection.find("active_content", f"{scripts} scripts")
    if actions := len(_LAUNCH.findall(words)):
        inspection.find("active_content", f"{actions} actions that start programs or load other files")
    if _ATTACHED.search(words):
        inspection.find("embedded_object", "files are attached to it")
    if b"/OCProperties" in words and _HIDDEN_LAYERS.search(words):
        inspection.find("hidden_layer", "some of its layers are not shown")
    versions = data.count(b"startxref")
    if versions > (2 if b"/Linearized" in data[:2048] else 1):
        what = f"it was changed after it was made; {versions} saved states are in the file"
        inspection.find("earlier_versions", what)


def _report(pages: pdf_pages.Pages, inspection: Inspection) -> None:
    """Findings for whatever the pages hold that is not zero."""
    whole = pages.pages
    for code, number, what in (
        ("embedded_object", pages.attachments, "{} files are attached to it"),
        ("active_content", pages.scripts, "{} scripts of the whole document"),
        ("active_content", pages.is_xfa, "its pages are made by a form program, not stored"),
        ("restricted", pages.is_restricted, "it is protected against changes, not against reading"),
        ("covered_text", pages.covered, "{} pieces of text lie under bars or marks to black them out"),
        ("hidden_text", pages.invisible, "{} pieces of text are written invisibly"),
        ("hidden_text", pages.white, "{} pieces of text are written in white on white"),
        ("text_beside_page", pages.beside, "{} pieces of text lie outside the page"),
        ("recognised_text", pages.recognised, "{} of {} pages are images with text recognised by a program"),
        ("image_only", pages.image_only, "{} of {} pages are images without text"),
        ("comments", pages.annotations, "{} notes are written onto its pages"),
        ("unread_fields", pages.filled_fields, "{} form fields are filled in"),
    ):
        if number:
            inspection.find(code, what.format(number, whole))
    if not pages.with_text and not pages.image_only:
        inspection.find("image_only", f"none of its {whole} pages has text")
