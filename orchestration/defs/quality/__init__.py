"""What is checked besides dbt's own tests: the audit of a build, and its results as checks on what they guard."""
