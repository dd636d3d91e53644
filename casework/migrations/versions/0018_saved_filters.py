"""Filters of the inbox that somebody has named, and the view that somebody begins with"""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('saved_filter',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('employee_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('view', sa.String(), nullable=False),
    sa.Column('unit', sa.String(), nullable=True),
    sa.Column('process', sa.String(), nullable=True),
    sa.Column('due_class', sa.String(), nullable=True),
    sa.Column('text', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], name=op.f('fk_saved_filter_employee_id_employee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filter')),
    sa.UniqueConstraint('employee_id', 'name', name=op.f('uq_saved_filter_employee_id_name'))
    )
    op.add_column('employee', sa.Column('first_view', sa.String(), nullable=False, server_default=''))
