"""Who stands in for whom, from day to day"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('substitution',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('absent_id', sa.Uuid(), nullable=False),
    sa.Column('substitute_id', sa.Uuid(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.String(), nullable=False),
    sa.Column('created_by_id', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['absent_id'], ['employee.id'], name=op.f('fk_substitution_absent_id_employee')),
    sa.ForeignKeyConstraint(['substitute_id'], ['employee.id'], name=op.f('fk_substitution_substitute_id_employee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_substitution'))
    )
    op.create_index(op.f('ix_substitution_absent_id_last_day'), 'substitution', ['absent_id', 'last_day'], unique=False)
    op.create_index(op.f('ix_substitution_substitute_id_last_day'), 'substitution', ['substitute_id', 'last_day'], unique=False)
