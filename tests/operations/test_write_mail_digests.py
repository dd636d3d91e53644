"""One e-mail a working day for who wants that: written once, whoever of many workers is first."""

import pytest
from sqlalchemy import select

from casework.errors import ForbiddenError, InvalidError
from casework.model import SYSTEM, Job
from casework.operations.choose_mail import choose_mail
from casework.operations.write_mail_digests import write_mail_digests
from casework.queries.own_settings import own_settings
from tests.operations.asking import rows


def employees_of(jobs):
    return [job.inputs["employee_id"] for job in jobs]


def test_everybody_who_wants_one_gets_one_a_day(cast, clock):
    choose_mail(cast.mette, choice="daily")
    choose_mail(cast.nadia, choice="none")

    assert write_mail_digests() == 1
    assert write_mail_digests() == 0
    clock.advance(days=1)
    assert write_mail_digests() == 1

    assert employees_of(rows(select(Job))) == [str(cast.mette.id)] * 2


@pytest.mark.parametrize("hours", [-3, 24 * 5])  # 06:00 on a Monday, 09:00 on a Saturday
def test_there_is_none_at_night_and_at_weekends(cast, clock, hours):
    choose_mail(cast.mette, choice="daily")
    clock.advance(hours=hours)

    assert write_mail_digests() == 0


def test_the_hour_can_be_set(cast, settings):
    choose_mail(cast.mette, choice="daily")
    settings(SAGSGANG_DIGEST_HOUR="10")

    assert write_mail_digests() == 0


def test_refuses_what_cannot_be_chosen_and_who_gets_no_mail(cast):
    with pytest.raises(InvalidError):
        choose_mail(cast.mette, choice="sometimes")
    with pytest.raises(ForbiddenError):
        choose_mail(SYSTEM, choice="daily")

    assert own_settings(cast.mette).mail == "at_once"
