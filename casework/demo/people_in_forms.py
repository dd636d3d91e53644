"""Names, numbers and families in forms: what the story knows of its persons, by form and field."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from casework.calendar import age_on, day_of

if TYPE_CHECKING:
    from datetime import datetime

    from casework.demo.children import Child, Parent
    from casework.demo.story import Notifier, Story
    from casework.demo.writer import Pen
    from casework.model import Actor

_ASKED_FROM = 15
_NETWORK = (
    ("Mormor", "biologisk", "Hver uge, hele livet", ["omsorg", "fritid"], "»Hos mormor er der altid pandekager.«"),
    ("Onkel Bo", "biologisk", "Hver anden weekend", ["fritid", "voksenven"], "»Han griner ad det samme som mig.«"),
    ("Nabo Else", "privat", "Næsten hver dag, i fire år", ["lektier", "voksenven"], "»Hun er der, når jeg banker på.«"),
    ("Træner Kim", "privat", "To gange om ugen", ["fritid"], "»Han ser mig.«"),
)


def text(form: str, field: str, story: Story, actor: Actor) -> str | None:
    """What stands in a field about persons; None for all other fields."""
    notifier = story.notifier
    known = {
        "F03.modtager": notifier.name,
        "F03.kontaktperson": f"{actor.name}, tlf. 99 99 00 00",
        "F12.underretter": notifier.name,
    }
    return known.get(f"{form}.{field}")


def rows(form: str, field: str, pen: Pen, now: datetime) -> list[dict[str, Any]] | None:
    """The rows of a list about persons or sources; None for all other lists."""
    match f"{form}.{field}":
        case "F01.foraeldre":
            return [_parent(parent) for parent in pen.story.child.parents]
        case "F01.soeskende":
            return [{"navn": name, "foedselsdato": born.isoformat()} for name, born in pen.story.child.siblings]
        case "F05b.netvaerk":
            return [_friend(pen, friend) for friend in pen.story.rng.sample(_NETWORK, 2)]
        case "F08.evidens":
            return _evidence(pen, now)
        case "F16.samtykker" | "F16f.samtykker":
            return [{"navn": parent.name} for parent in pen.story.child.parents if parent.has_custody]
        case "F29.hvem":
            return _asked(pen.story, now)
    return None


def begun(form: str, story: Story) -> dict[str, Any]:
    """What stands in a form before somebody writes: in F01, whom it is about."""
    return {**about_child(story.child), **about_notifier(story.notifier)} if form == "F01" else {}


def about_child(child: Child) -> dict[str, Any]:
    """Answers of form F01 about the child."""
    known = {
        "barnNavn": child.name,
        "foedselsdato": child.birth_date.isoformat(),
        "beskyttetAdresse": child.has_protected_address,
    }
    return {**known, "barnCpr": child.cpr} if child.cpr else known


def about_notifier(notifier: Notifier) -> dict[str, Any]:
    """Answers of form F01 about who turns to us; nobody knows the name of somebody anonymous."""
    known = {"underretterType": notifier.kind, "erFagperson": notifier.is_professional}
    names = {"underretterNavn": notifier.name, "underretterKontakt": notifier.contact}
    return {**known, **names} if notifier.name else known


def _parent(parent: Parent) -> dict[str, Any]:
    return {
        "navn": parent.name,
        "relation": parent.relation,
        "foraeldremyndighed": parent.has_custody,
        "kontakt": parent.contact,
        "maaKendeAdresse": parent.may_know_address,
    }


def _friend(pen: Pen, friend: tuple[str, str, str, list[str], str]) -> dict[str, Any]:
    name, relation, how_long, tasks, words = friend
    return {
        "navn": name,
        "relation": relation,
        "betydning": pen.story.rng.randrange(3, 6),
        "kontinuitet": how_long,
        "opgave": tasks,
        "samtykkeKontakt": True,
        "barnetsOrd": words,
    }


def _evidence(pen: Pen, now: datetime) -> list[dict[str, Any]]:
    child, place = pen.story.child.first_name, pen.wording.fill("{skolen}")
    said = (
        (f"{child} er tryg i {place} og søger de voksne dér", f"Udtalelse fra {place}", 30),
        (f"{child} har selv beskrevet, hvad der er svært hjemme", "Samtale med barnet", 18),
        ("Forældrene er enige om det meste af billedet", "Samtaler med forældrene", 9),
    )
    return [
        {"udsagn": what, "kilde": source, "dato": (day_of(now) - timedelta(days=days)).isoformat()}
        for what, source, days in said
    ]


def _asked(story: Story, now: datetime) -> list[dict[str, Any]]:
    answer = "givet" if story.steering.get("F29.givet", True) else "afslaaet"
    holders = [parent for parent in story.child.parents if parent.has_custody]
    asked = [(parent.name, "foraeldremyndighed") for parent in holders]
    if age_on(story.child.birth_date, day_of(now)) >= _ASKED_FROM:
        asked.append((story.child.name, "ung"))
    return [{"navn": name, "rolle": role, "svar": answer, "kanal": "mundtligt"} for name, role in asked]
