"""Words every asset shares: owner, pool, groups. No definitions here."""

OWNERS = ["team:foi-warehouse"]
WAREHOUSE_WRITER = "warehouse_writer"
"""The pool of every step that writes DuckDB; its limit is 1."""

FORCES = "forces"
RAW = "raw"
QUALITY = "quality"
PUBLISHED = "published"
INBOX = "inbox"
