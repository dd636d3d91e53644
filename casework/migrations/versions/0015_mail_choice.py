"""Who gets e-mail at once, once a day, or none"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('employee', sa.Column('mail', sa.String(length=30), nullable=False, server_default='at_once'))
