"""What the guard can find, what each finding leads to, and what it may cost to look. No file format here."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Literal

from ingest.readers import Unreadable

Decision = Literal["accept", "accept_with_warnings", "quarantine", "reject"]

_MIB = 2**20
_SEVERITY: tuple[Decision, ...] = ("accept", "accept_with_warnings", "quarantine", "reject")
_SHOWN_OF_A_KIND = 25
_OPEN_COPY = "Ask the force for an open copy without a password; do not guess passwords."
_AGAIN = "Ask the force for the file again; this copy is no proof of what it sent."
_CLEAN_COPY = (
    "Do not open or forward it; tell the force what it sent and ask for a copy that holds only the figures."
)
_NONE = "Nothing to do; the warning stays with the document."


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of finding leads to, and what a person does about it."""

    decision: Decision
    remedy: str


RULES: dict[str, Rule] = {
    # Hidden content: the force sent more than the page shows.
    "hidden_sheet": Rule("quarantine", _CLEAN_COPY),
    "unlisted_sheet": Rule("quarantine", _CLEAN_COPY),
    "hidden_rows_columns": Rule("quarantine", _CLEAN_COPY),
    "hidden_cells": Rule("quarantine", _CLEAN_COPY),
    "hidden_text": Rule("quarantine", _CLEAN_COPY),
    "hidden_layer": Rule("quarantine", _CLEAN_COPY),
    "hidden_table_part": Rule("quarantine", _CLEAN_COPY),
    "covered_text": Rule("quarantine", _CLEAN_COPY),
    "pivot_cache": Rule("quarantine", _CLEAN_COPY),
    "data_model": Rule("quarantine", _CLEAN_COPY),
    "external_records": Rule("quarantine", _CLEAN_COPY),
    "embedded_object": Rule("quarantine", _CLEAN_COPY),
    "comments": Rule("quarantine", "Comments are no part of the answer; ask for a copy without them."),
    "tracked_changes": Rule("quarantine", "The answer stands in two versions; ask the force for the final one."),
    # What cannot be looked into, or not without a person.
    "encrypted": Rule("quarantine", _OPEN_COPY),
    "image_only": Rule("quarantine", "Have a person enter and check its figures, or ask for the data as a file."),
    "recognised_text": Rule("quarantine", "Check every figure against the image, or ask for the data as a file."),
    "macros": Rule("quarantine", "Never run them; ask the force for a copy without programs in it."),
    "active_content": Rule("quarantine", "Never run it; ask the force for a copy without programs in it."),
    # Unreadable or hostile.
    "empty": Rule("reject", "Nothing was received, which is not a nil return; ask for the file again."),
    "truncated": Rule("reject", _AGAIN),
    "damaged": Rule("reject", _AGAIN),
    "dangerous_xml": Rule("reject", "No office program writes this; do not open it, ask for the file again."),
    "escapes_folder": Rule("reject", "Unpack nothing, not even its other members; ask for the files one by one."),
    "expands": Rule("reject", "Do not open it; ask for a file of ordinary size."),
    "dishonest_archive": Rule("reject", "Do not open it; ask for the files one by one."),
    "two_formats": Rule("reject", "Do not open it; ask for a file of one kind."),
    "program": Rule("reject", "Do not open it; tell the force what it sent."),
    "unsupported": Rule("reject", "Save it as xlsx, docx, pdf or csv, or ask the force for one of these."),
    "too_large": Rule("reject", "Ask for the table itself as xlsx or csv."),
    "too_slow": Rule("reject", "Ask for the table itself as xlsx or csv."),
    # Oddities the readers cope with.
    "name_disagrees": Rule("accept_with_warnings", "It is read as what it is; rename it to avoid doubt."),
    "encoding": Rule("accept_with_warnings", "Look at dashes, quotes and currency signs once."),
    "delimiter": Rule("accept_with_warnings", _NONE),
    "mojibake": Rule("accept_with_warnings", "Labels stay as printed: map the garbled spelling. Figures are sound."),
    "text_direction": Rule("accept_with_warnings", "Digits may be shown in another order than they are stored in."),
    "formula_like_cells": Rule("accept_with_warnings", "They are text here; let no spreadsheet program compute them."),
    "no_final_line_end": Rule("accept_with_warnings", "Check that it is whole; end it in a csv to have it read."),
    "unclosed_page": Rule("accept_with_warnings", "Check that the end of the page is there."),
    "empty_hidden_part": Rule("accept_with_warnings", _NONE),
    "hidden_page_part": Rule("accept_with_warnings", "Check that no figure comes from text the page does not show."),
    "external_link": Rule("accept_with_warnings", "Links are never followed and what they keep is never read."),
    "formatting_changes": Rule("accept_with_warnings", _NONE),
    "white_text": Rule("accept_with_warnings", "Check that the figures taken from it are meant to be seen."),
    "text_beside_page": Rule("accept_with_warnings", "It is not read; check that nothing of the answer is missing."),
    "pivot_without_cache": Rule("accept_with_warnings", _NONE),
    "restricted": Rule("accept_with_warnings", _NONE),
    "earlier_versions": Rule("accept_with_warnings", "The last saved version is read."),
    "unread_fields": Rule("accept_with_warnings", "Figures in form fields are not read; enter them from the page."),
    "unknown_part": Rule("accept_with_warnings", "It is not read; check that nothing of the answer is missing."),
    "unread_member": Rule("accept_with_warnings", "It is not read; check that nothing of the answer is missing."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. Real answers stay far below every one of these."""

    file_bytes: int = 100 * _MIB
    text_bytes: int = 32 * _MIB  # text and web pages, which are parsed as a whole
    mail_bytes: int = 40 * _MIB  # mails take twelve times that in memory
    part_bytes: int = 256 * _MIB  # one part of an office package: a sheet of a million short rows
    binary_part_bytes: int = 64 * _MIB  # the same in xlsb, which is more compact
    expanded_bytes: int = 512 * _MIB  # all parts and members together, at every depth
    ratio: int = 300  # real office files expand 5 to 40 times
    ratio_from: int = 32 * _MIB  # small files may be very compressible
    held_bytes: int = 192 * _MIB  # members of archives and mails, which are held while they are looked into
    members: int = 5000
    depth: int = 4  # a letter in a zip in a mail in a mail
    pages: int = 3000
    page_content_bytes: int = 4 * _MIB  # becomes a hundred times that in memory
    seconds: float = 15.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding. ``what`` gives kinds, positions and counts, never a word of the content itself."""

    code: str
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.what} ({self.code}). {self.remedy}"


@dataclass(slots=True)
class Verdict:
    """The decision is that of the gravest reason; ``read_as`` is the file ending of the reader that fits the bytes."""

    decision: Decision
    reasons: list[Reason] = field(default_factory=list)
    read_as: str = ""


class Refused(Unreadable):
    """Looking further is pointless or dangerous; carries the finding that says why."""

    def __init__(self, code: str, what: str, place: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.place = place


@dataclass
class Inspection:
    """The findings about one document and the documents inside it, and what has been spent on them."""

    limits: Limits
    packed_bytes: int
    reasons: list[Reason] = field(default_factory=list)
    depth: int = 0
    expanded: int = 0
    held: int = 0
    _place: str = ""
    _started: float = field(default_factory=time.monotonic)

    def find(self, code: str, what: str, place: str = "") -> None:
        """Note a finding; ``place`` is inside the document looked at."""
        where = ": ".join(filter(None, (self._place, place)))
        reason = Reason(code, where, what, RULES[code].remedy)
        same = [known for known in self.reasons if known.code == code]
        if reason not in same and len(same) < _SHOWN_OF_A_KIND:
            self.reasons.append(reason)

    def spend(self, size: int) -> None:
        """Count expanded bytes; Refused beyond what the limits allow."""
        self.expanded += size
        self.check_expansion(self.expanded)
        self.check_time()

    def check_expansion(self, total: int) -> None:
        """Refused when ``total`` bytes are too many for a file of this size."""
        limits = self.limits
        is_steep = total > limits.ratio_from and total > limits.ratio * self.packed_bytes
        if is_steep or total > limits.expanded_bytes:
            allowed = f"{limits.expanded_bytes // _MIB} MiB and {limits.ratio} times allowed"
            raise Refused(
                "expands", f"{self.packed_bytes} bytes expand to {total // _MIB} MiB or more, {allowed}"
            )

    def hold(self, size: int) -> None:
        """Count the bytes of an inner document that is kept in memory."""
        self.held += size
        if self.held > self.limits.held_bytes:
            raise Refused(
                "expands", f"the documents inside it take more than {self.limits.held_bytes // _MIB} MiB"
            )

    def check_time(self) -> None:
        """Refused when looking has taken too long."""
        if self.seconds_left() <= 0:
            raise Refused("too_slow", f"looking into it takes more than {self.limits.seconds:g} seconds")

    def seconds_left(self) -> float:
        return self._started + self.limits.seconds - time.monotonic()

    def enter(self, place: str) -> str:
        """Step into an inner document; returns what to give to ``leave``."""
        if self.depth >= self.limits.depth:
            raise Refused("expands", f"documents are nested more than {self.limits.depth} deep")
        before = self._place
        self._place = ": ".join(filter(None, (before, place)))
        self.depth += 1
        return before

    def leave(self, before: str) -> None:
        self._place = before
        self.depth -= 1

    def verdict(self, read_as: str) -> Verdict:
        """The decision over all findings, gravest first."""
        ordered = sorted(self.reasons, key=lambda reason: -_SEVERITY.index(RULES[reason.code].decision))
        decision = RULES[ordered[0].code].decision if ordered else "accept"
        return Verdict(decision, ordered, read_as)
