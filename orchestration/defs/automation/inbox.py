"""The drop folder as Dagster sees it: a sensor that takes what has settled, and an asset that shows what waits.

The work is done in :mod:`orchestration.inbox`, whose ledger alone decides what has been dealt with. The sensor starts
no run: a draft must be reviewed before any build may see it.
"""

from collections import Counter
from pathlib import Path
from typing import Any, get_args

import dagster as dg

from orchestration import common, settings
from orchestration.code_references import code_references
from orchestration.inbox import accepting
from orchestration.inbox.ledger import Drop, State
from orchestration.inbox.taking import take
from orchestration.words import number

KEY = dg.AssetKey([common.INBOX, "drafts"])
SENSOR = "inbox"


@dg.definitions
def defs() -> dg.Definitions:
    """The sensor on the drop folder, and the drafts it makes as an asset that only it and people change."""
    drafts = dg.AssetSpec(
        KEY,
        group_name=common.INBOX,
        description="Files dropped into `data/inbox/`, drafted into `data/review/`. Nothing here is ever built: "
        "a person reviews a draft and moves it into the corpus with `foi accept`.",
        kinds={"python", "yaml"},
        owners=common.OWNERS,
        metadata=code_references([Path(__file__), Path(accepting.__file__)]),
    )
    return dg.Definitions(assets=[drafts], sensors=[inbox])


@dg.sensor(
    name=SENSOR,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Takes every file that has settled in data/inbox/ or data/inbox/<force>/: drafts it for review, "
    "quarantines it, or finds it a duplicate. One row of its ledger for each file.",
)
def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """One look at the folder."""
    here = settings.current()
    drops = take(here)
    for drop in drops:
        context.log.info(_line(drop))
    if not drops:
        return dg.SensorResult(skip_reason="no new file has settled in the inbox")
    return dg.SensorResult(
        skip_reason=f"took {number(len(drops), 'file')}: {_counted(drops)}",
        asset_events=[dg.AssetMaterialization(KEY, metadata=_metadata(drops, accepting.waiting(here)))],
    )


def _metadata(drops: list[Drop], waiting: list[str]) -> dict[str, Any]:
    states = Counter(drop.state for drop in drops)
    records = [
        dg.TableRecord(
            {
                "became": drop.state,
                "document": (drop.sha256 or "")[:12],
                "ending": drop.ending,
                "force": drop.force_id or "",
                "answer": drop.disclosure_id or "",
                "reason": drop.reason,
            }
        )
        for drop in drops
    ]
    return {
        "dagster/row_count": len(waiting),
        "waiting_for_review": dg.MetadataValue.md("\n".join(f"- {draft}" for draft in waiting) or "nothing"),
        "taken": dg.MetadataValue.table(records),
        **{state: states[state] for state in get_args(State)},
    }


def _counted(drops: list[Drop]) -> str:
    return ", ".join(
        f"{count} {state}" for state, count in sorted(Counter(drop.state for drop in drops).items())
    )


def _line(drop: Drop) -> str:
    """Names no file: a name may be a person's."""
    what = f"{drop.state}: {(drop.sha256 or 'a link')[:12]}{f' .{drop.ending}' if drop.ending else ''}"
    return ": ".join(filter(None, (what, drop.disclosure_id, drop.reason)))
