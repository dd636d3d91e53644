"""Who notifies: invented names and addresses, by the kinds of form F01."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.demo.story import Notifier

if TYPE_CHECKING:
    from random import Random

    from casework.demo.children import Child

#: Professionals, as they sign: the district's school comes first.
_SCHOOLS = {"nord": "Nørrevangskolen", "syd": "Søndermarksskolen"}
_TEACHERS = ("klasselærer Ditte Holm", "klasselærer Ulrik Dam", "AKT-vejleder Marianne Ry", "skoleleder Jens Overgaard")
_NAMES = {
    "dagtilbud": ("Børnehuset Kastanjen, pædagog Sine Lund", "Vuggestuen Mælkevejen, leder Ole Bruun"),
    "sundhedsplejerske": ("Sundhedsplejen, Inge Damsgaard", "Sundhedsplejen, Bodil Mark"),
    "laege": ("Lægehuset Torvet, læge Karen Friis", "Børneafdelingen, overlæge Jonas Berg"),
    "politi": ("Østjyllands Politi, vagthavende", "Politiet, lokalbetjent Pia Storm"),
    "socialraadgiver": ("Socialrådgiver på skolen, Nete Voss", "Socialrådgiver i dagtilbud, Mona Lyng"),
    "trivselsforum": ("Trivselsforum, koordinator Eva Brink",),
    "anden_kommune": ("Nabokøbing Kommune, Familieafdelingen",),
}
_NEIGHBOURS = ("Else Kruse", "Poul Hansen", "Birthe Moesgaard", "Tage Andreasen")


def notifier_of(rng: Random, kind: str, child: Child, district: str) -> Notifier:
    """Somebody of this kind who knows the child."""
    if kind == "foraelder":
        parent = child.parents[rng.choice((0, 0, 1))]
        return Notifier(kind, parent.name, parent.contact, is_professional=False)
    if kind == "barnet_selv":
        return Notifier(kind, child.name, "Gennem skolen", is_professional=False)
    if kind == "privat":
        return Notifier(kind, rng.choice(_NEIGHBOURS), f"99 99 {rng.randrange(100):02} 17", is_professional=False)
    if kind == "anonym":
        return Notifier(kind, "", "", is_professional=False)
    name = f"{_SCHOOLS[district]}, {rng.choice(_TEACHERS)}" if kind == "skole" else rng.choice(_NAMES[kind])
    return Notifier(kind, name, _address(name), is_professional=True)


def _address(name: str) -> str:
    """The last word of the name, in the domain that is reserved for examples."""
    letters = {"æ": "ae", "ø": "oe", "å": "aa"}
    word = name.lower().split()[-1]
    return "".join(letters.get(letter, letter) for letter in word) + "@kommune.example"
