"""A walk becomes a scenario: its steps, and what was seen at its end as what is expected from then on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework.calendar import day_of
from casework.config import TIME_ZONE
from casework.errors import InvalidError, NotFoundError
from casework.i18n import Message, message
from casework.model import ArtifactKind
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.queries.process_drafts.draft_files import draft_file
from casework.scenarios import looking, read_text
from casework.scenarios.writing import appended, without
from casework.try_out.beginnings import scenario_file
from casework.try_out.draft_scenarios import draft_workspace
from casework.try_out.trying import opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from uuid import UUID

    from casework.model import Actor
    from casework.queries.deadline_detail import DeadlineDetail
    from casework.try_out.seeing import Seen

_STATES = {"running": "løber", "met": "overholdt", "withdrawn": "bortfaldet"}
_LAST = (23, 59)
LONGEST = 120


@dataclass(frozen=True)
class Expectation:
    """One thing that may be expected at the end: `where` in a scenario, and what stands there."""

    key: str
    words: Message
    where: tuple[str, ...]
    value: Any


def expectations(seen: Seen, ends: dict[str, str]) -> list[Expectation]:
    """What was seen: open tasks, deadlines, letters, and where processes ended. In the walk's context, for `ends`."""
    return [*_tasks(seen), *_deadlines(seen), *_letters(seen), *_ends(seen, ends)]


def ends_of(seen: Seen) -> dict[str, str]:
    """Where each process has ended, in the walk's context."""
    return looking.ends(seen.case_id)


def keep_scenario(
    actor: Actor, process_draft_id: UUID, *, name: str, about: str, expected: Collection[str] | None
) -> str:
    """Write the walk into the draft's scenarios with what is `expected` (keys; None: all of it), and give the file's key.

    Refuses (InvalidError) no name, one that is taken, and a walk that has not begun (NotFoundError).
    """
    said = " ".join(name.split())
    if not said or len(said) > LONGEST:
        wrong = message("Write a short sentence, at most {most} characters.", most=LONGEST)
        raise InvalidError(wrong, {"name": [wrong]})
    with opened(actor, process_draft_id) as trying:
        if trying is None:
            raise NotFoundError(message("Nothing is being tried out here."))
        found = expectations(trying.seen, ends_of(trying.seen))
        steps = list(trying.steps)
        beginning = {key: value for key, value in trying.told.beginning.items() if key not in ("navn", "om")}
    chosen = [one for one in found if expected is None or one.key in expected]
    entries: dict[str, Any] = {"navn": said} | ({"om": " ".join(about.split())} if about.strip() else {}) | beginning
    entries["forløb"] = [*steps, *_expected(chosen)]
    ends = {one.where[1]: one.value for one in chosen if one.where[0] == "slut"}
    return _write(actor, process_draft_id, entries | ({"slut": ends} if ends else {}))


def drop_scenario(actor: Actor, process_draft_id: UUID, file: str, name: str) -> None:
    """Take one out of the draft's scenarios: until it is released, that can be taken back with the file."""
    folder = draft_workspace(actor, process_draft_id).folder
    if file not in folder.scenarios:
        raise NotFoundError(message("There is no such scenario."))
    text = without(folder.scenarios[file].decode(), name, file)
    _save(actor, process_draft_id, file, text, is_new=False)


def _write(actor: Actor, process_draft_id: UUID, entries: dict[str, Any]) -> str:
    workspace = draft_workspace(actor, process_draft_id)
    key = scenario_file(workspace.folder, workspace.process_id)
    content = workspace.folder.scenarios.get(key, b"")
    text = appended(content.decode(), entries)
    read_text(text, key)  # refuses, with its line, a name that is there already
    _save(actor, process_draft_id, key, text, is_new=not content)
    return key


def _save(actor: Actor, process_draft_id: UUID, key: str, text: str, *, is_new: bool) -> None:
    revision = 0 if is_new else draft_file(actor, process_draft_id, ArtifactKind.SCENARIO, key).revision
    save_draft_file(
        actor,
        process_draft_id=process_draft_id,
        kind=ArtifactKind.SCENARIO,
        key=key,
        content=text.encode(),
        revision=revision,
    )


def _expected(chosen: list[Expectation]) -> list[dict[str, Any]]:
    found: dict[str, Any] = {}
    for one in chosen:
        match one.where:
            case ("opgaver" | "breve" as name,):
                found.setdefault(name, []).append(one.value)
            case ("frister", key):
                found.setdefault("frister", {})[key] = one.value
    return [{"forvent": found}] if found else []


def _tasks(seen: Seen) -> Iterator[Expectation]:
    for element, name in {one.element_id: one.name for one in seen.tasks}.items():
        yield Expectation(f"task:{element}", message("The task stands: {task}", task=name), ("opgaver",), element)


def _deadlines(seen: Seen) -> Iterator[Expectation]:
    """Of several with one key the newest of those that run, else the last."""
    by_key = {one.key: one for one in reversed(seen.deadlines)}
    for key, one in sorted(by_key.items()):
        at = one.due.at
        if at is None:
            continue
        state = _STATES.get(one.state, one.state)
        said = message(
            "The deadline {name} is {at:digits_time} and {state}", name=one.name, at=at, state=_STATE_WORDS[state]
        )
        yield Expectation(f"deadline:{key}", said, ("frister", key), _deadline(one, state))


_STATE_WORDS = {"løber": message("runs"), "overholdt": message("is met"), "bortfaldet": message("has fallen away")}


def _deadline(one: DeadlineDetail, state: str) -> dict[str, Any]:
    """A whole day is told as a day."""
    at = one.due.at
    local = at.astimezone(TIME_ZONE) if at else None
    day: str | None = None
    if at is not None and local is not None:
        is_day = (local.hour, local.minute) == _LAST
        day = day_of(at).isoformat() if is_day else f"{local:%Y-%m-%d %H:%M}"
    return {"dato": day, "klasse": str(one.due.due_class), "tilstand": state}


def _letters(seen: Seen) -> Iterator[Expectation]:
    for template, name in {one.template: one.name for one in seen.letters}.items():
        yield Expectation(
            f"letter:{template}", message("The letter was sent: {letter}", letter=name), ("breve",), template
        )


def _ends(seen: Seen, ends: dict[str, str]) -> Iterator[Expectation]:
    names = {one.process_id: one.name for one in seen.instances}
    for process_id, end in ends.items():
        if end:
            said = message("{process} has ended at {end}", process=names.get(process_id, process_id), end=end)
            yield Expectation(f"end:{process_id}", said, ("slut", process_id), end)
