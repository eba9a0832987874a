"""From a build whose checks passed to the file people read."""
