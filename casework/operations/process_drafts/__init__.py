"""The way of a process draft: begun, changed, submitted, approved by somebody else, released; and back to an earlier version."""
