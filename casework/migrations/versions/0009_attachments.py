"""Attachments of forms"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('document', sa.Column('user_task_id', sa.Uuid(), nullable=True))
    op.add_column('document', sa.Column('submission_id', sa.Uuid(), nullable=True))
    op.create_index(op.f('ix_document_user_task_id'), 'document', ['user_task_id'], unique=False)
