"""Fills in the forms of one story: the answers that steer it, its persons, dates of the day, and words about its concern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casework.demo import people_in_forms
from casework.demo.chance import likely
from casework.demo.dates import date_in, other_date
from casework.demo.story import Then
from casework.demo.wording import Wording
from casework.forms import Component, ComponentType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from casework.demo.story import Story
    from casework.model import Actor

_MANY = frozenset({ComponentType.CHECKLIST, ComponentType.TAGLIST})
_ONE = frozenset({ComponentType.RADIO, ComponentType.SELECT})
_SHORT, _LONG = 500, 20_000
_MISSING = object()


class Pen:
    """What stays the same through a story: its words, and how often a steered field has been answered."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.wording = Wording(story.rng, story.child, story.age, story.concern)
        self._turns: dict[str, int] = {}

    def steered(self, place: str, now: datetime) -> Any:
        """The next answer that the story wants at `form.field`; `_MISSING` when it does not care."""
        wanted = self.story.steering.get(place, _MISSING)
        if callable(wanted):
            return wanted(now)
        if not isinstance(wanted, Then):
            return wanted
        turn = self._turns.get(place, 0)
        self._turns[place] = turn + 1
        return wanted[min(turn, len(wanted) - 1)]

    def say(self, name: str) -> str:
        """Words that stand in no form: a note, a reason (`apart` in texts.toml)."""
        return self.wording.text("apart", name) or self.wording.anything()

    def writer(self, form: str, actor: Actor, now: datetime) -> FormWriter:
        """Somebody who sits down with a form."""
        return FormWriter(self, form, actor, now)


class FormWriter:
    """One person, one form, one moment."""

    def __init__(self, pen: Pen, form: str, actor: Actor, now: datetime) -> None:
        self._pen, self._form, self._actor, self._now = pen, form, actor, now
        self._rng = pen.story.rng

    def answer(self, component: Component, answers: Mapping[str, Any]) -> Any:
        """Steered, else by what the field is."""
        wanted = None if component.is_masked else self._pen.steered(f"{self._form}.{component.key}", self._now)
        if component.is_masked:
            return None  # a number is known, or it is not
        if wanted is not _MISSING:
            return wanted
        match component.type:
            case ComponentType.TEXTFIELD | ComponentType.TEXTAREA:
                return self._text(component, answers)
            case ComponentType.DATETIME:
                return date_in(self._form, component, self._now, self._rng)
            case ComponentType.NUMBER:
                return self._number(component)
            case ComponentType.CHECKBOX:
                return likely(self._rng, 0.5) if component.rules.required else None
        return self._choice(component)

    def rows(self, component: Component) -> list[dict[str, Any]]:
        """The family and others; for a list that nobody has thought of, one row if there must be one."""
        wanted = self._pen.steered(f"{self._form}.{component.key}", self._now)
        if wanted is not _MISSING:
            return list(wanted)
        known = people_in_forms.rows(self._form, component.key, self._pen, self._now)
        if known is not None:
            return known
        return [{} for _ in range(int(component.properties.get("minRows", "0") or 0))]

    def otherwise(self, component: Component, attempt: int) -> Any:
        """Something that fits where the first thought did not."""
        if component.type is ComponentType.DATETIME:
            return other_date(component, self._now, attempt)
        if component.type is ComponentType.NUMBER:
            return self._number(component)
        if component.type is ComponentType.CHECKBOX:
            return attempt % 2 == 0
        if component.type in _ONE | _MANY or component.widget == "employee":
            return self._choice(component)
        text = self._pen.wording.anything() * (component.rules.min_length or 1)
        return text[: component.rules.max_length or _SHORT]

    def _text(self, component: Component, answers: Mapping[str, Any]) -> str | None:
        if component.widget == "employee":
            return str(self._actor.id)
        said = people_in_forms.text(self._form, component.key, self._pen.story, self._actor)
        if said is None:
            if not component.rules.required and not likely(self._rng, 0.5):
                return None
            chosen = [answer for answer in answers.values() if isinstance(answer, str)]
            said = self._pen.wording.text(self._form, component.key, chosen)
        if said is None and component.rules.required:
            said = self._pen.wording.anything()
        return said[: component.rules.max_length or _LONG] if said else None

    def _number(self, component: Component) -> int:
        low, high = (self._limit(limit) for limit in (component.rules.minimum, component.rules.maximum))
        least = 0 if low is None else low
        return self._rng.randint(least, least + 10 if high is None else high)

    @staticmethod
    def _limit(limit: object) -> int | None:
        try:
            return int(str(limit))
        except ValueError:
            return None  # none, or one that the form works out

    def _choice(self, component: Component) -> Any:
        if component.widget == "employee":
            return str(self._actor.id)
        values = [option.value for option in component.options]
        if not values or not (component.rules.required or component.type in _ONE):
            return None
        if component.type in _MANY and component.fewest > 1:
            return self._rng.sample(values, component.fewest)
        return [self._rng.choice(values)] if component.type in _MANY else self._rng.choice(values)
