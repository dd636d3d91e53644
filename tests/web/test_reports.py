"""The pages of the nine reports: who sees them, figures and pictures, the cases behind a figure, and files."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from api.web.report_words import ABOUT, DRAWINGS
from casework.model import DeadlineState
from casework.operations.keep_annual_report import keep_annual_report
from casework.queries.reports import REPORTS, report
from casework.queries.reports.year import as_json
from tests.factories import a_case, a_deadline, a_handoff
from tests.web.visitors import links

LEADERS = ("karin", "birgit", "anders", "torben")
OTHERS = ("mette", "peter", "sofie")
LATE = "/reports/R2/cases?table=by_rule&row=vurdering24&figure=late"


@pytest.fixture
def assessed(town, clock):
    """Three assessments of the last days at Modtagelsen Nord: two of one child, one of them late, and one of another."""
    first, second = a_case(child="Emil Brandt"), a_case(child="Clara Vestergaard")
    for case, days, hours in ((first, 3, 5), (first, 20, 40), (second, 5, 10)):
        start = clock.now - timedelta(days=days)
        words = {"starts_at": start, "due_at": start + timedelta(hours=24), "state": DeadlineState.MET}
        a_deadline(case.id, ended_at=start + timedelta(hours=hours), **words)
    return first, second


def test_the_nine_are_listed_for_who_may_know(visitor):
    for username in LEADERS:
        reader = visitor(username)

        page = reader.get("/reports")

        assert {f"/reports/{key}" for key in REPORTS} <= links(page)
        assert "Hvilke frister blev holdt" in page.text
        assert "/reports" in links(reader.get("/nowhere"))


def test_nothing_of_them_is_there_for_others(visitor, assessed):
    pages = ["/reports", LATE, *(f"/reports/{key}{file}" for key in ("R2", "R9") for file in ("", "/csv", "/xlsx"))]
    for username in OTHERS:
        reader = visitor(username)

        answers = [reader.get(page) for page in pages]

        assert {answer.status_code for answer in answers} == {403}
        assert not [answer for answer in answers if "Emil" in answer.text]
        assert "/reports" not in links(reader.get("/nowhere"))


def test_nobody_is_led_to_the_sign_in(visitor):
    for page in ("/reports", "/reports/R1", "/reports/R1/csv", "/reports/R1/xlsx", LATE):
        assert visitor().get(page).location.startswith("/sign-in?to=")


def test_every_report_is_told_about_and_every_picture_belongs_to_a_table(town):
    tables = {f"{key}_{table.key}" for key in REPORTS for table in report(town.karin, key).tables}

    assert set(ABOUT) == set(REPORTS)
    assert set(DRAWINGS) <= tables


def test_every_report_opens_and_says_what_will_come(visitor):
    karin = visitor("karin")

    pages = {key: karin.get(f"/reports/{key}") for key in REPORTS}

    assert {page.status_code for page in pages.values()} == {200}
    for key in REPORTS.keys() - {"R5", "R9"}:  # places stand there from the first day
        assert "Her er intet at tælle." in pages[key].text
        assert '<svg class="sg-plot' not in pages[key].text


def test_a_picture_says_what_the_table_says(visitor, assessed):
    page = visitor("karin").get("/reports/R2").text

    (picture,) = re.findall(r'<svg class="sg-plot".*?</svg>', page.partition("Lovens frister")[0], re.DOTALL)
    assert 'role="img" aria-labelledby="R2_by_rule-0-title R2_by_rule-0-desc"' in picture
    assert '<title id="R2_by_rule-0-title">Søjler: Efter frist</title>' in picture
    assert "Viser Til tiden, For sent og Overskredet nu." in picture
    assert re.findall(r"<text[^>]*>([^<]*)<", picture) == ["24-timers vurdering", "2 · 1 · 0"]
    assert "style=" not in page


def test_a_figure_opens_into_its_cases(visitor, assessed):
    karin = visitor("karin")
    (late,) = [link for link in links(karin.get("/reports/R2")) if "row=vurdering24" in link and "figure=late" in link]

    page = karin.get(late)

    assert "24-timers vurdering: For sent" in page.text
    assert "1 talt · sager: 1" in page.text
    assert f"/cases/{assessed[0].id}" in links(page)
    assert "Clara" not in page.text
    assert "åbnede et tal i en rapport" in visitor("torben").get("/access").text


def test_a_case_that_counts_twice_is_one_case(visitor, assessed):
    page = visitor("karin").get("/reports/R1/cases?table=by_source&row=total&figure=received")

    assert "3 talt · sager: 2" in page.text


@pytest.mark.parametrize(
    "wrong", ["row=vurdering24", "table=by_rule&row=vurdering24&figure=name", "table=by_rule&row=x&figure=late"]
)
def test_what_is_no_figure_opens_into_nothing(visitor, assessed, wrong):
    assert visitor("karin").get(f"/reports/R2/cases?{wrong}").status_code == 404


def test_who_sees_figures_only_cannot_open_them(visitor, assessed):
    birgit = visitor("birgit")

    page = birgit.get("/reports/R2")

    assert "24-timers vurdering" in page.text
    assert not [link for link in links(page) if "/cases" in link]
    assert birgit.get(LATE).status_code == 404


def test_cases_of_others_are_counted_and_not_shown(visitor, town):
    elsewhere = a_case(child="Sigurd Fremmed", responsible_unit_id="ppr_syd")
    a_handoff(elsewhere.id, from_unit_id="ppr_syd", to_unit_id="modtagelse_nord")

    page = visitor("karin").get("/reports/R4/cases?table=by_pair&row=ppr_syd-modtagelse_nord&figure=sent")

    assert "PPR Syd → Modtagelsen Nord: Sendt" in page.text
    assert "1 af sagerne ligger hos andre enheder" in page.text
    assert "Sigurd" not in page.text


def test_period_and_unit_are_chosen_without_script(visitor, assessed):
    karin = visitor("karin")

    page = karin.get("/reports/R2?first=&last=24.11.2014&unit=modtagelse_nord")
    other = karin.get("/reports/R2?unit=familiegruppe_nord")

    assert 'value="24.11.2014"' in page.text
    assert 'value="modtagelse_nord" selected' in page.text
    assert "Her er intet at tælle" in page.text
    assert "ppr_nord" not in page.text
    assert "Her er intet at tælle" in other.text
    assert karin.get("/reports/R2?unit=ppr_nord").status_code == 403


@pytest.mark.parametrize(("first", "last"), [("hej", "1.1.2026"), ("2.2.2026", "1.1.2026")])
def test_a_period_that_is_none_comes_back_as_it_was(visitor, first, last):
    page = visitor("karin").get(f"/reports/R2?first={first}&last={last}")

    assert page.status_code == 422
    assert f'value="{first}"' in page.text
    assert f'value="{last}"' in page.text
    assert 'href="#period-first"' in page.text


def test_files_hold_what_the_page_shows(visitor, assessed):
    karin = visitor("karin")
    files = {link for link in links(karin.get("/reports/R2?first=1.11.2014")) if "/csv?" in link or "/xlsx?" in link}

    csv, xlsx = (karin.get(link) for link in sorted(files))

    assert "24-timers vurdering;LOV;2;1;0;66,7" in csv.get_data().decode("utf-8-sig")
    assert csv.headers["Content-Disposition"].startswith('attachment; filename="R2-2014-11-01-')
    assert xlsx.get_data()[:2] == b"PK"


def test_kept_years_open_as_they_were_kept(visitor, town, clock):
    keep_annual_report(
        year=2024, tables=as_json(report(town.karin, "R9", last=date(2024, 12, 31)).tables), is_final=True
    )
    karin = visitor("karin")

    assert "/reports/R9?last=2024-12-31" in links(karin.get("/reports"))
    page = karin.get("/reports/R9?last=2024-12-31")

    assert "Nøgletal for 2024" in page.text
    assert "Lavet og gemt" in page.text
    assert "Talt op" in karin.get("/reports/R9").text
    assert karin.get("/reports/R9/xlsx?last=2024-12-31").get_data()[:2] == b"PK"


def test_in_english(visitor, assessed):
    page = visitor("karin").get("/reports/R1", headers={"Accept-Language": "en"})

    for words in ("Reports", "The last twelve months", "Assessed within 24 hours", "66.7"):
        assert words in page.text


def test_the_overview_leads_here_and_can_be_taken_away(visitor, assessed, clock):
    a_deadline(assessed[0].id, due_at=clock.now - timedelta(days=2))
    karin = visitor("karin")
    found = links(karin.get("/overview"))

    csv = karin.get("/overview/csv").get_data().decode("utf-8-sig")

    assert {"/reports", "/overview/csv", "/overview/xlsx"} <= found
    for words in ("Overskredet nu", "24-timers vurdering", "Arbejdsmængde", "Emil Brandt", "Mette Friis Andersen;0;0"):
        assert words in csv
    assert karin.get("/overview/xlsx").get_data()[:2] == b"PK"
    assert visitor("mette").get("/overview/csv").status_code == 404


def test_the_overview_names_the_young_people_without_a_coordinator(visitor, town, clock):
    young = a_case(child="Ida Lund", birth_date=clock.now.date() - timedelta(days=365 * 17))
    karin = visitor("karin")
    (figure,) = [link for link in links(karin.get("/overview")) if link.startswith("/reports/R6/cases")]

    page = karin.get(figure)

    assert "1 talt · sager: 1" in page.text
    assert f"/cases/{young.id}" in links(page)


def test_a_list_of_deadlines_is_taken_away_with_its_filters(visitor, assessed, clock, monkeypatch):
    monkeypatch.setattr("casework.queries.deadline_table.MOST_ROWS", 1)  # more than a page
    for case, key in ((assessed[0], "bfu"), (assessed[1], "bfu"), (assessed[1], "kvittering")):
        a_deadline(case.id, key=key, name=key, due_at=clock.now - timedelta(days=2))
    karin = visitor("karin")
    files = [link for link in links(karin.get("/overview/deadlines?key=bfu")) if "/csv" in link]

    csv = karin.get(files[0]).get_data().decode("utf-8-sig").splitlines()

    assert csv[0].startswith("Frist;Tilstand;Hvad;")
    assert len(csv) == 3
    assert all("Overskredet;bfu;LOV" in row for row in csv[1:])
    assert "Emil" not in visitor("sofie").get("/overview/deadlines/csv").text
    assert "hentede en liste over frister" in visitor("torben").get("/access").text
