"""What is shown and posted back unchanged is the same answer; and no garbage brings anything down."""

from datetime import date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.config import TIME_ZONE
from casework.forms import clean, clean_json, json_schema, settle, text_view, validate, view
from casework.forms.answer import tidy
from casework.forms.written import exists
from tests.forms.building import component, context, form, one_of_each
from tests.forms.rendering import posted, rendered

ASKED = one_of_each()
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn"))


def text(longest):
    return (
        st.text(LETTERS, max_size=longest)
        .map(tidy)
        .filter(lambda found: len(found) <= longest)
        .map(lambda found: found or None)
    )


def local(instant):
    return instant.replace(second=0, microsecond=0, tzinfo=TIME_ZONE, fold=0)


def some(*values):
    return st.lists(st.sampled_from(values), unique=True).map(sorted)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)
INSTANTS = st.builds(datetime.combine, st.dates(date(1980, 1, 1), date(2100, 1, 1)), st.times())
INSTANTS = INSTANTS.map(local).filter(exists).map(datetime.isoformat)
NUMBERS = st.integers(-(10**14), 10**14) | st.decimals(-(10**6), 10**6, places=4).map(
    lambda number: int(number) if number == int(number) else float(number)
)
# Days 1–28 of any month, with digits that fail modulus 11 or do not: nobody is meant, and born before 2026.
NUMBERS_OF_PERSONS = st.builds(
    "{:02}{:02}{:02}-{:04}".format, st.integers(1, 28), st.integers(1, 12), st.integers(0, 99), st.integers(0, 3999)
)
CHILDREN = st.fixed_dictionaries({"fornavn": text(20), "bor": st.none() | st.booleans()})
PEOPLE = st.fixed_dictionaries({"navn": text(20), "foedt": st.none() | DAYS, "boern": st.lists(CHILDREN, max_size=2)})
ANSWERS = st.fixed_dictionaries(
    {
        "linje": text(60),
        "tekst": text(200),
        "gruppe": st.fixed_dictionaries({"tal": st.none() | NUMBERS, "janej": st.none() | st.booleans()}),
        "skala": st.none() | st.integers(0, 10),
        "radio": st.none() | st.sampled_from("abc"),
        "valg": st.none() | st.sampled_from("abc"),
        "flere": some("a", "b", "c"),
        "maerker": some("a", "b", "c"),
        "dato": st.none() | DAYS,
        "klokken": st.none() | st.times().map(lambda found: time(found.hour, found.minute).isoformat("minutes")),
        "tidspunkt": st.none() | INSTANTS,
        "cpr": st.none() | NUMBERS_OF_PERSONS,
        "medarbejder": st.none() | st.sampled_from(["mette", "lars"]),
        "bilag": some("dok-1", "dok-2"),
        "personer": st.lists(PEOPLE, max_size=3),
    }
)


@given(ANSWERS, st.sampled_from(["da", "en"]))
@settings(max_examples=60)
def test_what_is_shown_and_posted_back_is_the_same_answer(answers, language):
    html = rendered(view(ASKED, answers, language=language, context=context()), language)

    assert clean(ASKED, posted(html)) == answers


@given(ANSWERS)
def test_such_answers_are_valid_and_stay_what_they_are(answers):
    settled = settle(ASKED, answers, context())

    assert settled.errors == {}
    assert clean_json(ASKED, answers) == answers
    assert settle(ASKED, settled.answers, context()) == settled
    assert validate(ASKED, settled.answers, context()) == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=5) | st.sampled_from(["navn", "boern", "tal"]), inner, max_size=4)
    ),
    max_leaves=12,
)
KEYS = st.sampled_from([path for path, _ in ASKED.fields] + ["gruppe", "personer", "ukendt", ""])


@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_no_json_brings_anything_down(sent):
    answers = clean_json(ASKED, sent)

    for found in (validate(ASKED, answers, context()), settle(ASKED, answers, context())):
        assert found is not None
    assert view(ASKED, answers, validate(ASKED, answers, context()), context=context()).sections
    assert isinstance(text_view(ASKED, answers), tuple)


PARTS = st.sampled_from(
    ["personer", "boern", "navn", "0", "1", "99", "dato", "tidspunkt", "tal", "gruppe", "janej", "flere", "cpr"]
)
NAMES = st.builds(
    lambda parts, tail: ".".join(parts) + tail,
    st.lists(PARTS, min_size=1, max_size=5),
    st.sampled_from(["", ":day", ":time", ".", "."]),
)


@given(st.dictionaries(NAMES, st.lists(st.text(max_size=30), max_size=3), max_size=10))
def test_no_posted_garbage_brings_anything_down(fields):
    answers = clean(ASKED, fields)
    errors = validate(ASKED, answers, context())

    assert rendered(view(ASKED, answers, errors, context=context()))
    assert clean(ASKED, fields) == answers


@given(
    st.dictionaries(
        st.sampled_from(["linje", "tekst", "dato", "tidspunkt", "klokken", "gruppe.tal", "cpr"]), st.text(max_size=30)
    )
)
def test_what_could_not_be_read_is_named_and_shown_again(fields):
    answers = clean(ASKED, {name: [value] for name, value in fields.items()})
    shown = view(ASKED, answers, validate(ASKED, answers, context()), context=context())
    again = clean(ASKED, posted(rendered(shown)))

    raw = {"linje", "tekst", "gruppe", "cpr", "klokken"} & answers.keys()
    assert {key: again[key] for key in raw - {"gruppe"}} == {key: answers[key] for key in raw - {"gruppe"}}


def test_the_schema_takes_every_answer_of_a_plain_field():
    assert json_schema(form(component("textarea", "a")))["properties"]["a"]["anyOf"][0]["maxLength"] == 20_000
