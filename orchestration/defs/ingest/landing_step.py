"""Landing one disclosure so that nothing it holds can stop the others."""

from __future__ import annotations

import logging
import traceback

from ingest import landing
from ingest.landing import Landed
from ingest.registry import DataFolder, Entry
from orchestration.progress import say

_log = logging.getLogger(__name__)


def land(entry: Entry, data: DataFolder) -> Landed:
    """Extract one disclosure. What ingest did not foresee becomes a problem of this disclosure, not a crash."""
    say(f"reading {entry.disclosure_id}")
    try:
        return landing.land(entry, data)
    except Exception as error:  # noqa: BLE001 - one broken document must never stop the others
        _log.error("%s: %s", entry.disclosure_id, traceback.format_exc())
        problem = entry.problem(
            "internal_error",
            "",
            found=f"{type(error).__name__}: {error}",
            expected="an extraction without an error of the program itself",
            remedy="Report it together with the document; until then this disclosure is left out.",
        )
        return Landed(entry.disclosure_id, "failed", "", None, [problem])
