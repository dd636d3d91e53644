"""Putting a task aside on its page, and taking it up again."""

from __future__ import annotations

from casework.operations.claim_user_task import claim_user_task
from tests.web.visitors import links


def test_puts_aside_is_marked_and_takes_up_again(visitor, emil, town):
    claim_user_task(town.mette, task_id=emil.task_id)
    mette, task = visitor("mette"), f"/tasks/{emil.task_id}"
    assert f"{task}/follow-up" in links(mette.get(task))

    aside = mette.post(f"{task}/follow-up", {"until": "26.11.2026"})

    assert (aside.status_code, aside.location) == (303, "/")
    assert task not in links(mette.get("/?view=today"))
    assert task in links(mette.get("/?view=aside"))
    assert "tag op igen tors. 26.11." in mette.get("/").text
    assert "Du tager den op igen torsdag den 26. november 2026." in mette.get(task).text
    assert mette.post(f"{task}/follow-up/ending").location == task
    assert task in links(mette.get("/?view=today"))


def test_refuses_what_is_no_day_ahead_and_who_has_not_taken_it(visitor, emil, town):
    mette, task = visitor("mette"), f"/tasks/{emil.task_id}"
    assert f"{task}/follow-up" not in links(mette.get(task))
    assert mette.post(f"{task}/follow-up", {"until": "26.11.2026"}).status_code == 403
    claim_user_task(town.mette, task_id=emil.task_id)

    for wrong in ("", "i morgen", "23.11.2026"):
        page = mette.post(f"{task}/follow-up", {"until": wrong})
        assert page.status_code == 422
        assert 'id="aside-until-error"' in page.text
    assert visitor("sofie").post(f"{task}/follow-up", {"until": "26.11.2026"}).status_code == 404
