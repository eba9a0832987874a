"""Dagster definitions, one folder per concern. Each module builds its objects when Dagster asks, never on import."""
