"""Values for the variables that a process reads, guessed from how its expressions and decision tables use them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from casework.decisions.model import Table
from casework.engine.asked import expressions_of
from casework.engine.evaluation import FEEL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from casework.engine.definition import Definition

DAY = date(2026, 11, 3)
DAYS = [DAY + timedelta(days=days) for days in (-4000, -30, -1, 0, 1, 14, 400)]
BY_TYPE: dict[str, list[Any]] = {
    "boolean": [True, False],
    "number": [0, 1, 2, 3, 17, 18],
    "string": ["a", "b"],
    "date": DAYS,
    "datetime": [datetime(day.year, day.month, day.day, 8, tzinfo=UTC) for day in DAYS],
    "list": [["a"], ["a", "b"], ["a", "b", "c"], []],
}
PYTHON: dict[str, Any] = {
    "boolean": bool, "number": int | float, "string": str, "date": date, "datetime": datetime, "list": list,
}  # fmt: skip
STRINGS = re.compile(r'"([^"]*)"')
NUMBERS = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])")
COMPARED = r"(?:<=|>=|!=|=|<|>)"


class Guesses:
    """Draws values by variable name; a variable that the process itself writes is drawn once, at the start."""

    def __init__(self, definition: Definition) -> None:
        texts = list(dict.fromkeys(_bare(text) for text in expressions_of(definition)))
        read = {name for text in texts for name in FEEL.names(text)} - {"now", "sag", "result"}
        self.written = _written(definition)
        self.choices = {name: _choices(name, texts) for name in sorted(read - _local(definition))}
        self.choices |= _declared(definition, self.choices)
        self.choices |= _repeated(definition)
        self.choices |= _from_tables(definition)
        self.results = _results(definition, self.choices)

    def draw(self, random: Random, *, first: bool = False) -> dict[str, Any]:
        """A value for each variable that nobody but people gives; at `first` for all of them."""
        names = (name for name in self.choices if first or name not in self.written)
        return {name: random.choice(self.choices[name]) for name in names}

    def result(self, random: Random) -> dict[str, Any]:
        """What a job or message brings, as far as outputs read it."""
        return {name: random.choice(values) for name, values in self.results.items()}


def _choices(name: str, texts: Iterable[str]) -> list[Any]:
    """1. What it is searched for makes a list. 2. Fields (`barn.alder`) make a context. 3. What it is compared with. 4. How
    it is used. 5. Else a flag.
    """
    word = rf"(?<![\w.]){re.escape(name)}"
    mine = [text for text in texts if re.search(rf"{word}(?!\w)", text)]
    searched = " ".join(f for text in mine for f in re.findall(rf"list contains\(\s*{word}\s*,([^)]*)\)", text))
    if searched:
        wanted = literals(searched)
        return [[], *([value] for value in wanted), wanted]
    fields = sorted({f for text in mine for f in re.findall(rf"{word}\.(\w+)", text)})
    if fields:
        return _contexts(name, fields, mine)
    compared = _compared(word, mine)
    if compared:
        return compared
    joined = "\n".join(mine)
    if re.search(rf"{word}\s*\[", joined):
        return _lists(name, word, joined)
    if re.search(rf"(?:count|some\s+\w+\s+in|every\s+\w+\s+in|for\s+\w+\s+in)[\s(]+{word}(?!\w)", joined):
        return BY_TYPE["list"]
    if re.search(rf"{word}\s*(?:{COMPARED}|[+*/-])|(?:{COMPARED}|[+*/-])\s*{word}(?!\w)", joined):
        return BY_TYPE["number"]
    return BY_TYPE["boolean"]


def _contexts(name: str, fields: list[str], texts: list[str]) -> list[Any]:
    flat = [re.sub(rf"(?<![\w.]){re.escape(name)}\.(\w+)", rf"{name}__\1", text) for text in texts]
    choices = {field: _choices(f"{name}__{field}", flat) for field in fields}
    most = max(len(values) for values in choices.values())
    return [{field: values[i % len(values)] for field, values in choices.items()} for i in range(most)]


def _lists(name: str, word: str, text: str) -> list[Any]:
    """What is filtered (`personer[rolle = "barn"]`): lists of contexts with the fields that the filter asks."""
    inside = " ".join(re.findall(rf"{word}\s*\[([^\]]*)\]", text))
    names = sorted(FEEL.names(inside) - {"item", name})
    contexts = (
        _contexts("item", names, [re.sub(rf"(?<![\w.])({'|'.join(names)})(?!\w)", r"item.\1", inside)])
        if names
        else [1]
    )
    return [[], contexts[:1], contexts]


def _compared(word: str, texts: list[str]) -> list[Any]:
    """The literals on the other side of a comparison, and their neighbours."""
    after = rf"{word}\s*(?:{COMPARED}|in\b|between\b)\s*(.+?)(?:\band\b|\bor\b|\bthen\b|$)"
    before = rf"([\w\"().-]+)\s*{COMPARED}\s*{word}(?!\w)"
    sides = " ".join(side for text in texts for pattern in (after, before) for side in re.findall(pattern, text))
    return literals(sides)


def literals(text: str) -> list[Any]:
    """Values around the literals of a piece of FEEL; empty when it has none."""
    strings = STRINGS.findall(text)
    plain = STRINGS.sub("", text).replace("..", " ")
    if re.search(r"\bdate\b|\btoday\b|\bnow\b", text):
        return DAYS
    if strings:
        return [*dict.fromkeys(strings), "noget andet"]
    numbers = [float(n) if "." in n else int(n) for n in NUMBERS.findall(plain)]
    if numbers:
        return sorted({n + d for n in numbers for d in (-1, 0, 1)})
    return BY_TYPE["boolean"] if re.search(r"\b(?:true|false)\b", plain) else []


def _repeated(definition: Definition) -> dict[str, list[Any]]:
    """What is repeated for is a list or a small number, also where a call hands it on under another name."""
    found: dict[str, list[Any]] = {}
    for element in definition.elements.values():
        if element.loop:
            found[_bare(element.loop.collection)] = BY_TYPE["list"]
            found[_bare(element.loop.cardinality)] = [0, 1, 2, 3]
    handed = [pair for element in definition.elements.values() for pair in element.inputs]
    found |= {_bare(text): found[name] for name, text in handed if name in found}
    return {name: values for name, values in found.items() if name.isidentifier()}


def _bare(text: str) -> str:
    return text.strip().removeprefix("=").strip()


def _from_tables(definition: Definition) -> dict[str, list[Any]]:
    """What decision tables ask, by the literals of their cells."""
    found: dict[str, list[Any]] = {}
    for file in definition.tables.values():
        for decision in file.decisions.values():
            if isinstance(decision.logic, Table):
                for place, column in enumerate(decision.logic.inputs):
                    cells = [column.values, *(rule.tests[place].text for rule in decision.logic.rules)]
                    name = column.expression.removeprefix("=").strip()
                    values = literals(" ".join(cells)) if name.isidentifier() else []
                    found |= {name: values} if values else {}
    return found


def _declared(definition: Definition, guessed: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """`sag:variable` says the type; what was guessed is kept where it is of that type."""
    declared = {v.name: v.type for process in definition.processes.values() for v in process.variables}
    return {
        name: guessed[name] if all(isinstance(v, PYTHON[kind]) for v in guessed.get(name, [None])) else BY_TYPE[kind]
        for name, kind in declared.items()
        if kind in BY_TYPE
    }


def _results(definition: Definition, choices: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Each field of a result, with the values of the variable that it becomes."""
    found: dict[str, list[Any]] = {}
    for element in definition.elements.values():
        for variable, text in element.outputs:
            for part in re.findall(r"\bresult\.(\w+)", text):
                found.setdefault(part, []).extend(choices.get(variable, ["a", True]))
    return found


def _written(definition: Definition) -> set[str]:
    names = {element.result_variable for element in definition.elements.values()}
    for element in definition.elements.values():
        names |= {name for name, _ in (*element.outputs, *element.assigns)}
    return names


def _local(definition: Definition) -> set[str]:
    """Items of loops and inputs of calls are given by the process."""
    elements = definition.elements.values()
    items = {element.loop.item for element in elements if element.loop}
    calls = (e for e in elements if e.type in ("callActivity", "subProcess"))
    return items | {name for element in calls for name, _ in element.inputs}
