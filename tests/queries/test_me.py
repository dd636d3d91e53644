"""The page's head, personas, notifications."""

from casework.database import transaction
from casework.model import Employee, Notification
from casework.queries.me import me
from casework.queries.notifications import notifications
from casework.queries.personas import personas
from tests.cast import OPENED
from tests.factories import a_handoff, a_task, an_incident, save


def test_counts_what_waits_for_me(cast):
    a_task(cast.case_id)
    a_task(cast.case_id, unit_id="ppr_nord")
    a_handoff(cast.case_id)
    a_handoff(cast.case_id, state="accepted")
    an_incident(cast.case_id)

    mette, peter, anders, sofie = (me(actor) for actor in (cast.mette, cast.peter, cast.anders, cast.sofie))

    def counts(one):
        return one.counts.tasks, one.counts.handoffs, one.counts.incidents

    assert (mette.name, mette.title, mette.unit.name.text()) == (
        "Mette Friis Andersen",
        "Børne- og ungerådgiver",
        "Modtagelsen Nord",
    )
    assert counts(mette) == (1, 0, 1)
    assert counts(peter) == (1, 1, 0)
    assert counts(anders) == (0, 0, 1)
    assert counts(sofie) == (0, 0, 0)


def test_the_sender_must_answer_what_the_receiver_asks(cast):
    a_handoff(cast.case_id, state="more_asked")

    assert me(cast.mette).counts.handoffs == 1
    assert me(cast.peter).counts.handoffs == 0


def test_roles_are_those_that_the_menu_needs(cast):
    assert me(cast.mette).roles == ("caseworker",)
    assert me(cast.karin).roles == ("team_leader",)
    assert me(cast.birgit).roles == ("process_owner",)


def test_knows_who_takes_notifications_in(cast):
    takes_in = [who.name.split()[0] for who in (cast.mette, cast.karin, cast.lars, cast.peter) if me(who).takes_in]

    assert takes_in == ["Mette", "Karin"]


def test_notifications_are_ones_own_and_say_no_case_text(cast):
    for employee_id, kind, level in ((cast.mette.id, "escalation", 2), (cast.lars.id, "handoff", None)):
        save(Notification(employee_id=employee_id, kind=kind, level=level, case_id=cast.case_id, created_at=OPENED))

    (mine,) = notifications(cast.mette).rows

    assert mine.words.text("da") == "En frist nærmer sig"
    assert me(cast.mette).counts.unread == 1
    assert notifications(cast.sofie).rows == ()


def test_personas_are_shown_in_a_demonstration_only(cast, settings):
    with transaction() as session:
        for actor in (cast.mette, cast.birgit):
            session.get_one(Employee, actor.id).is_persona = True

    assert personas() == ()
    settings(SAGSGANG_DEMONSTRATION="1")

    assert [(one.username, one.unit and one.unit.id, one.roles) for one in personas()] == [
        ("mette", "modtagelse_nord", ("caseworker",)),
        ("birgit", None, ("process_owner",)),
    ]
