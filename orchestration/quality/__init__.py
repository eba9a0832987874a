"""What is checked besides dbt's own tests: what landed, and facts across stores. No orchestrator here."""
