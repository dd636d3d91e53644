"""The cases that somebody is responsible for are found by an index"""

from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_cases_responsible_employee', 'cases', ['responsible_employee_id', 'state', 'opened_at'], unique=False)
