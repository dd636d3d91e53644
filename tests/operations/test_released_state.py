"""Whatever is released, gone back to and retired, in any order: what is released always fits together, as one folder."""

import random

import pytest
from sqlalchemy import func, select

from casework.database import read
from casework.errors import CaseworkError
from casework.model import ProcessVersion, ProcessVersionState
from casework.operations.process_drafts.approve_process_draft import approve_process_draft
from casework.operations.process_drafts.approve_process_request import approve_process_request
from casework.operations.process_drafts.decline_process_request import decline_process_request
from casework.operations.process_drafts.go_back_to_version import go_back_to_version
from casework.operations.process_drafts.rebase_process_draft import rebase_process_draft
from casework.operations.process_drafts.release_process_draft import release_process_draft
from casework.operations.process_drafts.retire_process import retire_process
from casework.operations.process_drafts.save_draft_file import save_draft_file
from casework.operations.process_drafts.start_process_draft import start_process_draft
from casework.operations.process_drafts.submit_process_draft import submit_process_draft
from casework.queries.process_drafts.draft_files import draft_file
from casework.queries.process_drafts.open_requests import open_requests
from casework.queries.verify_process_history import verify_process_history
from casework.studio import bundles, workspace_of
from tests.operations.asking import rows
from tests.operations.drafting import DIAGRAM, FORM, main, other, released, sub
from tests.operations.processes import a_form, field

STEPS = 14
#: How often somebody says no to retiring a process.
NO = 0.3
CHANGES = {
    "p": lambda word: (DIAGRAM, "p", main(name=word)),
    "sub": lambda word: (DIAGRAM, "sub", sub(word)),
    "q": lambda word: (DIAGRAM, "q", other().replace(b'name="B"', f'name="{word}"'.encode())),
    "form": lambda word: (FORM, "F02", a_form("F02", field(word.lower())).encode()),
}


def change(cast, rng):
    """One file, in a draft of a process that uses it, approved and released."""
    what = rng.choice(sorted(CHANGES))
    process_id = rng.choice(["p", "q", "sub"]) if what == "form" else what
    kind, key, content = CHANGES[what](rng.choice(["Et", "To", "Tre"]))
    draft = start_process_draft(cast.birgit, process_id=process_id)
    known = {"process_draft_id": draft, "kind": kind, "key": key}
    revision = draft_file(cast.birgit, draft, kind, key).revision
    save_draft_file(cast.birgit, **known, content=content, revision=revision)
    rebase_process_draft(cast.birgit, process_draft_id=draft)
    submit_process_draft(cast.birgit, process_draft_id=draft, reason="x", legal_basis="x")
    approve_process_draft(cast.anders, process_draft_id=draft)
    release_process_draft(cast.birgit, process_draft_id=draft, scenario_failures=lambda _: [])


def go_back(cast, rng):
    found = rows(select(ProcessVersion).order_by(ProcessVersion.process_id, ProcessVersion.version))
    one = rng.choice(found)
    go_back_to_version(cast.birgit, process_id=one.process_id, version=one.version, reason="x")


def retire(cast, rng):
    process_id = rng.choice(["p", "q"])
    needs = retire_process(cast.birgit, process_id=process_id, reason="x")
    (asked,) = open_requests(cast.birgit)
    holds()
    if rng.random() < NO:
        decline_process_request(cast.anders, request_id=asked.id, reason="x")
    else:
        approve_process_request(cast.karin if needs == "leader" else cast.anders, request_id=asked.id)


def holds():
    """One released version of each process at most, made of exactly the files that are released now."""
    is_released = ProcessVersion.state == ProcessVersionState.RELEASED
    by_process = select(ProcessVersion.process_id).where(is_released).group_by(ProcessVersion.process_id)
    assert rows(by_process.having(func.count() > 1)) == []
    with read() as session:
        space = workspace_of(session, None)
    now = {version.process_id: version.checksum for version in rows(select(ProcessVersion).where(is_released))}
    assert {bundle.process_id: bundle.checksum for bundle in bundles(space.folder)} == now
    assert verify_process_history() == []


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_released_fits_together(cast, seed):
    released()
    rng, done = random.Random(seed), 0

    for _ in range(STEPS):
        try:
            rng.choice([change, change, change, go_back, go_back, retire])(cast, rng)
            done += 1
        except CaseworkError:
            pass  # refused, so nothing may have changed
        holds()

    assert done > STEPS // 3
