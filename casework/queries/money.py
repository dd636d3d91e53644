"""Amounts of money as people read them: whole kroner, thousands parted as each language does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.forms.words import words

if TYPE_CHECKING:
    from casework.forms.words import Words


def money(kroner: int) -> Words:
    """Say an amount: `1.250.000` and `1,250,000`."""
    english = f"{kroner:,}"
    return words(english.replace(",", "."), english)
