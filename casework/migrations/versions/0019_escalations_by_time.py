"""Escalations of a period are found by an index"""

from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_escalation_raised_at'), 'escalation', ['raised_at'], unique=False)
