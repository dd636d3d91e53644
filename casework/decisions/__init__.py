"""Decisions: DMN 1.1–1.5 tables and literal expressions on FEEL, with what they require of each other.

Decisions suggest; where the law asks for a person's judgement, a user task follows. Boxed contexts, invocations and
decision services are refused by `check`: the editor draws tables and expressions only.
"""

from casework.decisions.checking import check
from casework.decisions.deciding import Outcome, decide
from casework.decisions.errors import DecisionError, DecisionFileError
from casework.decisions.model import Decisions
from casework.decisions.parsing import parse

__all__ = ["DecisionError", "DecisionFileError", "Decisions", "Outcome", "check", "decide", "parse"]
