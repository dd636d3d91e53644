"""Two versions of one field, side by side, as a page draws them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from casework.forms.component import FREE_TEXT, Component
from casework.forms.merge import Clash, pieces
from casework.forms.text_view import answer_text
from casework.forms.view_model import ClashSide, ClashView
from casework.forms.words import Words, words
from casework.i18n import Message, message

if TYPE_CHECKING:
    from casework.forms.drawing import Drawing


def draw_clash(component: Component, path: str, drawing: Drawing) -> ClashView | None:
    """Draw both versions of the field at `path`, if there are two; in texts what each added is marked."""
    clash, rival = drawing.clashes.get(path), drawing.rival
    if clash is None or rival is None:
        return None
    whose = _genitive(rival.name)
    saved = message("{whose}, saved at {instant:time}", whose=whose, instant=rival.saved_at)
    theirs = ClashSide(drawing.text(saved), _pieces(component, clash.theirs, _before(clash, clash.mine), drawing))
    own = drawing.text(message("Yours, not saved yet"))
    mine = ClashSide(own, _pieces(component, clash.mine, _before(clash, clash.theirs), drawing))
    return ClashView(
        id=f"{drawing.id(path)}--clash",
        sides=(theirs, mine),
        choices=tuple((f"choose:{path}", value, drawing.text(label)) for value, label in _choices(clash, whose)),
        base=(f"base:{path}", json.dumps(clash.base)),
    )


def _choices(clash: Clash, whose: Words) -> list[tuple[str, Message]]:
    both = [("both", message("Keep both together"))] if clash.can_combine else []
    return [*both, ("mine", message("Keep mine")), ("theirs", message("Use {whose}", whose=whose))]


def _before(clash: Clash, other: Any) -> Any:
    """What an answer is compared with: what both began with, or the other's, when nobody knows that."""
    return clash.base if isinstance(clash.base, str) else other


def _pieces(component: Component, answer: Any, before: Any, drawing: Drawing) -> tuple[tuple[str, bool], ...]:
    if component.type in FREE_TEXT and isinstance(answer, str) and not component.is_masked:
        return pieces(before, answer)
    text = answer_text(component, answer, drawing.language, drawing.context)
    return ((text or drawing.text(message("Not filled in")), False),)


def _genitive(name: str) -> Words:
    first = name.split(maxsplit=1)[0] if name.strip() else name
    return words(f"{first}'" if first[-1:] in "sxz" else f"{first}s", f"{first}'s")
