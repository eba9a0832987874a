"""From documents to landing Parquet: one asset per force."""
