"""A day on which somebody takes a task up again"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('user_task', sa.Column('follow_up_on', sa.Date(), nullable=True))
