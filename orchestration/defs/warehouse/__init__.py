"""The build file: the raw load, then the dbt project."""
