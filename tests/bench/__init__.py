"""How long things take and how much memory they need, against the obvious tools in the same run.

Not a test: `make bench`, or one of them with `make bench ONLY=pdf`. Everything happens in temporary folders.
"""
