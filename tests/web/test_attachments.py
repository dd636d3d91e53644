"""Attaching files on the task page, without scripts."""

from __future__ import annotations

import io
import re

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests import files
from tests.web.visitors import fields


@pytest.fixture
def task(emil):
    return f"/tasks/{emil.task_id}"


def upload(visitor, task, *attached, do="save"):
    written = fields(visitor.get(task), task) | {"do": do}
    sent = [FileStorage(io.BytesIO(content), name) for name, content in attached]
    boundary, body = encode_multipart({**written, "csrf_token": visitor.token, "upload:bilag": sent})
    return visitor.client.post(task, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def address(page):
    return re.findall(r'name="bilag" value="([^"]+)" checked', page.text)


def test_a_file_is_kept_with_the_draft_and_named(visitor, task):
    mette = visitor("mette")

    answer = upload(mette, task, ("note.txt", files.TEXT), ("billede.png", files.PNG))

    page = mette.get(task)
    assert (answer.status_code, answer.location) == (303, task)
    assert len(address(page)) == 2
    assert "note.txt" in page.text
    assert "billede.png" in page.text


def test_it_is_downloaded_as_a_file_and_not_opened_in_our_pages(visitor, task):
    mette = visitor("mette")
    upload(mette, task, ("note.txt", files.TEXT))
    (reference,) = address(mette.get(task))

    file = mette.get(f"/documents/{reference}")

    assert file.data == files.TEXT
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert visitor("sofie").get(f"/documents/{reference}").status_code == 404


def test_refused_files_are_named_at_the_field_and_the_others_are_kept(visitor, task):
    mette = visitor("mette")

    page = upload(mette, task, ("virus.exe", b"MZ\x90\0"), ("note.txt", files.TEXT))

    assert page.status_code == 422
    assert "»virus.exe« er en filtype" in page.text
    assert len(address(page)) == len(address(mette.get(task))) == 1


def test_one_that_is_unticked_is_no_longer_there(visitor, task):
    mette = visitor("mette")
    upload(mette, task, ("note.txt", files.TEXT))
    written = fields(mette.get(task), task) | {"bilag": "", "do": "save"}

    mette.post(task, written)

    assert address(mette.get(task)) == []


def test_a_form_with_files_may_be_larger_than_other_requests_but_not_endless(visitor, task):
    mette = visitor("mette")

    assert upload(mette, task, ("stor.pdf", b"%PDF-" + b"x" * 9_000_000)).status_code == 303
    assert (
        mette.client.post(task, data=b"x" * 31_000_000, content_type="multipart/form-data; boundary=b").status_code
        == 413
    )
