"""Walks through process drafts, and what came of running their scenarios"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), 'postgresql')


def upgrade() -> None:
    op.create_table('try_out',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_draft_id', sa.Uuid(), nullable=False),
    sa.Column('employee_id', sa.Uuid(), nullable=False),
    sa.Column('beginning', sa.String(), nullable=False),
    sa.Column('steps', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], name=op.f('fk_try_out_employee_id_employee')),
    sa.ForeignKeyConstraint(['process_draft_id'], ['process_draft.id'], name=op.f('fk_try_out_process_draft_id_process_draft')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_try_out')),
    sa.UniqueConstraint('process_draft_id', 'employee_id', name=op.f('uq_try_out_process_draft_id_employee_id'))
    )
    op.create_table('scenario_run',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_draft_id', sa.Uuid(), nullable=False),
    sa.Column('checksum', sa.LargeBinary(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('outcomes', JSON, nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by', sa.String(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['process_draft_id'], ['process_draft.id'], name=op.f('fk_scenario_run_process_draft_id_process_draft')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scenario_run'))
    )
    op.create_index(op.f('ix_scenario_run_process_draft_id_checksum'), 'scenario_run', ['process_draft_id', 'checksum'], unique=False)
