"""Words on pages: sentences in the reader's language, days and instants, and what somebody said in quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.language import reader_language
from api.web import blueprint
from casework import clock
from casework.config import TIME_ZONE
from casework.i18n import Message, translated

if TYPE_CHECKING:
    from datetime import date, datetime

#: What people put around what was said; ours are put around it instead.
QUOTES = "»««»\"„“”'‘’ "


@blueprint.app_template_filter("say")
@blueprint.app_template_global("_")
def say(text: str | Message, /, **values: Any) -> str:
    """A sentence of a template in the reader's language; a `Message` from the core likewise; other words as they are."""
    language = reader_language()
    if isinstance(text, Message):
        return text.text(language)
    return Message(text, values).text(language) if values else translated(text, language)


@blueprint.app_template_filter("when")
def when(moment: date, form: str = "digits") -> str:
    """A day or an instant in the reader's language; `form` as in `casework.i18n`, as `brief` or `digits_time`."""
    return Message(f"{{moment:{form}}}", {"moment": moment}).text(reader_language())


@blueprint.app_template_filter("begun")
def begun(text: str) -> str:
    """As a sentence begins: only the first letter is a capital one, names of months stay as they are."""
    return text[:1].upper() + text[1:]


@blueprint.app_template_filter("logged")
def logged(moment: datetime) -> str:
    """An instant in a log: with the year where it is another than this one."""
    if moment.astimezone(TIME_ZONE).year == clock.now().astimezone(TIME_ZONE).year:
        return when(moment, "digits_time")
    return f"{when(moment, 'digits_year')} {when(moment, 'time')}"


@blueprint.app_template_filter("quoted")
def quoted(text: str | Message) -> str:
    """What somebody said, in one pair of quotation marks, whether or not it was written down with some."""
    said = say(text)
    whole = said[:1] in QUOTES and said[-1:] in QUOTES and len(said) > 1
    return f"»{said.strip(QUOTES) if whole else said}«"
