"""Starts by the clock"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table('start_timer',
    sa.Column('process_version_id', sa.Uuid(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('expression', sa.String(), nullable=False),
    sa.Column('late', sa.String(), nullable=False),
    sa.Column('is_single', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['process_version_id'], ['process_version.id'], name=op.f('fk_start_timer_process_version_id_process_version')),
    sa.PrimaryKeyConstraint('process_version_id', 'element_id', name=op.f('pk_start_timer'))
    )
    op.create_table('process_start',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('instance_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_process_start_case_id_cases')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_process_start_instance_id_process_instance')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process_start'))
    )
    op.create_index(op.f('ix_process_start_case_id'), 'process_start', ['case_id'], unique=False)
    op.create_index('ix_process_start_due', 'process_start', ['due_at'], unique=False, sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index('ix_process_start_waiting', 'process_start', ['case_id', 'process_id', 'element_id'], unique=True, sqlite_where=WAITING, postgresql_where=WAITING)
    op.add_column('cases', sa.Column('starts_planned', sa.Integer(), nullable=False, server_default='0'))
    op.create_index('ix_cases_starts_planned', 'cases', ['starts_planned'], unique=False, sqlite_where=OPEN, postgresql_where=OPEN)
