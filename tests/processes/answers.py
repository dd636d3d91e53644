"""Fills forms in at random, as a person may: every answer that the form accepts can come."""

from __future__ import annotations

import re
from datetime import timedelta

from casework import forms
from casework.config import TIME_ZONE
from casework.forms.component import ComponentType
from casework.forms.paths import put

LONGEST_AHEAD = 60
MOST_TRIES = 60


def filled(form, random, *, now, known, wanted=None):
    """Answers to all questions, then those of `wanted`; settled: what is hidden is dropped. Errors are the form's fault."""
    answers = {}
    for component in form.components:
        _answer(component, answers, random, now)
    _overwrite(answers, wanted or {})
    context = forms.Context(now=now, variables=known)
    _mend_numbers(form, answers, context, wanted or {})
    _mend_dates(form, answers, context, random)
    settled = forms.settle(form, answers, context)
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
    elif component.key and not component.is_readonly and component.type is not ComponentType.EXPRESSION:
        answers[component.key] = _value(component, random, now)


def _value(component, random, now):
    values = [option.value for option in component.options] or ["en_enhed"]  # what the case offers, as units
    match component.type:
        case ComponentType.RADIO | ComponentType.SELECT:
            return random.choice(values)
        case ComponentType.CHECKLIST | ComponentType.TAGLIST:
            return random.sample(values, random.randint(component.fewest, len(values)))
        case ComponentType.CHECKBOX:
            return random.choice([True, False])
        case ComponentType.NUMBER:
            least, most = (None if isinstance(limit, str) else limit for limit in _limits(component))
            return random.randint(int(least or 0), int(most or 9))
        case ComponentType.DATETIME:
            return _moment(component, random, now.astimezone(TIME_ZONE))
        case ComponentType.FILEPICKER:
            return []
    if component.widget == "employee":
        return "en_kollega"
    return "" if component.is_masked else "Noget at skrive"


def _limits(component):
    return component.rules.minimum, component.rules.maximum


def _mend_numbers(form, answers, context, wanted):
    """Numbers whose limits follow from other answers, as votes do from who took part: take the least that fits."""
    bound = {c.key for _, c in form.walk() if any(isinstance(limit, str) for limit in _limits(c))} - set(wanted)
    bound = [c.key for c in form.components if c.key in bound and c.type is ComponentType.NUMBER]
    if not bound:
        return
    for component in form.components:
        if component.type is ComponentType.CHECKLIST and component.key not in wanted:
            answers[component.key] = [option.value for option in component.options]
    for key in bound:
        fitting = (n for n in range(10) if key not in forms.settle(form, answers | {key: n}, context).errors)
        answers[key] = next(fitting, answers[key])


def _mend_dates(form, answers, context, random):
    """Days whose limits follow from other answers, as the end of a period from its beginning: draw until they fit."""
    fields = dict(form.fields)
    for _ in range(MOST_TRIES):
        errors = forms.settle(form, answers, context).errors
        wrong = {path: fields.get(re.sub(r"\.\d+\.", ".*.", path)) for path in errors}
        days = {path: c for path, c in wrong.items() if c is not None and c.type is ComponentType.DATETIME}
        if not days:
            return
        for path, component in days.items():
            put(answers, path, _moment(component, random, context.now.astimezone(TIME_ZONE), ahead=2 * LONGEST_AHEAD))


def _moment(component, random, now, ahead=LONGEST_AHEAD):
    days = random.randint(1, ahead) * (-1 if component.rules.in_past else 1)
    moment = now + timedelta(days=days)
    return moment.isoformat() if component.subtype == "datetime" else moment.date().isoformat()


def _overwrite(answers, wanted):
    unknown = set(wanted) - set(answers)
    assert not unknown, f"the form does not ask {unknown}"
    answers.update(wanted)
