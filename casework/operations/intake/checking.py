"""Whether a notification can be taken in: enough to find the child by, and nothing that cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from casework import calendar, cpr, forms
from casework.errors import InvalidError, NotFoundError
from casework.forms.component import ComponentType
from casework.forms.paths import get, is_blank
from casework.i18n import message
from casework.identifiers import new_id
from casework.model import ProcessVersion, ProcessVersionState
from casework.released import form_of, release_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from casework.forms import Form
    from casework.i18n import Message
    from casework.model import Actor

PROCESS, FORM = "intake_to_assessment", "F01"
#: Fields that must be known at once: of anybody, and of another system, which nobody can ask back.
REQUIRED, REQUIRED_OF_SYSTEMS = ("barnNavn",), ("bekymring",)
#: Clocks of other systems may go a little ahead.
_CLOCK_SLACK = timedelta(minutes=5)
#: By which message the intake starts; anything else is `Underretning` or, when it is none, `Henvendelse`.
_MESSAGES = {"anden_kommune": "AndenKommuneUnderretning", "trivselsforum": "TrivselsforumHenvendelse"}

Wrong = dict[str, list["Message"]]


@dataclass(frozen=True)
class Notification:
    """What came, checked. `answers` are those of form F01 that were given; `number` is the CPR number's ten digits."""

    form: Form
    answers: dict[str, Any]
    name: str
    birth_date: date | None
    number: str | None
    received_at: datetime

    @property
    def message(self) -> str:
        """By which message the intake starts."""
        if self.answers.get("erUnderretning") is False:
            is_absence = self.answers.get("underretterType") == "skole" and "fravaerSamlet" in self.answers
            return "FravaersHenvendelse" if is_absence else "Henvendelse"
        return _MESSAGES.get(str(self.answers.get("underretterType")), "Underretning")

    @property
    def variables(self) -> dict[str, Any]:
        """What the process decides by from the first moment: the law's clocks run before anybody registers."""
        known = calendar.day_of(self.received_at)
        given: dict[str, Any] = {
            name: self.answers[name] for name in ("underretterType", "erFagperson", "tegn") if name in self.answers
        }
        return {
            "henvendelseId": str(new_id()),
            "modtagetTid": self.received_at,
            "kendskabsDato": _date(self.answers.get("kendskabsDato")) or known,
            "erUnderretning": self.answers.get("erUnderretning") is not False,
            **given,
        }


def checked(
    session: Session, actor: Actor, answers: object, received_at: datetime | None, at: datetime
) -> Notification:
    """Check it against form F01 and the rules above; InvalidError names every wrong field."""
    form = _form(session)
    cleaned = forms.clean_json(form, answers)
    settled = forms.settle(form, cleaned, forms.Context(now=at))
    wrong: Wrong = {path: said for path, said in settled.errors.items() if not _is_left_out(cleaned, path)}
    for name in REQUIRED if actor.kind == "employee" else REQUIRED + REQUIRED_OF_SYSTEMS:
        if is_blank(cleaned.get(name)):
            wrong[name] = [message("This must be known.")]
    for path, component in form.fields:
        if component.type is ComponentType.FILEPICKER and not is_blank(get(cleaned, path)):
            wrong[path] = [message("Files are attached to the registration, once it is there.")]
    number = _number(cleaned.get("barnCpr"), wrong)
    birth_date = _birth_date(cleaned, number, wrong, at)
    received = _received_at(received_at, cleaned.get("modtagetTid"), wrong, at)
    if wrong:
        raise InvalidError(message("Something is missing or wrong. Nothing was saved."), wrong)
    kept = {name: answer for name, answer in settled.answers.items() if not is_blank(answer)}
    filled = kept | {"modtagetTid": received.isoformat()}
    return Notification(form, filled, str(cleaned["barnNavn"]).strip(), birth_date, number, received)


def _form(session: Session) -> Form:
    released = select(ProcessVersion.id).where(
        ProcessVersion.process_id == PROCESS, ProcessVersion.state == ProcessVersionState.RELEASED
    )
    version_id = session.scalars(released.order_by(ProcessVersion.version.desc())).first()
    if version_id is None:
        raise NotFoundError(message("There is no process {name} that can be started.", name=PROCESS))
    return form_of(session, release_of(session, version_id).forms[FORM])


def _is_left_out(answers: Mapping[str, Any], path: str) -> bool:
    """The registration asks for what is missing; what the form does not know is never missing."""
    return (
        path in answers and is_blank(answers[path])
        if "." not in path and path in answers
        else is_blank(get(answers, path))
    )


def _number(written: object, wrong: Wrong) -> str | None:
    if is_blank(written) or "barnCpr" in wrong:
        return None
    try:
        return cpr.normalise(str(written))
    except InvalidError as error:
        wrong["barnCpr"] = [error.message]
        return None


def _birth_date(answers: Mapping[str, Any], number: str | None, wrong: Wrong, at: datetime) -> date | None:
    """Of the form, else of the number; both must agree."""
    written = None if "foedselsdato" in wrong else _date(answers.get("foedselsdato"))
    by_number = cpr.birth_date(number) if number else None
    if written and written > calendar.day_of(at):
        wrong["foedselsdato"] = [message("The birth date is in the future.")]
    elif written and by_number and written != by_number:
        wrong["foedselsdato"] = [message("The birth date and the CPR number do not fit.")]
    return written or by_number


def _received_at(given: datetime | None, written: object, wrong: Wrong, at: datetime) -> datetime:
    received = given or _instant(written) or at
    if received > at + _CLOCK_SLACK:
        wrong["modtagetTid"] = [message("It cannot have been received in the future.")]
    return min(received, at)


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None


def _instant(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
