"""Documents -> disclosed values. Pure Python: imports no Dagster and no dbt, and opens no warehouse."""
