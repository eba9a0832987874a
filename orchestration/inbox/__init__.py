"""The drop folder: a file that settled there ends as a draft that waits for review, a quarantined file, or a duplicate.

Nothing here builds or publishes. Drafts lie in ``review/``, where no build looks, until `foi accept` moves them.
"""
