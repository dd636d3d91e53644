"""Process drafts, the history of each process, and where a file lay"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('artifact', sa.Column('path', sa.String(), server_default='', nullable=False))
    op.add_column('process_version', sa.Column('process_draft_id', sa.Uuid(), nullable=True))
    op.create_table('process_history',
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('length', sa.Integer(), nullable=False),
    sa.Column('head', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('process_id', name=op.f('pk_process_history'))
    )
    op.create_table('process_draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('based_on_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_by', sa.String(), nullable=False),
    sa.Column('authors', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_by_id', sa.Uuid(), nullable=True),
    sa.Column('submitted_by', sa.String(), nullable=False),
    sa.Column('approvals', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('decision_reason', sa.String(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('released_version_id', sa.Uuid(), nullable=True),
    sa.Column('held_by_id', sa.Uuid(), nullable=True),
    sa.Column('held_by', sa.String(), nullable=False),
    sa.Column('held_until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['based_on_id'], ['process_version.id'], name=op.f('fk_process_draft_based_on_id')),
    sa.ForeignKeyConstraint(['released_version_id'], ['process_version.id'], name=op.f('fk_process_draft_released_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process_draft'))
    )
    op.create_index('ix_process_draft_open', 'process_draft', ['process_id'], unique=True, sqlite_where=sa.text("state IN ('draft', 'submitted', 'approved')"), postgresql_where=sa.text("state IN ('draft', 'submitted', 'approved')"))

    op.create_table('process_history_entry',
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('process_draft_id', sa.Uuid(), nullable=True),
    sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['process_id'], ['process_history.process_id'], name=op.f('fk_process_history_entry_process_id')),
    sa.PrimaryKeyConstraint('process_id', 'number', name=op.f('pk_process_history_entry'))
    )
    op.create_index('ix_process_history_entry_draft', 'process_history_entry', ['process_draft_id'], unique=False)

    op.create_table('process_draft_file',
    sa.Column('process_draft_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('base_checksum', sa.LargeBinary(), nullable=True),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('saved_by_id', sa.Uuid(), nullable=True),
    sa.Column('saved_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['process_draft_id'], ['process_draft.id'], name=op.f('fk_process_draft_file_process_draft_id')),
    sa.PrimaryKeyConstraint('process_draft_id', 'kind', 'key', name=op.f('pk_process_draft_file'))
    )
