"""Forms: form-js JSON in, pages, checks, results and JSON Schema out. The JSON is the only source; nothing here is stored.

Reading a form: `parse`, `lint`. Answers: `clean` or `clean_json`, `change_rows`, `fill`, `merge`, `choose`. Handing in:
`validate` or `settle`, then `results`. Showing: `view`, `text_view`, `json_schema`. The HTML is in api/web/templates/form.
"""

from __future__ import annotations

from casework.forms.clean import clean, clean_json
from casework.forms.component import Component, ComponentType, Form, Option
from casework.forms.context import Context
from casework.forms.drawing import Rival
from casework.forms.finding import Finding
from casework.forms.json_schema import json_schema
from casework.forms.known import known
from casework.forms.lint import lint
from casework.forms.merge import Clash, Merged, choose, clashes_of, merge, undecided
from casework.forms.parse import parse
from casework.forms.prefill import Prefilled, fill, prefill
from casework.forms.results import results
from casework.forms.rows import change_rows
from casework.forms.text_view import Line, Part, text_view
from casework.forms.validate import Settled, settle, validate
from casework.forms.view import view
from casework.forms.view_model import FieldView, FormView, SectionView
from casework.forms.words import Words, words

__all__ = [
    "Clash",
    "Component",
    "ComponentType",
    "Context",
    "FieldView",
    "Finding",
    "Form",
    "FormView",
    "Line",
    "Merged",
    "Option",
    "Part",
    "Prefilled",
    "Rival",
    "SectionView",
    "Settled",
    "Words",
    "change_rows",
    "choose",
    "clashes_of",
    "clean",
    "clean_json",
    "fill",
    "json_schema",
    "known",
    "lint",
    "merge",
    "parse",
    "prefill",
    "results",
    "settle",
    "text_view",
    "undecided",
    "validate",
    "view",
    "words",
]
