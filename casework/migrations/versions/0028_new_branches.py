"""What becomes of new branches when instances are moved is chosen"""

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('instance_move', sa.Column('branches', sa.String(length=30), server_default='stay', nullable=False))
