"""How a finished build becomes what people read. Pure functions over files: no orchestrator here."""
