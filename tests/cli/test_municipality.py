from datetime import date

from click.testing import CliRunner
from sqlalchemy import func, select

from casework.calendar import day_of
from casework.cli import casework
from casework.database import read
from casework.model import Employee, Membership, PlaceCapacity, Unit

TOWN = """
[[unit]]
id = "top"
name = "Top"
[[unit]]
id = "intake"
name = "Modtagelsen"
parent = "top"
lane = "modtagelse"
fallback = "top"
[[employee]]
username = "eva"
name = "Eva"
units = { intake = "caseworker" }
"""


def test_loading_the_same_file_twice_makes_one_municipality(database, tmp_path):
    file = tmp_path / "town.toml"
    file.write_text(TOWN)

    first = CliRunner().invoke(casework, ["municipality", str(file), "--json"])
    second = CliRunner().invoke(casework, ["municipality", str(file), "--json"])

    assert (first.exit_code, first.output) == (second.exit_code, second.output) == (0, '{"units": 2, "employees": 1}\n')
    with read() as session:
        counts = [session.scalar(select(func.count()).select_from(table)) for table in (Unit, Employee, Membership)]
        path = session.get_one(Unit, "intake").path
    assert counts == [2, 1, 1]
    assert path == "/top/intake/"


def test_a_changed_number_of_places_counts_from_the_day_it_is_loaded(database, tmp_path, clock):
    file = tmp_path / "town.toml"
    home = '[[unit]]\nid = "home"\nname = "Hjemmet"\nexternal = true\napproval_limit = 250000\nplaces = {places}\n'
    for places in (8, 8, 6):
        file.write_text(home.format(places=places))
        assert CliRunner().invoke(casework, ["municipality", str(file)]).exit_code == 0

    with read() as session:
        unit = session.get_one(Unit, "home")
        rows = session.scalars(select(PlaceCapacity).order_by(PlaceCapacity.since)).all()
    assert (unit.is_external, unit.approval_limit) == (True, 250_000)
    assert [(row.since, row.places) for row in rows] == [(date(1900, 1, 1), 8), (day_of(clock.now), 6)]


def test_refuses_a_unit_whose_parents_go_round(database, tmp_path):
    file = tmp_path / "ring.toml"
    file.write_text('[[unit]]\nid = "a"\nname = "A"\nparent = "b"\n[[unit]]\nid = "b"\nname = "B"\nparent = "a"\n')

    given = CliRunner().invoke(casework, ["municipality", str(file), "--language", "en"])

    assert given.exit_code == 2
    assert "has no place in the tree" in given.output
