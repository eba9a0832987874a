"""Telling people what went wrong: a line in a log file, and a message to a webhook where one is configured.

Knows no Dagster. Nothing here raises for what the other side does, and nothing waits longer than a few seconds.
"""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

WEBHOOK = "FOI_WEBHOOK_URL"
"""The environment variable with the address; without it there is only the log file."""

SECONDS = 5.0
_TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}

Outcome = Literal["delivered", "again", "refused"]
"""``again``: the same message may be taken later; ``refused``: repeating it cannot help."""


def append(log: Path, report: Mapping[str, Any]) -> None:
    """Add one line of JSON to the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(report, ensure_ascii=False) + "\n")


def post(url: str, report: Mapping[str, Any], seconds: float = SECONDS) -> tuple[Outcome, str]:
    """Send a report as JSON; its field ``text`` is what chat services show. Gives up after ``seconds`` in all.

    Returns what came of it and why, without the address, which may hold a secret.
    """
    told: list[tuple[Outcome, str]] = []
    sender = threading.Thread(target=lambda: told.append(_post(url, report, seconds)), daemon=True)
    sender.start()
    sender.join(seconds)  # a server that answers byte by byte keeps every single timeout from ending
    return told[0] if told else ("again", f"no answer within {seconds:g} seconds")


class _Straight(urllib.request.HTTPRedirectHandler):
    """Follows nowhere: a report goes where it was configured to go."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _post(url: str, report: Mapping[str, Any], seconds: float) -> tuple[Outcome, str]:
    try:
        request = urllib.request.Request(  # noqa: S310 - the scheme is checked below
            url, json.dumps(report).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        if request.type not in ("http", "https"):
            return "refused", f"{WEBHOOK} is no http or https address"
        with urllib.request.build_opener(_Straight).open(request, timeout=seconds) as answer:
            return "delivered", f"HTTP {answer.status}"
    except urllib.error.HTTPError as error:
        error.close()
        return ("again" if error.code in _TRY_AGAIN else "refused"), f"HTTP {error.code}"
    except ValueError:
        return "refused", f"{WEBHOOK} is no address"
    except (urllib.error.URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        return "again", f"{type(reason).__name__ if isinstance(reason, Exception) else reason}"
    except Exception as error:  # noqa: BLE001 - whatever the other side sends must not stop the reports
        return "refused", f"its answer cannot be read ({type(error).__name__})"
