"""One module per table shape: cells -> figures. Nothing here knows what a label means.

Every layout offers ``lay_out(table, place) -> Laid`` and is listed in ``LAYOUTS``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ingest.layouts import counts, crosstab, legend, listing, records, statement
from ingest.layouts.figures import Laid
from ingest.layouts.places import Place

LAYOUTS: dict[str, Callable[[Any, Place], Laid]] = {
    "records": records.lay_out,
    "counts": counts.lay_out,
    "crosstab": crosstab.lay_out,
    "list": listing.lay_out,
    "statement": statement.lay_out,
    "legend": legend.lay_out,
}
