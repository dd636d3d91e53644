"""Several tasks passed on at once can be put back"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reassignment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('employee_id', sa.Uuid(), nullable=False),
    sa.Column('to_employee_id', sa.Uuid(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], name=op.f('fk_reassignment_employee_id_employee')),
    sa.ForeignKeyConstraint(['to_employee_id'], ['employee.id'], name=op.f('fk_reassignment_to_employee_id_employee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reassignment'))
    )
    op.create_index(op.f('ix_reassignment_employee_id_at'), 'reassignment', ['employee_id', 'at'], unique=False)
    op.create_table('reassigned_task',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('reassignment_id', sa.Uuid(), nullable=False),
    sa.Column('user_task_id', sa.Uuid(), nullable=False),
    sa.Column('from_employee_id', sa.Uuid(), nullable=True),
    sa.Column('follow_up_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('draft_version', sa.Integer(), nullable=False),
    sa.Column('put_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['from_employee_id'], ['employee.id'], name=op.f('fk_reassigned_task_from_employee_id_employee')),
    sa.ForeignKeyConstraint(['reassignment_id'], ['reassignment.id'], name=op.f('fk_reassigned_task_reassignment_id_reassignment')),
    sa.ForeignKeyConstraint(['user_task_id'], ['user_task.id'], name=op.f('fk_reassigned_task_user_task_id_user_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reassigned_task'))
    )
    op.create_index(op.f('ix_reassigned_task_reassignment_id'), 'reassigned_task', ['reassignment_id'], unique=False)
