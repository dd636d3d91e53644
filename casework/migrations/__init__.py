"""The tables in steps, forwards only: `migrate` brings any older database to the newest step, on SQLite and on PostgreSQL.

`python -m casework.migrations "Add a column for ..."` drafts the next step from what the models have and the database has
not; read it before it is committed. A test checks that steps and models agree.
"""

from casework.migrations.run import draft, migrate

__all__ = ["draft", "migrate"]
