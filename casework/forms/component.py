"""A form as Python sees it: the nouns. Read from JSON in `reading`, filled in by `clean`, checked by `validate`.

What a process owner can say beyond form-js stands in each component's `properties` (all of them strings):

    labelEn, descriptionEn        English label and hint; `textEn` for a text, `titleEn` for the form
    variable, fact                the answer becomes this process variable, this fact of the case
    prefill                       "=FEEL" over facts and variables: what to fill in; a `fact` is filled in by itself
    law                           key in processes/law.toml
    words                         "true": the child's own words
    masked                        "cpr": hidden when shown
    widget                        "scale", "cpr", "employee"
    silent                        "true": worked out without being shown, as what a form tells the case by being handed in
    low, lowEn, high, highEn      what the ends of a scale mean
    past, future                  "true": a date may not lie in the future, in the past
    minDate, maxDate              ISO date or "=FEEL"
    message, messageEn            said instead of our own sentence when an answer is missing or has the wrong pattern
    item, itemEn                  what one row of a list is called ("Forælder")
    minRows, maxRows              how many rows a list must and may have
    minChoices, maxChoices        how many options must and may be chosen

and on the form itself, beside its titles, `reads`: "F19 F11|F24", what others have written that must be read first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from casework.forms.paths import joined
from casework.forms.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NO_WORDS = Words("")

#: A number, an ISO date, or an expression with its leading "=".
Limit: TypeAlias = Decimal | str


class ComponentType(StrEnum):
    """The form-js component types that a page can show."""

    TEXTFIELD = "textfield"  #: One line.
    TEXTAREA = "textarea"  #: Many lines. Never decides anything.
    NUMBER = "number"  #: Whole or with decimals; a scale with `widget`.
    CHECKBOX = "checkbox"  #: Yes or no, shown as two radios, so that unanswered can be told from no.
    RADIO = "radio"  #: One of a few.
    SELECT = "select"  #: One of many.
    CHECKLIST = "checklist"  #: Several of a few.
    TAGLIST = "taglist"  #: Several of many.
    DATETIME = "datetime"  #: `subtype` date, time or datetime.
    FILEPICKER = "filepicker"  #: References to documents that the door has received.
    EXPRESSION = "expression"  #: Worked out, never asked.
    GROUP = "group"  #: A heading and what stands under it.
    DYNAMICLIST = "dynamiclist"  #: Rows of the same fields.
    TEXT = "text"  #: Plain words between fields.
    SEPARATOR = "separator"  #: A line.
    SPACER = "spacer"  #: Air.
    BUTTON = "button"  #: Ignored: the page has its own.


ASKED = frozenset(ComponentType) - {
    ComponentType.EXPRESSION,
    ComponentType.GROUP,
    ComponentType.DYNAMICLIST,
    ComponentType.TEXT,
    ComponentType.SEPARATOR,
    ComponentType.SPACER,
    ComponentType.BUTTON,
}
#: Under this name the caller gives the names of attached files.
FILES = "files"
KEYED = ASKED | {ComponentType.EXPRESSION}
CHOOSES_ONE = frozenset({ComponentType.RADIO, ComponentType.SELECT})
CHOOSES_MANY = frozenset({ComponentType.CHECKLIST, ComponentType.TAGLIST})
FREE_TEXT = frozenset({ComponentType.TEXTFIELD, ComponentType.TEXTAREA})

#: Every property that means something; what else stands there is a misspelling.
PROPERTIES = frozenset(
    {
        *("labelEn", "descriptionEn", "textEn", "message", "messageEn", "item", "itemEn"),
        *("low", "lowEn", "high", "highEn"),
        *("variable", "fact", "prefill", "law", "words", "masked", "widget", "silent", "consent"),
        *("past", "future", "minDate", "maxDate", "minRows", "maxRows", "minChoices", "maxChoices"),
    }
)


@dataclass(frozen=True)
class Option:
    """One of the answers that can be chosen."""

    value: str
    label: Words


@dataclass(frozen=True)
class Rules:
    """What an answer must obey. `required` and the limits may be expressions (text with a leading "=")."""

    required: bool | str = False
    minimum: Limit | None = None
    maximum: Limit | None = None
    step: Decimal | None = None
    decimals: int | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    in_past: bool = False
    in_future: bool = False


@dataclass(frozen=True)
class Component:
    """One thing of a form. `key` is empty for what holds no answer of its own, and for groups without a path."""

    type: ComponentType
    key: str = ""
    id: str = ""
    label: Words = NO_WORDS
    hint: Words = NO_WORDS
    text: Words = NO_WORDS
    subtype: str = "date"
    options: tuple[Option, ...] = ()
    options_key: str = ""
    rules: Rules = Rules()
    hide: str = ""
    expression: str = ""
    is_readonly: bool = False
    row: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    components: tuple[Component, ...] = ()

    @property
    def widget(self) -> str:
        """How to show it when the type alone does not tell: `scale`, `cpr`, `employee` or nothing."""
        return self.properties.get("widget", "")

    @property
    def variable(self) -> str:
        """The process variable that the answer becomes, or nothing."""
        return self.properties.get("variable", "")

    @property
    def fact(self) -> str:
        """The fact of the case that the answer becomes, or nothing."""
        return self.properties.get("fact", "")

    @property
    def is_masked(self) -> bool:
        """Whether it is a CPR number."""
        return "cpr" in {self.widget, self.properties.get("masked", "")}

    @property
    def is_silent(self) -> bool:
        """Whether it is worked out and told to the case, but read by nobody."""
        return self.type is ComponentType.EXPRESSION and self.properties.get("silent") == "true"

    @property
    def is_free_text(self) -> bool:
        """Whether anything at all may be written in it. A text with a pattern is a number or reference, not words."""
        is_text = self.type in FREE_TEXT and self.widget != "employee"
        return is_text and (self.type is ComponentType.TEXTAREA or not self.rules.pattern)

    @property
    def is_list(self) -> bool:
        """Whether its answer is a list of rows."""
        return self.type is ComponentType.DYNAMICLIST

    @property
    def fewest(self) -> int:
        """How many options must be chosen at least, where any is."""
        return int(self.rules.minimum) if isinstance(self.rules.minimum, Decimal) else 1

    @cached_property
    def expressions(self) -> tuple[tuple[str, str], ...]:
        """What must be worked out for it: (purpose, expression); purposes are the names of the fields that hold them."""
        rules = self.rules
        said = {"required": rules.required, "minimum": rules.minimum, "maximum": rules.maximum}
        wanted = {name: text[1:] for name, text in said.items() if isinstance(text, str) and text.startswith("=")}
        return tuple({**({"hide": self.hide} if self.hide else {}), **wanted, **self._own_expression}.items())

    @property
    def _own_expression(self) -> dict[str, str]:
        return {"expression": self.expression} if self.type is ComponentType.EXPRESSION and self.expression else {}

    @property
    def choices_name(self) -> str:
        """Under which name the caller gives the options, when they do not stand in the form."""
        if self.type is ComponentType.FILEPICKER:
            return FILES
        return "employee" if self.widget == "employee" else self.options_key

    def words(self, name: str) -> Words:
        """The property `name` with its English (`nameEn`)."""
        danish = self.properties.get(name, "")
        return Words(self.properties.get(f"{name}En", "") or danish, {}, danish)


@dataclass(frozen=True, eq=False)
class Form:
    """A parsed form; `digest` (SHA-256 of its bytes, hex) tells versions apart.

    `reads` are the keys of forms whose answers must be read before this one is answered; of each tuple the newest.
    `is_decision`: what is answered decides something about the child.
    """

    id: str
    title: Words
    components: tuple[Component, ...]
    digest: str
    reads: tuple[tuple[str, ...], ...] = ()
    is_decision: bool = False

    @cached_property
    def fields(self) -> tuple[tuple[str, Component], ...]:
        """Every component that holds an answer with its path; `*` stands for the rows of a list: `foraeldre.*.navn`."""
        return tuple((path, c) for path, c in self.walk() if c.type in KEYED or c.is_list)

    @cached_property
    def paths(self) -> frozenset[str]:
        """The paths of `fields`."""
        return frozenset(path for path, _ in self.fields)

    @cached_property
    def containers(self) -> frozenset[str]:
        """The paths of lists and of groups that have a path: what holds other answers."""
        return frozenset(path for path, c in self.walk() if c.key and (c.is_list or c.type is ComponentType.GROUP))

    @cached_property
    def has_expressions(self) -> bool:
        """Whether anything in it must be worked out before it can be shown or checked."""
        return any(component.expressions for _, component in self.walk())

    def walk(self) -> Iterator[tuple[str, Component]]:
        """Every component, outermost first, with the path of its answer (of what is inside it, for a group)."""
        yield from _walk(self.components, "")


def _walk(components: tuple[Component, ...], prefix: str) -> Iterator[tuple[str, Component]]:
    for component in components:
        path = joined(prefix, component.key)
        yield path, component
        yield from _walk(component.components, f"{path}.*" if component.is_list else path)
