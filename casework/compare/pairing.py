"""Finds every difference between two files that were taken apart.

1. Items with the same key are the same; of the rest, those of one kind with the same alias.
2. What has no counterpart was added or removed, with all that stands in it.
3. Of a pair, every facet that differs. 4. Of each list in which order counts, the fewest items that must have moved.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.compare.change import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casework.compare.item import Item, Parts

#: What stands in them is named also when they are new themselves: it is drawn, and each step is a step.
OPEN = frozenset({"subProcess", "transaction", "adHocSubProcess", "group"})
#: Facets that come and go with what they belong to, and say nothing of their own.
COMPANIONS = ("@id", "@xsi:type", "]@name", "]@variable")


@dataclass(frozen=True)
class Difference:
    """One thing that differs. `path`, `before` and `after` belong to a facet; for a move, the keys that it follows."""

    kind: Kind
    old: Item | None
    new: Item | None
    path: str = ""
    before: str | None = None
    after: str | None = None

    @property
    def item(self) -> Item:
        """As it is now or, where it is no more, as it was."""
        found = self.new or self.old
        assert found is not None  # noqa: S101  one of them is always there
        return found


def differences(old: Parts, new: Parts) -> list[Difference]:
    """All of them, in the order of the new file; what was removed comes last."""
    same = pairs(old, new)
    back = {after: before for before, after in same.items()}
    moved: dict[str, Difference] = {one.item.key: one for one in _moved(old, new, same, back)}
    found: list[Difference] = []
    for key, item in new.items.items():
        if key not in back:
            if _is_told(item, new, back):
                found.append(Difference(Kind.ADDED, None, item))
            continue
        found += _changed(old.items[back[key]], item, same, back)
        found += [moved[key]] if key in moved else []
    for key, item in old.items.items():
        if key not in same and _is_told(item, old, same):
            found.append(Difference(Kind.REMOVED, item, None))
    return found


def pairs(old: Parts, new: Parts) -> dict[str, str]:
    """The key that an item has now, by the one that it had."""
    same = {key: key for key in old.items if key in new.items}
    left = _by_alias(item for key, item in new.items.items() if key not in same)
    for alias, item in _by_alias(item for key, item in old.items.items() if key not in same).items():
        if alias in left:
            same[item.key] = left[alias].key
    return same


def drawn_anew(old: Parts, new: Parts) -> int:
    """How many elements are drawn otherwise than before."""
    return sum(old.picture.get(key) != new.picture.get(key) for key in old.picture.keys() | new.picture.keys())


def _by_alias(items: Iterator[Item]) -> dict[tuple[str, str], Item]:
    """Those that have one, and no two the same."""
    found: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        if item.alias:
            found.setdefault((item.kind, item.alias), []).append(item)
    return {alias: one[0] for alias, one in found.items() if len(one) == 1}


def _is_told(item: Item, parts: Parts, paired: Mapping[str, str]) -> bool:
    """What stands in something that is new is told with it."""
    owner = parts.items.get(item.parent)
    return owner is None or owner.key in paired or owner.kind in OPEN


def _changed(old: Item, new: Item, same: Mapping[str, str], back: Mapping[str, str]) -> list[Difference]:
    was = {_renamed(path, same): value for path, value in old.facets.items()}
    kind = [("@kind", old.kind, new.kind)] if old.kind != new.kind else []
    facets = [
        (path, was.get(path), new.facets.get(path))
        for path in dict.fromkeys([*was, *new.facets])
        if was.get(path) != new.facets.get(path) and not _is_of_new_column(path, back)
    ]
    found = [*kind, *facets, *_reordered(was, new.facets)]
    telling = [one for one in found if not _is_companion(*one)]
    return [Difference(Kind.CHANGED, old, new, *one) for one in telling or found]


def _reordered(was: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Named values that follow each other otherwise than before: a later one may use an earlier."""
    before, after = (_names([path for path in one if path in was and path in now]) for one in (was, now))
    return [
        (f"order of {word}", ", ".join(names), ", ".join(after[word]))
        for word, names in before.items()
        if names != after[word]
    ]


def _names(paths: list[str]) -> dict[str, list[str]]:
    """What stands in brackets, by the word before them; cells follow their columns, of which order is told."""
    found: dict[str, dict[str, None]] = {}
    for path in paths:
        word, bracket, rest = path.partition("[")
        if bracket and word != "cell":
            found.setdefault(word, {})[rest.partition("]")[0]] = None
    return {word: list(names) for word, names in found.items()}


def _is_companion(path: str, before: str | None, after: str | None) -> bool:
    return path.endswith(COMPANIONS) and None in (before, after)


def _renamed(path: str, same: Mapping[str, str]) -> str:
    """A cell is named by the key of its column, which may be a new one."""
    if not path.startswith("cell["):
        return path
    column, _, end = path[5:].rpartition("]")
    return f"cell[{same.get(column, column)}]{end}"


def _is_of_new_column(path: str, back: Mapping[str, str]) -> bool:
    """Cells come and go with their column, which is told."""
    return path.startswith("cell[") and path[5:].rpartition("]")[0] not in back and not _is_loose(path)


def _is_loose(path: str) -> bool:
    """A cell beyond the last column, which no column tells of."""
    return path.startswith(("cell[input ", "cell[output "))


def _moved(old: Parts, new: Parts, same: Mapping[str, str], back: Mapping[str, str]) -> list[Difference]:
    was, now = _lists(old), _lists(new)
    found = []
    for siblings, keys in was.items():
        there = set(now.get(siblings, ()))
        before = [same[key] for key in keys if same.get(key) in there]
        common = set(before)
        after = [key for key in now.get(siblings, ()) if key in common]
        if before == after:
            continue
        kept = _longest_kept(before, after)
        ahead = [dict(zip(keys, ["", *keys], strict=False)) for keys in (before, after)]
        found += [
            Difference(Kind.MOVED, old.items[back[key]], new.items[key], siblings, ahead[0][key], ahead[1][key])
            for key in after
            if key not in kept
        ]
    return found


def _lists(parts: Parts) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in parts.items.values():
        if item.siblings:
            found.setdefault(item.siblings, []).append(item.key)
    return found


def _longest_kept(before: list[str], after: list[str]) -> set[str]:
    """The most items that stand in the same order in both (longest increasing subsequence, by patience sorting)."""
    place = {key: number for number, key in enumerate(before)}
    ends: list[int] = []
    last: list[str] = []
    ahead: dict[str, str | None] = {}
    for key in after:
        pile = bisect_left(ends, place[key])
        ends[pile : pile + 1] = [place[key]]
        ahead[key] = last[pile - 1] if pile else None
        last[pile : pile + 1] = [key]
    kept: set[str] = set()
    step = last[-1] if last else None
    while step is not None:
        kept.add(step)
        step = ahead[step]
    return kept
