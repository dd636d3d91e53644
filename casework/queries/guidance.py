"""What a diagram's documentation says to the worker. Its remarks on sources are for those who own the process.

A remark stands in round brackets and carries a confidence mark: `(Barnets lov § 138 [I])`. It is left out here, as is a mark
alone: paragraphs
are shown from `processes/law.toml`, where an unconfirmed one has no number.
"""

from __future__ import annotations

import re

_MARK = r"\[(?:C|C-old|I|M|P)\]"
_REMARK = re.compile(rf"\s*\([^()]*{_MARK}[^()]*\)|\s*{_MARK}")


def guidance(documentation: str) -> str:
    """Give `documentation` without its remarks on sources."""
    return _REMARK.sub("", documentation).strip()
