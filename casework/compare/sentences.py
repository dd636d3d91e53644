"""Differences in words, for a person who decides whether they are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casework.compare.change import Change, Kind, Part
from casework.compare.facet_words import SILENT, facet_words
from casework.compare.item_words import KINDS, item_words
from casework.compare.value_words import value_words
from casework.forms.words import words
from casework.i18n import LANGUAGES, Message, message

if TYPE_CHECKING:
    from casework.compare.item import Item, Parts
    from casework.compare.pairing import Difference

NOTHING = message("nothing")
THERE = message("is there")
#: Longer texts stand beside the sentence, not in it.
LONGEST = 80
#: Said of what stands in no picture by itself.
_OF_OWNER = frozenset({"deadline", "variable", "option"})
#: Drawn around others: a colour of theirs would drown those inside.
_AROUND = frozenset({"process", "participant", "lane", "collaboration", "diagram"})
#: A list of fields may be read in any order.
_READ = frozenset({Part.FORM})


@dataclass(frozen=True)
class Telling:
    """Says the differences of one file."""

    part: Part
    file: str
    old: Parts
    new: Parts

    def change(self, one: Difference) -> Change:
        """One difference, in words."""
        what = item_words(one.item, self.old if one.new is None else self.new, is_form=self.part is Part.FORM)
        if one.kind is Kind.CHANGED:
            return self._changed(one, what)
        before = after = None
        if one.kind is Kind.MOVED:
            before, after = self._place(one.before, self.old), self._place(one.after, self.new)
            sentence = message("{what}: moved, was {before}, is {after}", what=what, before=before, after=after)
        elif one.kind is Kind.ADDED:
            sentence = message("{what}: added", what=what)
        else:
            sentence = message("{what}: removed", what=what)
        return self._made(one, what, sentence, before=before, after=after)

    def _changed(self, one: Difference, what: Message) -> Change:
        facet = facet_words(one.item, one.path, self._columns(one), is_form=self.part is Part.FORM)
        before, after = self._values(one)
        if max(_length(before), _length(after)) > LONGEST:
            sentence = message("{what}, {facet}: changed", what=what, facet=facet.name)
        else:
            values = {"before": before or NOTHING, "after": after or NOTHING}
            sentence = (
                message("{what}: {before} → {after}", what=what, **values)
                if one.item.kind == "deadline" and one.path == "@duration"
                else message("{what}, {facet}: {before} → {after}", what=what, facet=facet.name, **values)
            )
        return self._made(one, what, sentence, facet=facet.name, before=before, after=after, affects=facet.affects)

    def _values(self, one: Difference) -> tuple[Message | None, Message | None]:
        if one.path == "@kind":
            return tuple(KINDS.get(kind or "", words(kind, kind)) for kind in (one.before, one.after))  # type: ignore[return-value]
        if "" in (one.before, one.after) and None in (one.before, one.after):
            return (None, THERE) if one.before is None else (THERE, None)
        before = value_words(one.path, one.before, one.old, self.old)
        after = value_words(one.path, one.after, one.new, self.new)
        if _are_alike(before, after):
            return words(one.before, one.before), words(one.after, one.after)
        return before, after

    def _place(self, ahead: str | None, parts: Parts) -> Message:
        found = parts.items.get(ahead or "")
        if found is None:
            return words(ahead, ahead) if ahead else message("first")
        return message("after {what}", what=item_words(found, parts, is_form=self.part is Part.FORM))

    def _columns(self, one: Difference) -> dict[str, Message]:
        if one.item.kind != "rule":
            return {}
        kinds = ("inputColumn", "outputColumn")
        return {
            item.key: message("»{name}«", name=item.name)
            for item in (*self.old.items.values(), *self.new.items.values())
            if item.kind in kinds
        }

    def _made(
        self,
        one: Difference,
        what: Message,
        sentence: Message,
        *,
        facet: Message | None = None,
        before: Message | None,
        after: Message | None,
        affects: bool | None = None,
    ) -> Change:
        item = one.item
        return Change(
            part=self.part,
            file=self.file,
            kind=one.kind,
            element=self._element(item),
            what=what,
            facet=facet,
            before=before,
            after=after,
            sentence=sentence,
            affects_execution=self._affects(one) if affects is None else affects,
            is_whole=one.kind in (Kind.ADDED, Kind.REMOVED) and item.kind not in _OF_OWNER,
        )

    def _element(self, item: Item) -> str:
        if item.kind not in _OF_OWNER:
            return "" if item.kind in _AROUND else item.key
        owner = self.new.items.get(item.parent) or self.old.items.get(item.parent)
        return "" if owner is None else self._element(owner)

    def _affects(self, one: Difference) -> bool:
        if one.kind is Kind.MOVED and self.part in _READ:
            return False
        return one.item.kind not in SILENT or self.part is not Part.DIAGRAM


def _length(said: Message | None) -> int:
    return len(said.text()) if said is not None else 0


def _are_alike(before: Message | None, after: Message | None) -> bool:
    if before is None or after is None:
        return before is after
    return any(before.text(language) == after.text(language) for language in LANGUAGES)
