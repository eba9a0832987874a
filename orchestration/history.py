"""The run history of a build in this process: Dagster's SQLite files, without opening them for each event."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from sqlalchemy import Connection, Engine, create_engine, event

if TYPE_CHECKING:
    from dagster._serdes import ConfigurableClassData

_PATIENCE = 60  # seconds for which a reader of the history may be in the way


class OpenEventLog(SqliteEventLogStorage):
    """Keeps each file open; Dagster's own class opens and closes it several times for each of some thousand events.

    Should a later Dagster no longer ask :meth:`_connect`, everything still works, only slower.
    """

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._engines:
                self._engines[shard] = self._open(shard)
            with self._engines[shard].begin() as connection:
                yield connection

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; a table that is there is not asked for again."""
        known: set[str] = self.__dict__.setdefault("_tables", set())
        if table_name not in known and super().has_table(table_name):
            known.add(table_name)
        return table_name in known

    @property
    def _engines(self) -> dict[str, Engine]:
        found: dict[str, Engine] = self.__dict__.setdefault("_opened", {})
        return found

    def _open(self, shard: str) -> Engine:
        engine = create_engine(self.conn_string_for_shard(shard), connect_args={"timeout": _PATIENCE})
        event.listen(engine, "connect", _sync_less)
        self._initdb(engine)
        return engine

    def dispose(self) -> None:
        """Close the files."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()


class BuildStorage(DagsterSqliteStorage):
    """Dagster's SQLite storage with :class:`OpenEventLog` in it."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data=inst_data)
        self._event_log_storage = OpenEventLog(str(Path(base_dir) / "history" / "runs"))

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData, config_value: Any) -> BuildStorage:
        """As Dagster makes it from the configuration."""
        return cls.from_local(inst_data=inst_data, **config_value)


def _sync_less(connection: sqlite3.Connection, _: object) -> None:
    """Let SQLite write without waiting for the disk after each event.

    In WAL mode this cannot damage the history; a power failure may lose its last moments.
    """
    connection.execute("pragma synchronous = normal")
