"""Incidents of a case"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('cases', sa.Column('incidents', sa.Integer(), nullable=False, server_default='0'))
    op.execute("UPDATE cases SET incidents = (SELECT count(*) FROM incident WHERE incident.case_id = cases.id)")
