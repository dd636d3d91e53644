"""What conditions hide, require, limit and calculate; and that hidden answers neither count nor stay."""

from datetime import date

import pytest

from casework import feel
from casework.forms import settle, validate, view
from tests.forms.building import NOW, component, context, form, group, required, rows


def hidden(field, condition):
    return {**field, "conditional": {"hide": condition}}


def errors(asked, answers, **more):
    return set(validate(asked, answers, context(**more)))


def test_a_hidden_field_is_neither_required_nor_kept():
    asked = form(component("checkbox", "a"), hidden(required(component("textfield", "b")), "=a != true"))

    assert settle(asked, {"a": False, "b": "gammelt"}, context()).answers == {"a": False}
    assert errors(asked, {"a": False}) == set()
    assert errors(asked, {"a": True}) == {"b"}


def test_what_is_not_answered_yet_hides_only_what_says_so():
    asked = form(component("checkbox", "a"), hidden(required(component("textfield", "b")), "=a = false"))

    assert errors(asked, {}) == {"b"}
    assert errors(asked, {"a": False}) == set()


def test_a_wrong_answer_in_a_hidden_field_is_no_error():
    asked = form(component("checkbox", "a"), hidden(component("number", "b"), "=a = true"))

    assert errors(asked, {"a": True, "b": "x"}) == set()


def test_a_hidden_group_hides_all_that_is_inside():
    asked = form(
        component("checkbox", "a"),
        hidden(
            group("G", required(component("number", "b")), rows("c", required(component("number", "d"))), path="g"),
            "=a",
        ),
    )
    answers = {"a": True, "g": {"b": 1, "c": [{"d": None}, {"d": 3}]}}

    assert settle(asked, answers, context()).answers == {"a": True}
    assert errors(asked, {**answers, "a": False}) == set()
    assert errors(asked, {"a": False}) == {"g.b"}


def test_a_hidden_answer_does_not_count_for_other_conditions():
    asked = form(
        component("checkbox", "a"),
        hidden(component("number", "b"), "=a != true"),
        hidden(required(component("textfield", "c")), "=b != null"),
    )

    assert errors(asked, {"a": True, "b": 1}) == set()
    assert errors(asked, {"a": False, "b": 1}) == {"c"}


def test_a_chain_of_conditions_is_followed_to_its_end():
    chain = [hidden(component("number", f"a{i}"), f"=a{i - 1} = null") for i in range(1, 6)]
    asked = form(component("number", "a0"), *chain)
    answers = {f"a{i}": i for i in range(6)}

    assert settle(asked, answers, context()).answers == answers
    assert settle(asked, {**answers, "a0": None}, context()).answers == {"a0": None}


def test_fields_that_hide_each_other_lose_no_answer():
    asked = form(hidden(component("number", "a"), "=b != null"), hidden(component("number", "b"), "=a != null"))

    settled = settle(asked, {"a": 1, "b": 2}, context())

    assert settled.answers == {"a": 1, "b": 2}
    assert settled.errors == {}


def test_conditions_see_typed_answers_variables_and_facts():
    asked = form(
        component("datetime", "dato", subtype="date"),
        component("datetime", "tid", subtype="datetime"),
        hidden(required(component("number", "a")), '=dato > date("2026-01-01") and tid < now'),
        hidden(required(component("number", "b")), "=barnAlder >= 15"),
        hidden(required(component("number", "c")), '=foedt < date("2010-01-01") and klar'),
    )
    answers = {"dato": "2026-11-26", "tid": "2026-11-26T09:00:00+01:00"}

    assert errors(asked, {}, facts={"barnAlder": 12}) == {"a", "b", "c"}
    assert errors(asked, answers, facts={"barnAlder": 15, "foedt": date(2009, 5, 1)}, variables={"klar": True}) == set()


def test_an_answer_comes_before_a_fact_of_the_same_name():
    asked = form(component("number", "alder"), hidden(required(component("number", "b")), "=alder > 10"))

    assert errors(asked, {"alder": 5}, facts={"alder": 12}) == {"b"}
    assert errors(asked, {"alder": 12}, facts={"alder": 5}) == set()


def test_rows_see_their_own_fields_first():
    asked = form(
        component("checkbox", "bor"),
        rows("folk", component("checkbox", "bor"), hidden(required(component("textfield", "adresse")), "=bor = true")),
    )
    answers = {"bor": True, "folk": [{"bor": True}, {"bor": False}, {"bor": True, "adresse": "x"}]}

    settled = settle(asked, answers, context())

    assert settled.errors.keys() == {"folk.1.adresse"}
    assert settled.answers["folk"][2] == {"bor": True}


def test_rows_know_their_number_their_surroundings_and_themselves():
    asked = form(
        component("number", "top"),
        rows(
            "folk",
            component("number", "a"),
            hidden(required(component("number", "foerst")), "=i > 1"),
            hidden(required(component("number", "mine")), "=this.a = 7"),
            rows(
                "boern",
                component("number", "b"),
                hidden(required(component("number", "c")), "=parent.a = b and top = 1"),
            ),
        ),
    )
    answers = {"top": 1, "folk": [{"a": 7, "boern": [{"b": 7}, {"b": 8}]}, {"a": 1}]}

    assert errors(asked, answers) == {"folk.0.foerst", "folk.0.boern.1.c", "folk.1.mine"}


def test_required_and_limits_may_be_worked_out():
    asked = form(
        component("number", "a"),
        component("number", "b", validate={"required": "=a > 1", "max": "=a + 1"}),
        component(
            "datetime", "d", subtype="date", properties={"minDate": "=foedt", "maxDate": '=date(now) + duration("P1D")'}
        ),
    )
    facts = {"foedt": date(2014, 3, 14)}

    assert errors(asked, {"a": 1}) == set()
    assert errors(asked, {"a": 2}) == {"b"}
    assert errors(asked, {"a": 2, "b": 3, "d": "2014-03-14"}, facts=facts) == set()
    assert errors(asked, {"a": 2, "b": 4, "d": "2014-03-13"}, facts=facts) == {"b", "d"}
    assert errors(asked, {"d": "2026-11-27"}) == set()
    assert errors(asked, {"d": "2026-11-28"}) == {"d"}


def test_a_limit_that_cannot_be_worked_out_is_no_limit():
    asked = form(component("number", "b", validate={"max": '="x"', "min": "=ukendt"}))

    assert errors(asked, {"b": 4}) == set()


def test_calculated_fields_follow_the_answers_and_are_never_taken_from_them():
    asked = form(
        component("number", "a"),
        component("expression", "dobbelt", expression="=a * 2"),
        component("expression", "frist", expression='=date("2026-11-26") + duration("P6D")'),
        hidden(component("textfield", "c"), "=dobbelt < 10"),
    )

    settled = settle(asked, {"a": 4, "dobbelt": 99, "c": "x"}, context())

    assert settled.answers == {"a": 4, "dobbelt": 8, "frist": "2026-12-02"}
    assert settled.errors == {}


def test_an_expression_that_never_ends_is_refused():
    asked = form(
        component("number", "a"), hidden(component("number", "b"), "=count(for x in 1..10000000 return x * x) > 0")
    )

    with pytest.raises(feel.FeelError):
        validate(asked, {}, context())


def test_conditions_are_asked_in_one_batch(monkeypatch):
    batches = []
    ask = feel.attempt
    monkeypatch.setattr(feel, "attempt", lambda questions: batches.append(len(questions)) or ask(questions))
    asked = form(
        component("checkbox", "a"),
        *[hidden(component("number", f"b{i}"), "=a = true") for i in range(30)],
        rows("folk", component("number", "c"), hidden(component("number", "d"), "=c = 1")),
    )

    validate(asked, {"a": True, "folk": [{"c": 1}, {"c": 2}]}, context())

    assert batches == [32]


def test_the_page_leaves_out_what_is_hidden_and_marks_what_steers():
    asked = form(component("checkbox", "a"), hidden(component("textfield", "b"), "=a != true"))

    assert [f.name for f in view(asked, {}, context=context()).sections[0].nodes] == ["a"]
    (first, second) = view(asked, {"a": True}, context=context()).sections[0].nodes
    assert (first.steers, second.steers) == (True, False)


def test_now_is_the_moment_of_the_context():
    asked = form(hidden(required(component("number", "b")), f'=now = date and time("{NOW.isoformat()}")'))

    assert errors(asked, {}) == set()
