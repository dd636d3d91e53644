"""What can be wrong with one component of a form. Each check gives findings; all are in `CHECKS`."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from casework import feel
from casework.forms.component import (
    ASKED,
    CHOOSES_MANY,
    CHOOSES_ONE,
    PROPERTIES,
    Component,
    ComponentType,
)
from casework.forms.finding import Finding
from casework.forms.patterns import problem
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDGETS = {
    "scale": {ComponentType.NUMBER},
    "cpr": {ComponentType.TEXTFIELD},
    "employee": {ComponentType.TEXTFIELD, ComponentType.SELECT},
}
LONGEST_SCALE = 20
_LABELLED = ASKED | {ComponentType.EXPRESSION, ComponentType.DYNAMICLIST}
_VARIABLE = re.compile(r"[^\W\d]\w{0,79}")
#: A fact may lie inside of another: `person.child.name`.
_FACT = re.compile(r"[^\W\d]\w{0,79}(\.[^\W\d]\w{0,79}){0,3}")


def _label(path: str, component: Component) -> Iterator[Finding]:
    label, hint = component.label, component.hint
    if component.type in _LABELLED and not label.danish:
        yield Finding(path, "label-da", message("The question is missing in Danish."), message("Write what is asked."))
    if (component.type in _LABELLED or label.danish) and not label.id:
        yield Finding(
            path, "label-en", message("The question is missing in English."), message("Write it in English too.")
        )
    if hint.danish and not hint.id:
        mend = message("Write the hint in English too.")
        yield Finding(path, "label-en", message("The hint is missing in English."), mend)
    if component.type is ComponentType.TEXT and not (component.text.danish and component.text.id):
        sentence = message("The text lacks its Danish or its English.")
        yield Finding(path or component.id, "label-en", sentence, message("Write it in both languages."))
    if any(words.danish.startswith("=") or "{{" in words.danish for words in (label, hint, component.text)):
        sentence = message("Questions, hints and texts cannot be formulas.")
        yield Finding(path, "label-expression", sentence, message("Write plain words."))


def _options(path: str, component: Component) -> Iterator[Finding]:
    if component.type not in CHOOSES_ONE | CHOOSES_MANY or component.choices_name:
        return
    if not component.options:
        mend = message("Write the options in the form; options from formulas cannot be used.")
        yield Finding(path, "options", message("There is nothing to choose from."), mend)
    values = Counter(option.value.strip() for option in component.options)
    if "" in values or any(count > 1 for count in values.values()):
        sentence = message("Two options have the same value, or one has none.")
        yield Finding(path, "option-value", sentence, message("Give each option a value of its own."))
    if not all(option.label.danish and option.label.id for option in component.options):
        sentence = message("An option is missing in Danish or in English.")
        yield Finding(path, "option-label", sentence, message("Write each option in both languages."))


def _expressions(path: str, component: Component) -> Iterator[Finding]:
    prefill = component.properties.get("prefill", "").removeprefix("=")
    for expression in [text for _, text in component.expressions] + [prefill] * bool(prefill):
        if error := feel.check(expression):
            mend = message("Correct the formula »{expression}«.", expression=expression[:200])
            yield Finding(path or component.id, "feel", error.message, mend)
    if component.type is ComponentType.EXPRESSION and not component.expression:
        mend = message("Write a formula, or remove the field.")
        yield Finding(path, "feel", message("There is no formula to work out."), mend)


def _limits(path: str, component: Component) -> Iterator[Finding]:
    rules = component.rules
    for least, most in ((rules.min_length, rules.max_length), _plain_limits(component)):
        if least is not None and most is not None and least > most:
            sentence = message("The least, {least}, is more than the most, {most}.", least=str(least), most=str(most))
            yield Finding(path, "limits", sentence, message("Exchange the two, or remove one."))
    if rules.in_past and rules.in_future:
        sentence = message("No date lies both in the past and in the future.")
        yield Finding(path, "limits", sentence, message("Take away one of the two limits."))
    if rules.step is not None and rules.step <= 0:
        mend = message("Write a step above zero, or none.")
        yield Finding(path, "limits", message("The step is not above zero."), mend)


def _plain_limits(component: Component) -> tuple[Any, Any]:
    """Least and most where both stand in the form; (None, None) where one must be worked out."""
    limits = component.rules.minimum, component.rules.maximum
    return (None, None) if any(isinstance(limit, str) and limit.startswith("=") for limit in limits) else limits


def _pattern(path: str, component: Component) -> Iterator[Finding]:
    if not component.rules.pattern:
        return
    wrong = problem(component.rules.pattern)
    if component.type is ComponentType.TEXTAREA:
        sentence = message("A long text cannot have a pattern.")
        yield Finding(path, "pattern", sentence, message("Use one line of text."))
    elif wrong:
        yield Finding(path, "pattern", wrong, message("Write the pattern more simply."))
    if not component.words("message"):
        sentence = message("Nobody is told how the answer must be written.")
        mend = message("Write what is said when it is wrong, in both languages.")
        yield Finding(path, "pattern-message", sentence, mend, "warning")


def _decides(path: str, component: Component) -> Iterator[Finding]:
    for name, known in ((component.variable, _VARIABLE), (component.fact, _FACT)):
        if name and not known.fullmatch(name):
            sentence = message("»{name}« cannot be the name of a variable or fact.", name=name[:80])
            yield Finding(path, "name", sentence, message("Use letters, digits and underscores."))
    if not component.variable:
        return
    if component.is_masked:
        sentence = message("A CPR number may not become a variable: variables are read by many.")
        yield Finding(path, "cpr", sentence, message("Remove the variable; the case keeps the number sealed."))
    elif _is_only_text(component):
        sentence = message("Text never decides: free text may not become a variable.")
        yield Finding(path, "text-decides", sentence, message("Ask with options, a number or a date instead."))


def _is_only_text(component: Component) -> bool:
    """Whether the flow would learn nothing but text: a list gives its rows without theirs."""
    if component.is_list:
        return all(_is_only_text(inner) for inner in component.components)
    return component.is_free_text


def _consent(path: str, component: Component) -> Iterator[Finding]:
    wanted = component.properties.get("consent")
    if wanted and ("*" in path or wanted not in {option.value for option in component.options}):
        sentence = message("No answer here is »{value}«, which would rest on a consent.", value=wanted[:80])
        yield Finding(path, "consent", sentence, message("Name one of the options of a question outside of lists."))


def _widget(path: str, component: Component) -> Iterator[Finding]:
    if component.widget and component.type not in WIDGETS.get(component.widget, set()):
        sentence = message("This kind of field cannot be shown as »{widget}«.", widget=component.widget[:80])
        yield Finding(
            path,
            "widget",
            sentence,
            message("A scale goes with numbers; a CPR number and a colleague go with one line of text."),
        )
    if component.widget == "scale":
        ends = component.rules.minimum or Decimal(0), component.rules.maximum or Decimal(10)
        if (
            not all(isinstance(end, Decimal) for end in ends)
            or not 0 < Decimal(ends[1]) - Decimal(ends[0]) <= LONGEST_SCALE
        ):
            sentence = message(
                "A scale goes from one whole number to another, at most {limit} apart.", limit=LONGEST_SCALE
            )
            yield Finding(path, "widget", sentence, message("Set the least and the most, for example 0 and 10."))
    for name in component.properties.keys() - PROPERTIES:
        sentence = message("The property »{name}« means nothing here.", name=name[:80])
        yield Finding(path or component.id, "property", sentence, message("Look for a misspelling."), "warning")


CHECKS: tuple[Callable[[str, Component], Iterator[Finding]], ...] = (
    _label,
    _options,
    _expressions,
    _limits,
    _pattern,
    _decides,
    _consent,
    _widget,
)
