"""docx: tracked changes, comments, text that is formatted not to be seen, other documents pulled in."""

from __future__ import annotations

import re
from collections import Counter

from ingest.guard.elements import Attributes, Walker, is_on
from ingest.guard.office import Package, look_at_common_parts, main_part
from ingest.guard.verdict import Inspection

_INSERTED = {"ins", "moveTo", "cellIns"}
_STRUCK = {"del", "moveFrom", "cellDel", "cellMerge"}
_REFORMATTED = {
    "rPrChange",
    "pPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "sectPrChange",
    "numberingChange",
}
_LOOKS = {"color", "sz", "shd", "highlight", "background", "drawing", "pict"}
_RUNS_PROGRAM = {"dde", "ddeauto"}
_FETCHES = {"includetext", "includepicture", "include", "import", "link", "rd", "database"}
_FIELD_NAME = 40  # characters that are looked at to find the name of a field
_WHITE = "FFFFFF"
_LEAST_HALF_POINTS = 4
_STORIES = re.compile(r"word/(document|footnotes|endnotes|header|footer|glossary/document)\d*\.xml$")
_STORY_TYPES = ("document.main+xml", "footnotes+xml", "endnotes+xml", "header+xml", "footer+xml")


def look(package: Package, inspection: Inspection) -> None:
    """Everything a Word document may hide."""
    main = main_part(package, "word/document.xml")
    styles = _HidingStyles()
    for part in package.targets(main, "styles"):
        package.walk(part, styles)
    changes: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    hidden, white, has_grounds, has_text = 0, 0, False, False
    for part in _stories(package, main):
        story = _Story(styles.found)
        package.walk(part, story)
        changes += story.changes
        fields += story.fields.found
        hidden += story.hidden_runs
        white += story.white_runs
        has_grounds = has_grounds or story.has_grounds
        has_text = has_text or (part == main and story.has_text)
    if changes["inserted"] or changes["struck"]:
        what = (
            f"{changes['struck']} struck-out and {changes['inserted']} inserted passages nobody has accepted"
        )
        inspection.find("tracked_changes", what)
    if changes["reformatted"]:
        inspection.find("formatting_changes", f"{changes['reformatted']} tracked changes of formatting only")
    if hidden:
        inspection.find("hidden_text", f"{hidden} passages are formatted as hidden")
    if white:
        code = "white_text" if has_grounds else "hidden_text"
        inspection.find(code, f"{white} passages are written in white")
    if programs := sum(fields[name] for name in _RUNS_PROGRAM):
        inspection.find("active_content", f"{programs} fields that start other programs")
    if fetching := sum(fields[name] for name in _FETCHES):
        inspection.find("external_link", f"{fetching} fields that fetch other files")
    look_at_common_parts(package)
    if not has_text and any("/media/" in name for name in package.archive.members):
        inspection.find("image_only", "the document holds images but no text")


def _stories(package: Package, main: str) -> list[str]:
    """The parts that hold running text, the main one first."""
    found = [
        name
        for name in package.archive.members
        if name != main and (_STORIES.match(name) or package.content_type(name).endswith(_STORY_TYPES))
    ]
    return [main, *found]


class _HidingStyles(Walker):
    """Styles that make text hidden."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._style = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "style":
            self._style = attributes.get("styleId", "")
        elif name == "vanish" and is_on(attributes.get("val")):
            self.found.add(self._style)


class _Fields:
    """Names of fields, in lower case; the instruction of one may be cut over several runs, and hold further fields."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self._open: list[str] = []

    def mark(self, kind: str | None) -> None:
        """The begin, the separate or the end mark of a field."""
        if kind == "begin":
            self._open.append("")
        elif self._open:
            self.add(self._open.pop())
            if kind == "separate":
                self._open.append("")

    def read(self, words: str) -> None:
        """A further piece of an instruction."""
        if self._open and len(self._open[-1]) < _FIELD_NAME:
            self._open[-1] += words

    def add(self, instruction: str) -> None:
        """A whole instruction."""
        if name := instruction.split()[:1]:
            self.found[name[0].strip('"').lower()] += 1


class _Story(Walker):
    """Runs of text, what is tracked about them, and whether they are shown."""

    def __init__(self, hiding_styles: set[str]) -> None:
        self.changes: Counter[str] = Counter()
        self.fields = _Fields()
        self.hidden_runs = self.white_runs = 0
        self.has_grounds = False  # colours that white text may stand on
        self.has_text = False
        self._hiding_styles = hiding_styles
        self._is_paragraph_hidden = self._is_run_hidden = self._is_in_run = self._is_white = False
        self._old_formatting = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("t", "delText"):
            self.wants_text = self._is_run_hidden or self._is_white or not self.has_text
        elif name == "r":
            self._is_in_run, self._is_run_hidden, self._is_white = True, self._is_paragraph_hidden, False
        elif name == "p":
            self._is_paragraph_hidden = False
        elif self._old_formatting:
            self._old_formatting += name in _REFORMATTED
        elif (
            name == "vanish"
        ):  # one outside of a run hides the mark of the paragraph, and the next run starts anew
            self._is_run_hidden = is_on(attributes.get("val"))
        elif name in ("rStyle", "pStyle"):
            self._apply_style(name, attributes.get("val", ""))
        elif name in _LOOKS:
            self._note_look(name, attributes)
        elif name in ("instrText", "fldSimple", "fldChar"):
            self._note_field(name, attributes)
        else:
            self._note_change(name)

    def end(self, name: str) -> None:
        if name in ("t", "delText"):
            self.wants_text = False
        elif name == "instrText":
            self.wants_words = False
        elif name == "r":
            self._is_in_run = self._is_run_hidden = self._is_white = False
        elif name in _REFORMATTED:
            self._old_formatting -= 1

    def text(self) -> None:
        """A run has text."""
        self.wants_text = False
        if self._is_run_hidden:
            self.hidden_runs += 1
        else:
            self.white_runs += self._is_white
            self.has_text = True

    def words(self, text: str) -> None:
        """A field has an instruction."""
        self.fields.read(text)

    def _note_field(self, name: str, attributes: Attributes) -> None:
        if name == "fldSimple":
            self.fields.add(attributes.get("instr", "")[:_FIELD_NAME])
        elif name == "fldChar":
            self.fields.mark(attributes.get("fldCharType"))
        else:
            self.wants_text, self.wants_words = False, True

    def _note_look(self, name: str, attributes: Attributes) -> None:
        """White letters, letters of a point or two, and whatever colours the ground."""
        value = attributes.get("val", "").upper()
        if name == "color" and self._is_in_run:
            self._is_white = value == _WHITE
        elif name == "sz" and self._is_in_run:
            self._is_run_hidden |= value.isdecimal() and int(value) <= _LEAST_HALF_POINTS
        elif name == "shd":
            self.has_grounds |= attributes.get("fill", "").upper() not in ("", "AUTO", _WHITE)
        else:
            self.has_grounds = True  # highlighting, a background, a picture or shape

    def _apply_style(self, name: str, style: str) -> None:
        if style in self._hiding_styles:
            if name == "pStyle":
                self._is_paragraph_hidden = True
            elif self._is_in_run:
                self._is_run_hidden = True

    def _note_change(self, name: str) -> None:
        if name in _INSERTED:
            self.changes["inserted"] += 1
        elif name in _STRUCK:
            self.changes["struck"] += 1
        elif name in _REFORMATTED:
            self.changes["reformatted"] += 1
            self._old_formatting += 1
