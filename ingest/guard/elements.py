"""XML parts as a stream of elements: no document types, no entities, no depth without end, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable
from xml.parsers import expat

from ingest.guard.verdict import Inspection, Refused

Attributes = dict[str, str]
_MAX_DEPTH = 2000
_MAX_TOKEN = 16 * 2**20  # the longest tag or run of text between two tags that is waited for


class Walker:
    """Told every start and end of an element by local name, attributes with local names; text only on demand.

    A subclass sets ``wants_text`` while it needs to know whether text other than white space follows, and is
    then told so once by ``text``. What the text says is never passed on, but for instructions to the program
    that shows the document: ``words`` gets those, in pieces, while ``wants_words`` is set.
    """

    wants_text = False
    wants_words = False

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self) -> None:
        """Text that is not white space was met while ``wants_text`` was set."""

    def words(self, text: str) -> None:
        """A piece of text met while ``wants_words`` was set."""


def walk(chunks: Iterable[bytes], walker: Walker, inspection: Inspection) -> None:
    """Drive ``walker`` over an XML part. Raises Refused for what no office program writes."""
    _Driver(walker, inspection).run(chunks)


class _Driver:
    def __init__(self, walker: Walker, inspection: Inspection) -> None:
        self._walker = walker
        self._inspection = inspection
        self._depth = 0
        self._parser = parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype

    def run(self, chunks: Iterable[bytes]) -> None:
        fed = 0
        try:
            for chunk in chunks:
                self._parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - self._parser.CurrentByteIndex > _MAX_TOKEN:
                    raise Refused("dangerous_xml", "a single tag without end")
                self._inspection.check_time()
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Refused("damaged", "a part is not well-formed XML") from error

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise Refused("dangerous_xml", "elements nested without end")
        if ":" in name:
            name = name.rpartition(":")[2]
        for key in attributes:
            if ":" in key:
                attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
                break
        self._walker.start(name, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._walker.end(name.rpartition(":")[2] if ":" in name else name)

    def _text(self, text: str) -> None:
        if self._walker.wants_text and not text.isspace():
            self._walker.text()
        elif self._walker.wants_words:
            self._walker.words(text)

    def _doctype(self, *_: object) -> None:
        raise Refused("dangerous_xml", "a document type, which can hold entities that expand without bound")


def is_on(value: str | None) -> bool:
    """Whether an on/off attribute or property is on; one without a value is."""
    return value is None or value.strip().lower() not in ("0", "false", "off", "none", "")
