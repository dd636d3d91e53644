"""The open task of a deadline is found by an index, and what was written in a form, too"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

ACTIVE = sa.text("state IN ('open', 'claimed')")


def upgrade() -> None:
    op.create_index('ix_user_task_deadline', 'user_task', ['deadline_id', 'id'], unique=False, sqlite_where=ACTIVE, postgresql_where=ACTIVE)
    op.create_index('ix_submission_form_id_submitted_at', 'submission', ['form_id', 'submitted_at'], unique=False)
