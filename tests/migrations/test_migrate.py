"""The steps lead to the tables of the models, on both databases, and can be taken again."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import inspect, text

from casework.cli.migrate import migrate as command
from casework.database import Base, engine
from casework.migrations import migrate


def emptied():
    """The database of the test without any table."""
    with engine().begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


def test_steps_and_models_agree(database):
    emptied()

    migrate()

    with engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(database):
    emptied()

    assert migrate() == migrate()

    assert len(inspect(engine()).get_table_names()) == len(Base.metadata.tables) + 1


def test_the_command_says_the_step(sqlite_database):
    emptied()

    ran = CliRunner().invoke(command, ["--json"])

    assert (ran.exit_code, ran.output.strip()[:13]) == (0, '{"revision": ')
