"""The figures of the running year are made each day, and are not final"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('annual_report') as table:
        table.add_column(sa.Column('is_final', sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table('annual_report') as table:
        table.alter_column('is_final', server_default=None)
