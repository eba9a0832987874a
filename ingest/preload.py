"""What worker processes of the extraction find loaded when they start. Imported by their server only."""

import ingest.landing
import ingest.raw_schema
import ingest.readers.html
import ingest.readers.text  # noqa: F401
