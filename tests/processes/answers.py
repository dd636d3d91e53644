"""Fills forms in at random, as a person may: every answer that the form accepts can come."""

from __future__ import annotations

from datetime import timedelta

from casework import forms
from casework.config import TIME_ZONE
from casework.forms.component import ComponentType

LONGEST_AHEAD = 60


def filled(form, random, *, now, known, wanted=None):
    """Answers to all questions, then those of `wanted`; settled: what is hidden is dropped. Errors are the form's fault."""
    answers = {}
    for component in form.components:
        _answer(component, answers, random, now)
    _overwrite(answers, wanted or {})
    settled = forms.settle(form, answers, forms.Context(now=now, variables=known))
    assert settled.errors == {}, f"{form.id}: {settled.errors}"
    return settled.answers


def _answer(component, answers, random, now):
    if component.type is ComponentType.GROUP:
        for inner in component.components:
            _answer(inner, answers, random, now)
    elif component.is_list:
        answers[component.key] = [{}]
        for inner in component.components:
            _answer(inner, answers[component.key][0], random, now)
    elif component.key and not component.is_readonly:
        answers[component.key] = _value(component, random, now)


def _value(component, random, now):
    values = [option.value for option in component.options] or ["en_enhed"]  # what the case offers, as units
    match component.type:
        case ComponentType.RADIO | ComponentType.SELECT:
            return random.choice(values)
        case ComponentType.CHECKLIST | ComponentType.TAGLIST:
            return random.sample(values, random.randint(1, len(values)))
        case ComponentType.CHECKBOX:
            return random.choice([True, False])
        case ComponentType.NUMBER:
            return random.randint(int(component.rules.minimum or 0), int(component.rules.maximum or 9))
        case ComponentType.DATETIME:
            return _moment(component, random, now.astimezone(TIME_ZONE))
        case ComponentType.FILEPICKER:
            return []
    return "" if component.is_masked else "Noget at skrive"


def _moment(component, random, now):
    days = random.randint(1, LONGEST_AHEAD) * (-1 if component.rules.in_past else 1)
    moment = now + timedelta(days=days)
    return moment.isoformat() if component.subtype == "datetime" else moment.date().isoformat()


def _overwrite(answers, wanted):
    unknown = set(wanted) - set(answers)
    assert not unknown, f"the form does not ask {unknown}"
    answers.update(wanted)
