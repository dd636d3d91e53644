"""Initial tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('access_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('case_id', sa.Uuid(), nullable=True),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('detail', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_entry'))
    )
    op.create_index(op.f('ix_access_entry_actor_id_at'), 'access_entry', ['actor_id', 'at'], unique=False)
    op.create_index(op.f('ix_access_entry_case_id_at'), 'access_entry', ['case_id', 'at'], unique=False)
    op.create_table('artifact',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('checksum', sa.LargeBinary(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_artifact')),
    sa.UniqueConstraint('kind', 'key', 'version', name=op.f('uq_artifact_kind_key_version'))
    )
    op.create_index('ix_artifact_checksum', 'artifact', ['checksum'], unique=False)
    op.create_table('employee',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('username', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('roles', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('subject', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('is_persona', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employee')),
    sa.UniqueConstraint('subject', name=op.f('uq_employee_subject')),
    sa.UniqueConstraint('username', name=op.f('uq_employee_username'))
    )
    op.create_table('idempotency_key',
    sa.Column('actor_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('actor_id', 'key', name=op.f('pk_idempotency_key'))
    )
    op.create_index(op.f('ix_idempotency_key_created_at'), 'idempotency_key', ['created_at'], unique=False)
    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('cpr', sa.LargeBinary(), nullable=True),
    sa.Column('cpr_index', sa.LargeBinary(), nullable=True),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('has_protected_address', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_index(op.f('ix_person_cpr_index'), 'person', ['cpr_index'], unique=False)
    op.create_table('process_version',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('checksum', sa.LargeBinary(), nullable=False),
    sa.Column('is_startable', sa.Boolean(), nullable=False),
    sa.Column('released_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('released_by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process_version')),
    sa.UniqueConstraint('process_id', 'version', name=op.f('uq_process_version_process_id_version'))
    )
    op.create_table('unit',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('parent_id', sa.String(), nullable=True),
    sa.Column('lane', sa.String(), nullable=True),
    sa.Column('district', sa.String(), nullable=True),
    sa.Column('path', sa.String(), nullable=False),
    sa.Column('fallback_id', sa.String(), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['fallback_id'], ['unit.id'], name=op.f('fk_unit_fallback_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name=op.f('fk_unit_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit'))
    )
    op.create_index('ix_unit_lane', 'unit', ['lane', 'district'], unique=False)
    op.create_table('cases',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('child_id', sa.Uuid(), nullable=False),
    sa.Column('district', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('responsible_unit_id', sa.String(), nullable=False),
    sa.Column('responsible_employee_id', sa.Uuid(), nullable=True),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('reads', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('kept_messages', sa.Integer(), nullable=False),
    sa.Column('journal_length', sa.Integer(), nullable=False),
    sa.Column('journal_head', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['child_id'], ['person.id'], name=op.f('fk_cases_child_id')),
    sa.ForeignKeyConstraint(['responsible_employee_id'], ['employee.id'], name=op.f('fk_cases_responsible_employee_id')),
    sa.ForeignKeyConstraint(['responsible_unit_id'], ['unit.id'], name=op.f('fk_cases_responsible_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('number', name=op.f('uq_cases_number'))
    )
    op.create_index('ix_cases_child', 'cases', ['child_id'], unique=False)
    op.create_index('ix_cases_responsible_unit', 'cases', ['responsible_unit_id', 'state', 'opened_at'], unique=False)
    op.create_table('membership',
    sa.Column('employee_id', sa.Uuid(), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=False),
    sa.Column('role', sa.String(length=30), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], name=op.f('fk_membership_employee_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_membership_unit_id')),
    sa.PrimaryKeyConstraint('employee_id', 'unit_id', name=op.f('pk_membership'))
    )
    op.create_index(op.f('ix_membership_unit_id'), 'membership', ['unit_id'], unique=False)
    op.create_table('pinned_artifact',
    sa.Column('process_version_id', sa.Uuid(), nullable=False),
    sa.Column('artifact_id', sa.Uuid(), nullable=False),
    sa.Column('is_main', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['artifact_id'], ['artifact.id'], name=op.f('fk_pinned_artifact_artifact_id')),
    sa.ForeignKeyConstraint(['process_version_id'], ['process_version.id'], name=op.f('fk_pinned_artifact_process_version_id')),
    sa.PrimaryKeyConstraint('process_version_id', 'artifact_id', name=op.f('pk_pinned_artifact'))
    )
    op.create_table('service_account',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('key_hash', sa.LargeBinary(), nullable=False),
    sa.Column('scopes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=True),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_service_account_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service_account')),
    sa.UniqueConstraint('key_hash', name=op.f('uq_service_account_key_hash')),
    sa.UniqueConstraint('name', name=op.f('uq_service_account_name'))
    )
    op.create_table('start_message',
    sa.Column('process_version_id', sa.Uuid(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['process_version_id'], ['process_version.id'], name=op.f('fk_start_message_process_version_id')),
    sa.PrimaryKeyConstraint('process_version_id', 'element_id', name=op.f('pk_start_message'))
    )
    op.create_index(op.f('ix_start_message_name'), 'start_message', ['name'], unique=False)
    op.create_table('consent',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('person_name', sa.String(), nullable=False),
    sa.Column('data_classes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('shared_with', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recorded_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_consent_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    op.create_index(op.f('ix_consent_case_id_state'), 'consent', ['case_id', 'state'], unique=False)
    op.create_table('journal_entry',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('instance_id', sa.Uuid(), nullable=True),
    sa.Column('user_task_id', sa.Uuid(), nullable=True),
    sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_journal_entry_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_entry')),
    sa.UniqueConstraint('case_id', 'number', name=op.f('uq_journal_entry_case_id_number'))
    )
    op.create_index('ix_journal_entry_case', 'journal_entry', ['case_id', 'at'], unique=False)
    op.create_table('process_instance',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('process_version_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('engine_state', sa.LargeBinary(), nullable=False),
    sa.Column('variables', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by_id', sa.Uuid(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_process_instance_case_id')),
    sa.ForeignKeyConstraint(['process_version_id'], ['process_version.id'], name=op.f('fk_process_instance_process_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_process_instance'))
    )
    op.create_index('ix_process_instance_case', 'process_instance', ['case_id', 'state'], unique=False)
    op.create_index(op.f('ix_process_instance_process_version_id_state'), 'process_instance', ['process_version_id', 'state'], unique=False)
    op.create_table('team_member',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('employee_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_team_member_case_id')),
    sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], name=op.f('fk_team_member_employee_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_member'))
    )
    op.create_index(op.f('ix_team_member_case_id'), 'team_member', ['case_id'], unique=False)
    op.create_index('ix_team_member_employee', 'team_member', ['employee_id', 'case_id'], unique=False)
    op.create_table('deadline',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('engine_task_id', sa.String(), nullable=True),
    sa.Column('met_by', sa.String(), nullable=True),
    sa.Column('until', sa.String(), nullable=True),
    sa.Column('due_class', sa.String(length=30), nullable=False),
    sa.Column('duration', sa.String(), nullable=False),
    sa.Column('calendar', sa.String(), nullable=False),
    sa.Column('law', sa.String(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('start_expression', sa.String(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('explanation', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('ladder', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('escalation_level', sa.Integer(), nullable=False),
    sa.Column('next_escalation_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('late_reason', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_deadline_case_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_deadline_instance_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_deadline_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deadline'))
    )
    op.create_index('ix_deadline_case', 'deadline', ['case_id', 'state'], unique=False)
    op.create_index('ix_deadline_due', 'deadline', ['unit_id', 'due_at'], unique=False, sqlite_where=sa.text("state = 'running'"), postgresql_where=sa.text("state = 'running'"))
    op.create_index('ix_deadline_escalation', 'deadline', ['next_escalation_at'], unique=False, sqlite_where=sa.text("state = 'running' AND next_escalation_at IS NOT NULL"), postgresql_where=sa.text("state = 'running' AND next_escalation_at IS NOT NULL"))
    op.create_index('ix_deadline_instance', 'deadline', ['instance_id', 'state'], unique=False)
    op.create_table('job',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=True),
    sa.Column('instance_id', sa.Uuid(), nullable=True),
    sa.Column('engine_task_id', sa.String(), nullable=True),
    sa.Column('process_id', sa.String(), nullable=True),
    sa.Column('element_id', sa.String(), nullable=True),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('inputs', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('dedupe_key', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease', sa.Uuid(), nullable=True),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_job_case_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_job_instance_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_job_dedupe_key'))
    )
    op.create_index('ix_job_due', 'job', ['next_at'], unique=False, sqlite_where=sa.text("state IN ('ready', 'claimed')"), postgresql_where=sa.text("state IN ('ready', 'claimed')"))
    op.create_index('ix_job_instance', 'job', ['instance_id', 'state'], unique=False)
    op.create_table('message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('correlation', sa.String(), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('sender', sa.String(), nullable=False),
    sa.Column('dedupe_key', sa.String(), nullable=True),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('instance_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_message_case_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_message_instance_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_message_dedupe_key'))
    )
    op.create_index(op.f('ix_message_case_id_state'), 'message', ['case_id', 'state'], unique=False)
    op.create_index(op.f('ix_message_state_received_at'), 'message', ['state', 'received_at'], unique=False)
    op.create_table('passage',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('element_type', sa.String(), nullable=False),
    sa.Column('how', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_passage_instance_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passage'))
    )
    op.create_index('ix_passage_instance', 'passage', ['instance_id', 'process_id', 'element_id'], unique=False)
    op.create_table('relation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('has_custody', sa.Boolean(), nullable=False),
    sa.Column('may_know_address', sa.Boolean(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=True),
    sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_relation_case_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_relation_instance_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_relation_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relation'))
    )
    op.create_index(op.f('ix_relation_case_id'), 'relation', ['case_id'], unique=False)
    op.create_table('subscription',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=False),
    sa.Column('engine_task_id', sa.String(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('correlation', sa.String(), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_subscription_case_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_subscription_instance_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription'))
    )
    op.create_index('ix_subscription_instance', 'subscription', ['instance_id', 'state'], unique=False)
    op.create_index('ix_subscription_name', 'subscription', ['case_id', 'name'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_table('timer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=False),
    sa.Column('engine_task_id', sa.String(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('interval', sa.String(), nullable=True),
    sa.Column('repeats_left', sa.Integer(), nullable=True),
    sa.Column('expression', sa.String(), nullable=False),
    sa.Column('start_expression', sa.String(), nullable=True),
    sa.Column('calendar', sa.String(), nullable=False),
    sa.Column('explanation', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_timer_case_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_timer_instance_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_timer'))
    )
    op.create_index('ix_timer_due', 'timer', ['due_at'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index('ix_timer_instance', 'timer', ['instance_id', 'state'], unique=False)
    op.create_table('document',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('sha256', sa.LargeBinary(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('delivered_by', sa.String(), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_document_case_id')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_document_job_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sa.UniqueConstraint('job_id', name=op.f('uq_document_job_id'))
    )
    op.create_index(op.f('ix_document_case_id_created_at'), 'document', ['case_id', 'created_at'], unique=False)
    op.create_table('escalation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('deadline_id', sa.Uuid(), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_escalation_case_id')),
    sa.ForeignKeyConstraint(['deadline_id'], ['deadline.id'], name=op.f('fk_escalation_deadline_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation')),
    sa.UniqueConstraint('deadline_id', 'level', 'due_at', name=op.f('uq_escalation_deadline_id_level_due_at'))
    )
    op.create_index(op.f('ix_escalation_case_id'), 'escalation', ['case_id'], unique=False)
    op.create_table('handoff',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=True),
    sa.Column('from_unit_id', sa.String(), nullable=False),
    sa.Column('to_unit_id', sa.String(), nullable=False),
    sa.Column('fallback_unit_id', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('wanted_answer', sa.String(), nullable=False),
    sa.Column('data_classes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('legal_basis', sa.String(), nullable=True),
    sa.Column('consent_id', sa.Uuid(), nullable=True),
    sa.Column('moves_responsibility', sa.Boolean(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offered_by', sa.String(), nullable=False),
    sa.Column('offered_by_id', sa.Uuid(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.String(), nullable=True),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('child_informed_on', sa.Date(), nullable=True),
    sa.Column('suggested_unit_id', sa.String(), nullable=True),
    sa.Column('next_employee_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('exchanges', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_handoff_case_id')),
    sa.ForeignKeyConstraint(['consent_id'], ['consent.id'], name=op.f('fk_handoff_consent_id')),
    sa.ForeignKeyConstraint(['fallback_unit_id'], ['unit.id'], name=op.f('fk_handoff_fallback_unit_id')),
    sa.ForeignKeyConstraint(['from_unit_id'], ['unit.id'], name=op.f('fk_handoff_from_unit_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_handoff_instance_id')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_handoff_job_id')),
    sa.ForeignKeyConstraint(['next_employee_id'], ['employee.id'], name=op.f('fk_handoff_next_employee_id')),
    sa.ForeignKeyConstraint(['suggested_unit_id'], ['unit.id'], name=op.f('fk_handoff_suggested_unit_id')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['unit.id'], name=op.f('fk_handoff_to_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handoff')),
    sa.UniqueConstraint('job_id', name=op.f('uq_handoff_job_id'))
    )
    op.create_index(op.f('ix_handoff_case_id'), 'handoff', ['case_id'], unique=False)
    op.create_index(op.f('ix_handoff_from_unit_id_state'), 'handoff', ['from_unit_id', 'state'], unique=False)
    op.create_index('ix_handoff_late', 'handoff', ['due_at'], unique=False, sqlite_where=sa.text("state IN ('offered', 'more_asked') AND escalated_at IS NULL"), postgresql_where=sa.text("state IN ('offered', 'more_asked') AND escalated_at IS NULL"))
    op.create_index(op.f('ix_handoff_to_unit_id_state'), 'handoff', ['to_unit_id', 'state'], unique=False)
    op.create_table('incident',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('engine_task_id', sa.String(), nullable=True),
    sa.Column('job_id', sa.Uuid(), nullable=True),
    sa.Column('cause', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('expression', sa.String(), nullable=True),
    sa.Column('values_read', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('event', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('retries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('solved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('solved_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_incident_case_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_incident_instance_id')),
    sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_incident_job_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident'))
    )
    op.create_index(op.f('ix_incident_case_id'), 'incident', ['case_id'], unique=False)
    op.create_index(op.f('ix_incident_instance_id_state'), 'incident', ['instance_id', 'state'], unique=False)
    op.create_index('ix_incident_open', 'incident', ['created_at'], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('user_task',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('instance_id', sa.Uuid(), nullable=False),
    sa.Column('engine_task_id', sa.String(), nullable=False),
    sa.Column('process_id', sa.String(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_en', sa.String(), nullable=False),
    sa.Column('form_id', sa.Uuid(), nullable=True),
    sa.Column('items', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('lane', sa.String(), nullable=False),
    sa.Column('unit_id', sa.String(), nullable=False),
    sa.Column('assignee_id', sa.Uuid(), nullable=True),
    sa.Column('awaited_by_unit_id', sa.String(), nullable=True),
    sa.Column('needs_separation', sa.Boolean(), nullable=False),
    sa.Column('handoff_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(length=30), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deadline_id', sa.Uuid(), nullable=True),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('inbox_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_class', sa.String(), nullable=True),
    sa.Column('draft', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('draft_version', sa.Integer(), nullable=False),
    sa.Column('draft_marks', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('draft_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('draft_by_id', sa.Uuid(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['assignee_id'], ['employee.id'], name=op.f('fk_user_task_assignee_id')),
    sa.ForeignKeyConstraint(['awaited_by_unit_id'], ['unit.id'], name=op.f('fk_user_task_awaited_by_unit_id')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_user_task_case_id')),
    sa.ForeignKeyConstraint(['deadline_id'], ['deadline.id'], name=op.f('fk_user_task_deadline_id')),
    sa.ForeignKeyConstraint(['draft_by_id'], ['employee.id'], name=op.f('fk_user_task_draft_by_id')),
    sa.ForeignKeyConstraint(['form_id'], ['artifact.id'], name=op.f('fk_user_task_form_id')),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoff.id'], name=op.f('fk_user_task_handoff_id')),
    sa.ForeignKeyConstraint(['instance_id'], ['process_instance.id'], name=op.f('fk_user_task_instance_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_user_task_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_task'))
    )
    op.create_index('ix_user_task_assignee', 'user_task', ['assignee_id', 'inbox_at', 'id'], unique=False, sqlite_where=sa.text("state IN ('open', 'claimed')"), postgresql_where=sa.text("state IN ('open', 'claimed')"))
    op.create_index('ix_user_task_awaited', 'user_task', ['awaited_by_unit_id', 'inbox_at', 'id'], unique=False, sqlite_where=sa.text("state IN ('open', 'claimed') AND awaited_by_unit_id IS NOT NULL"), postgresql_where=sa.text("state IN ('open', 'claimed') AND awaited_by_unit_id IS NOT NULL"))
    op.create_index('ix_user_task_case', 'user_task', ['case_id', 'state'], unique=False)
    op.create_index('ix_user_task_inbox', 'user_task', ['unit_id', 'inbox_at', 'id'], unique=False, postgresql_include=['assignee_id'], sqlite_where=sa.text("state IN ('open', 'claimed')"), postgresql_where=sa.text("state IN ('open', 'claimed')"))
    op.create_index('ix_user_task_instance', 'user_task', ['instance_id', 'state'], unique=False)
    op.create_table('notification',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('employee_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=True),
    sa.Column('user_task_id', sa.Uuid(), nullable=True),
    sa.Column('handoff_id', sa.Uuid(), nullable=True),
    sa.Column('deadline_id', sa.Uuid(), nullable=True),
    sa.Column('level', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_notification_case_id')),
    sa.ForeignKeyConstraint(['deadline_id'], ['deadline.id'], name=op.f('fk_notification_deadline_id')),
    sa.ForeignKeyConstraint(['employee_id'], ['employee.id'], name=op.f('fk_notification_employee_id')),
    sa.ForeignKeyConstraint(['handoff_id'], ['handoff.id'], name=op.f('fk_notification_handoff_id')),
    sa.ForeignKeyConstraint(['user_task_id'], ['user_task.id'], name=op.f('fk_notification_user_task_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification'))
    )
    op.create_index(op.f('ix_notification_employee_id_read_at_created_at'), 'notification', ['employee_id', 'read_at', 'created_at'], unique=False)
    op.create_table('submission',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('case_id', sa.Uuid(), nullable=False),
    sa.Column('user_task_id', sa.Uuid(), nullable=False),
    sa.Column('form_id', sa.Uuid(), nullable=False),
    sa.Column('answers', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_by', sa.String(), nullable=False),
    sa.Column('submitted_by_id', sa.Uuid(), nullable=True),
    sa.Column('late_reason', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_submission_case_id')),
    sa.ForeignKeyConstraint(['form_id'], ['artifact.id'], name=op.f('fk_submission_form_id')),
    sa.ForeignKeyConstraint(['user_task_id'], ['user_task.id'], name=op.f('fk_submission_user_task_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_submission'))
    )
    op.create_index(op.f('ix_submission_case_id'), 'submission', ['case_id'], unique=False)
    op.create_index(op.f('ix_submission_user_task_id'), 'submission', ['user_task_id'], unique=False)
