"""What belongs to each kind of information, said once: the sender's preview and the receiver's page both come from here.

A hand-off shares fields of filled forms by their data class, and nothing that is not listed. Names of notifiers, CPR numbers
and addresses are in no list; police matters (F02c) and risk assessments of honour conflicts (F02d) are not passed on by hand-off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from casework.form_choices import form_choices
from casework.forms import text_view
from casework.forms.words import Words, words
from casework.i18n import Message, message
from casework.model import Artifact, DataClass, Submission, UserTask
from casework.model.data_class import data_class_words
from casework.released import form_of
from casework.sealed_answers import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Row
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Source:
    """Fields of one form; of rows all of them (`elementer`) or some (`elementer.start`).

    With `lanes` only what was filled in there: a statement of the school is not one of a doctor.
    """

    form: str
    fields: tuple[str, ...]
    lanes: frozenset[str] = frozenset()


_SCHOOLS = frozenset({"skole", "dagtilbud", "ppr"})
_HEALTH = frozenset({"sundhedspleje", "laege", "psykolog"})
_STATEMENT = ("spoergsmaal", "svar", "kilde", "dato")

#: The number of a row in the path of an answer.
_ROW = re.compile(r"\.[0-9]+")

SHARED: dict[DataClass, tuple[Source, ...]] = {
    DataClass.CHILD_WORDS: (
        Source("F09", ("barnetsOrd", "oensker", "forstaaelse", "dato")),
        Source("F09r", ("godkendt", "rettelser")),
        Source("F08", ("barnetsHoldning",)),
        Source("F06", ("barnetsSyn",)),
        Source("F31b", ("barnetsOrd",)),
        Source("F26", ("ungesOrd", "oensker")),
        Source("F27", ("ungesOrd",)),
        Source("F14", ("barnetsOrd",)),
        Source("F16", ("barnetsSyn",)),
        Source("F15", ("barnetsOrd",)),
    ),
    DataClass.PLAN: (
        Source(
            "F14", ("formaal", "maal", "indsats", "stoetteFamilie", "planlagtOphoer", "interval", "foraeldreBidrag")
        ),
        Source("F18", ("delmaal",)),
        Source("F23", ("nedtrapningMaal", "nytTilbud", "trin", "skalSke")),
        Source(
            "F13",
            (
                *("maal", "elementer.type", "elementer.indhold", "elementer.enhed", "elementer.leverandoer"),
                *("elementer.start", "elementer.slut", "nedtrapningsskitse", "risikoSammenbrud", "modtraek"),
            ),
        ),
        Source("F26", ("uddannelse", "job", "handlinger", "overgang", "parter")),
        Source("F27", ("stoette", "begrundelse", "start", "slut")),
        Source("F29m", ("beslutninger",)),
        Source("F31", ("maal", "slut")),
        Source("F31r", ("resultat",)),
        Source("F07", ("undersoegelsesplan", "frist")),
        Source("F08p", ("omraader", "barnInddrages", "foraeldreInddrages")),
        Source("F11", ("afgoerelse", "formaal", "varighed")),
    ),
    DataClass.SCHOOL: (
        Source("F01", ("fravaerSamlet", "fravaerUlovligt", "fravaerPeriode")),
        Source("F08", ("skole", "pprVurdering")),
        Source("F31b", _STATEMENT, _SCHOOLS),
        Source("F14", ("skole",)),
        Source(
            "F15",
            (
                *("klassetrin", "fagligtStandpunkt", "fravaer", "trivsel", "stoettebehov", "hensyn"),
                "foreslaaetSkoletilbud",
            ),
        ),
        Source("F15p", ("vurdering", "anbefaling", "begrundelse")),
        Source("F15s", ("skoletilbud", "skole", "indskrivningsdato", "begrundelse")),
    ),
    DataClass.HEALTH: (
        Source("F08", ("sundhed",)),
        Source("F31b", _STATEMENT, _HEALTH),
        Source("F26", ("sundhed", "psykiatri")),
        Source("F27h", ("hjaelp", "voksenhjaelp", "vaerge")),
    ),
    DataClass.NETWORK: (
        Source("F05b", ("netvaerk",)),
        Source("F08", ("netvaerk", "fritid")),
        Source("F26", ("netvaerk", "relationer", "fritid")),
        Source("F14", ("netvaerk",)),
        Source("F16b", ("barnStoetteperson", "barnStoettepersonNavn")),
    ),
    DataClass.ECONOMY: (
        Source("F13", ("elementer.enhedspris", "elementer.prisPer", "elementer.pris", "samletPris", "budgetkonto")),
        Source("F26", ("oekonomi", "bolig")),
        Source("F27h", ("forsoergelse", "bolig")),
    ),
    DataClass.RISK: (
        Source("F01", ("barnetsOrd", "bekymring", "fungerer", "gjort", "tegn")),
        Source(
            "F02",
            (
                "barnetsOrd",
                "bekymrer",
                "fungerer",
                "skalSke",
                "sikkerhedsSkala",
                "akutBehov",
                "overgreb",
                "begrundelse",
            ),
        ),
        Source("F02b", ("barnetsOrd", "setHoert", "beslutning", "sikkerhedsplan")),
    ),
    DataClass.ASSESSMENT: (
        Source("F04", ("bekymrer", "fungerer", "skalSke", "ressourcer")),
        Source("F05", ("problemstilling", "ressourcer", "kompleksitet", "spor", "begrundelse")),
        Source("F06", ("forhold", "fund", "foraeldresSyn", "konklusion", "begrundelse")),
        Source("F08f", ("vurdering", "mangler")),
        Source(
            "F08",
            (
                "udvikling",
                "familieforhold",
                "ressourcer",
                "bekymrer",
                "fungerer",
                "skalSke",
                "analyse",
                "foraeldresHoldning",
                "konklusion",
                "begrundelse",
                "foreslaaetStoette",
            ),
        ),
    ),
}


@dataclass(frozen=True)
class SharedPart:
    """One answer. `is_words`: the child's own. `source`: which form, when, by whose hand."""

    label: Words
    text: Words
    is_words: bool
    source: Message


@dataclass(frozen=True)
class SharedSection:
    """What is shared of one kind of information; without parts there is nothing yet."""

    data_class: str
    title: Message
    parts: tuple[SharedPart, ...]


def shared_sections(
    session: Session, case_id: UUID, data_classes: Iterable[str], until: datetime
) -> tuple[SharedSection, ...]:
    """Give the sections of these data classes, from forms handed in until `until`: what the sender saw, no later addition.

    Of a form that was filled in several times the newest of each task's lane counts. The caller has checked the access.
    """
    wanted = [one for one in DataClass if one.value in set(data_classes)]
    newest = _newest(session, case_id, {source.form for one in wanted for source in SHARED[one]}, until)
    return tuple(SharedSection(one.value, data_class_words(one), tuple(_parts(session, one, newest))) for one in wanted)


def hidden_words(data_classes: Iterable[str]) -> tuple[Message, ...]:
    """Say what the receiver cannot see: the other kinds of information, and what is never shared."""
    shared = set(data_classes)
    others = [data_class_words(one) for one in DataClass if one.value not in shared]
    return (*others, message("Addresses"), message("Who notified us"), message("The journal"))


def _newest(session: Session, case_id: UUID, forms: set[str], until: datetime) -> list[Row[*tuple[object, ...]]]:
    rows = session.execute(
        select(
            Submission.form_id,
            Submission.answers,
            Submission.submitted_at,
            Submission.submitted_by,
            Artifact.key,
            UserTask.lane,
        )
        .join(Artifact, Artifact.id == Submission.form_id)
        .join(UserTask, UserTask.id == Submission.user_task_id)
        .where(Submission.case_id == case_id, Artifact.key.in_(sorted(forms)), Submission.submitted_at <= until)
        .order_by(Submission.submitted_at.desc(), Submission.id.desc())
    )
    found: dict[tuple[str, str], Row[*tuple[object, ...]]] = {}
    for row in rows:
        found.setdefault((row.key, row.lane), row)
    return list(found.values())


def _parts(session: Session, data_class: DataClass, newest: list[Row[*tuple[object, ...]]]) -> Iterator[SharedPart]:
    for source in SHARED[data_class]:
        for row in newest:
            if row.key == source.form and (not source.lanes or row.lane in source.lanes):
                yield from _of_submission(session, source, row)


def _of_submission(session: Session, source: Source, row: Row[*tuple[object, ...]]) -> Iterator[SharedPart]:
    form, answers = form_of(session, row.form_id), masked(row.answers)
    said = message("{form}, {day:digits_year}, {name}", form=form.title, day=row.submitted_at, name=row.submitted_by)
    choices = form_choices(session, form, is_past=True)
    danish = [line for part in text_view(form, answers, "da", choices=choices) for line in part.lines]
    english = [line for part in text_view(form, answers, "en", choices=choices) for line in part.lines]
    for line, other in zip(danish, english, strict=True):
        if line.text and not {line.path.split(".")[0], _ROW.sub("", line.path)}.isdisjoint(source.fields):
            yield SharedPart(words(line.label, other.label), words(line.text, other.text), line.words, said)
