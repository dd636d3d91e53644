"""The questions: what API and pages show, as frozen dataclasses that the actor may see.

Each public query opens its own `read()`, and obeys `casework.model.visibility`; what is not there and what may not be seen
is the same `NotFoundError`. Nothing here writes: that somebody looked is for the doors to record (`log_access`).
"""
