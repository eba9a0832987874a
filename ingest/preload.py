"""What worker processes of the extraction find loaded when they start. Imported by their server only."""

import lxml.html  # noqa: F401

import ingest.guard.page
import ingest.guard.text
import ingest.landing
import ingest.raw_schema
import ingest.readers.html
import ingest.readers.text
import ingest.workers  # noqa: F401
