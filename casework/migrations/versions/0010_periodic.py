"""Samples of managerial supervision, and the year's figures"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('periodic_run',
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'period', name=op.f('pk_periodic_run'))
    )
    op.create_table('annual_report',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tables', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_annual_report'))
    )
    op.create_table('case_sample',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('quarter', sa.String(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_sample_case_id_cases')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_case_sample_instance_id_process_instance')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_case_sample_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_sample')),
    sa.UniqueConstraint('quarter', 'case_id', name=op.f('uq_case_sample_quarter_case_id'))
    )
    op.create_index(op.f('ix_case_sample_unit_id_drawn_at'), 'case_sample', ['unit_id', 'drawn_at'], unique=False)
