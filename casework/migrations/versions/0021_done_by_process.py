"""What was done in a process within a period is found by an index"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None

DONE, MET = sa.text("state = 'completed'"), sa.text("state = 'met'")


def upgrade() -> None:
    op.create_index('ix_user_task_done', 'user_task', ['process_id', 'ended_at'], unique=False, sqlite_where=DONE, postgresql_where=DONE)
    op.create_index('ix_deadline_met', 'deadline', ['process_id', 'ended_at'], unique=False, sqlite_where=MET, postgresql_where=MET)
