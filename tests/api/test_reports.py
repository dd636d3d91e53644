"""The standing reports over the API: as JSON, CSV and XLSX."""

from __future__ import annotations

from datetime import timedelta

from tests.api.problems import refused, wrong_fields
from tests.factories import a_deadline


def overdue(cast, clock):
    return a_deadline(cast.case_id, due_at=clock.now - timedelta(hours=1))


def test_a_report_as_json_opens_into_cases(api, cast, clock):
    overdue(cast, clock)

    found = api.karin.get("/reports/R2", headers={"Accept-Language": "en"}).get_json()

    table = found["tables"][0]
    assert (found["key"], found["title"], table["columns"][4]["key"]) == ("R2", "Timeliness", "overdue")
    assert table["rows"][0]["cells"][4] == 1
    assert table["rows"][0]["cases"] == {"overdue": [str(cast.case_id)]}


def test_a_report_as_a_file(api, cast, clock):
    overdue(cast, clock)

    csv = api.karin.get("/reports/R2/csv?first=2026-01-01&last=2026-11-30")
    xlsx = api.karin.get("/reports/R2/xlsx")

    assert csv.headers["Content-Disposition"] == 'attachment; filename="R2-2026-01-01-2026-11-30.csv"'
    assert "Frist;Klasse;Til tiden;For sent" in csv.get_data().decode("utf-8-sig")
    assert xlsx.get_data()[:2] == b"PK"
    assert "R2" in api.karin.get("/reports").get_json()["items"]


def test_who_may_not_and_what_is_wrong(api):
    refused(api.mette.get("/reports/R2"), 403)
    refused(api.karin.get("/reports/R99"), 404)
    refused(api.system("cases:read").get("/reports/R2"), 403)
    assert wrong_fields(api.karin.get("/reports/R2?first=2026-02-30")) == ["first"]
    assert api.karin.get("/reports/R2?first=2026-02-02&last=2026-01-01").status_code == 422
