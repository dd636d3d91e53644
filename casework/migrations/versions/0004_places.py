"""Places of providers"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('place_capacity',
    sa.Column('unit_id', sa.String(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_place_capacity_unit_id')),
    sa.PrimaryKeyConstraint('unit_id', 'since', name=op.f('pk_place_capacity'))
    )
    op.create_table('place_stay',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('waiting_since', sa.Date(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sa.String(length=30), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_place_stay_case_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_place_stay_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_stay'))
    )
    op.create_index(op.f('ix_place_stay_case_id'), 'place_stay', ['case_id'], unique=False)
    op.create_index('ix_place_stay_staying', 'place_stay', ['case_id'], unique=True, sqlite_where=sa.text("state = 'staying'"), postgresql_where=sa.text("state = 'staying'"))
    op.create_index('ix_place_stay_unit', 'place_stay', ['unit_id', 'starts_on', 'ends_on'], unique=False)
    op.create_index('ix_place_stay_waiting', 'place_stay', ['unit_id', 'case_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.add_column('unit', sa.Column('is_external', sa.Boolean(), nullable=False, server_default=sa.false()))
