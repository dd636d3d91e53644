"""The two ways a handler can fail. Both end as an incident that a person sees; `RetryError` first tries again, with backoff.

Their text is kept and shown to administrators: no names, no case text.
"""


class RetryError(Exception):
    """It may work later: a server is down or busy."""


class PermanentError(Exception):
    """It will not work until a person has mended something."""
