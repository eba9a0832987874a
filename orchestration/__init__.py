"""When things run, what is checked, what people see. The command line and the Dagster definitions start here."""
