"""Pauses"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column('deadline', sa.Column('moved', JSON, nullable=True))
    op.add_column('deadline', sa.Column('pauses', JSON, nullable=False, server_default='[]'))
    op.add_column('deadline', sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True))
