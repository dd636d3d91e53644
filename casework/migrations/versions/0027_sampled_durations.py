"""Durations are kept one by one too, and how often tasks came; what was counted without is counted anew at once"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute('DELETE FROM element_history')
    op.add_column('element_history', sa.Column('sample', JSON, nullable=False, server_default='[]'))
    op.add_column('element_history', sa.Column('begun', sa.Integer(), nullable=False, server_default='0'))
