"""A worker releases an approved process draft on its day, once, without anybody at the pages."""

from datetime import date

import pytest
from sqlalchemy import select

from casework.model import ProcessVersion
from casework.operations.process_drafts.approve_process_draft import approve_process_draft
from casework.operations.process_drafts.submit_process_draft import submit_process_draft
from tests.operations.asking import rows
from tests.operations.drafting import changed, main, released
from workers.periodic import do_periodic_work


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_on_the_day_and_once(cast, clock):
    released()
    draft = changed(cast, main(name="Skøn"))
    words = {"reason": "Ny praksis", "legal_basis": "Lokal praksis", "effective_on": date(2026, 11, 24)}
    submit_process_draft(cast.birgit, process_draft_id=draft, **words)
    approve_process_draft(cast.anders, process_draft_id=draft)

    do_periodic_work()
    before = rows(select(ProcessVersion.version).where(ProcessVersion.process_id == "p"))
    clock.advance(hours=15)
    do_periodic_work()
    do_periodic_work()

    assert before == [1]
    assert rows(select(ProcessVersion.released_by).where(ProcessVersion.version == 2)) == ["Sagsgang"]
