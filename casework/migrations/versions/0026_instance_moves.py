"""Batches of instances that are moved to another version"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('instance_move',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('from_version_id', sa.Uuid(), nullable=False),
    sa.Column('to_version_id', sa.Uuid(), nullable=False),
    sa.Column('pairs', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('undoes_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_by', sa.String(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['from_version_id'], ['process_version.id'], name=op.f('fk_instance_move_from_version_id')),
    sa.ForeignKeyConstraint(['to_version_id'], ['process_version.id'], name=op.f('fk_instance_move_to_version_id')),
    sa.ForeignKeyConstraint(['undoes_id'], ['instance_move.id'], name=op.f('fk_instance_move_undoes_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instance_move'))
    )
    op.create_index('ix_instance_move_process', 'instance_move', ['process_id', 'created_at'], unique=False)
    op.create_index('ix_instance_move_running', 'instance_move', ['created_at'], unique=False, sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))
    op.create_table('instance_move_item',
    sa.Column('move_id', sa.Uuid(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('reasons', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_instance_move_item_instance_id')),
    sa.ForeignKeyConstraint(['move_id'], ['instance_move.id'], name=op.f('fk_instance_move_item_move_id')),
    sa.PrimaryKeyConstraint('move_id', 'instance_id', name=op.f('pk_instance_move_item'))
    )
    op.create_index('ix_instance_move_item_instance', 'instance_move_item', ['instance_id'], unique=False)
    op.create_index('ix_instance_move_item_state', 'instance_move_item', ['move_id', 'state', 'position'], unique=False)
