"""When an employee last looked at a case"""

from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_access_entry_case_id_actor_id_at'), 'access_entry', ['case_id', 'actor_id', 'at'], unique=False)
