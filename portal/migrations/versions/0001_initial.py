"""The first version of all tables."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

import portal.kernel.db

revision: str = '0001'
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Go to this version."""
    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('action', sa.String(length=80), nullable=False),
    sa.Column('subject_type', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('actor_role', sa.String(length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=120), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=True),
    sa.Column('phone_call_id', sa.Integer(), nullable=True),
    sa.Column('request_id', sa.String(length=40), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_phone_call', ['phone_call_id'], unique=False)
        batch_op.create_index('ix_audit_entry_subject', ['subject_type', 'subject_id'], unique=False)

    op.create_table('installation_fact',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_installation_fact'))
    )
    op.create_table('job_fair',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('starts_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('build_up_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('place', sa.String(length=160), nullable=False),
    sa.Column('address', sa.String(length=160), nullable=False),
    sa.Column('district', sa.String(length=80), nullable=False),
    sa.Column('hall_width', sa.Double(), nullable=False),
    sa.Column('hall_depth', sa.Double(), nullable=False),
    sa.Column('zones', sa.JSON(), nullable=False),
    sa.Column('max_per_sector', sa.Integer(), nullable=False),
    sa.Column('sector_exceptions', sa.JSON(), nullable=False),
    sa.Column('status', sa.Enum('planned', 'open', 'closed', 'cancelled', name='fairstatus', native_enum=False, length=40), nullable=False),
    sa.Column('visibility', sa.Enum('public', 'code', 'invited', name='visibility', native_enum=False, length=40), nullable=False),
    sa.Column('access_code', sa.String(length=20), nullable=False),
    sa.Column('calendar_sequence', sa.Integer(), nullable=False),
    sa.Column('opened_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('details_version', sa.Integer(), nullable=False),
    sa.Column('details_changed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_job_fair_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_fair'))
    )
    with op.batch_alter_table('job_fair', schema=None) as batch_op:
        batch_op.create_index('ix_job_fair_agenda', ['status', 'starts_at'], unique=False)

    op.create_table('look_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('subject_type', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look_entry'))
    )
    op.create_table('number_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_series')),
    sa.UniqueConstraint('name', 'year', name=op.f('uq_number_series_name_year'))
    )
    op.create_table('outbox_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('recipient_kind', sa.String(length=20), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('dedupe_key', sa.String(length=200), nullable=False),
    sa.Column('available_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('sent_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('dead_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_outbox_message_dedupe_key'))
    )
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_message_due', ['sent_at', 'dead_at', 'available_at'], unique=False)

    op.create_table('retention_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('rule', sa.String(length=80), nullable=False),
    sa.Column('removed', sa.Integer(), nullable=False),
    sa.Column('stopped', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_run'))
    )
    with op.batch_alter_table('retention_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_retention_run_rule'), ['rule'], unique=False)

    op.create_table('sector',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('group', sa.Enum('bouw', 'zorg', 'voeding', 'schoonmaak', 'horeca', 'groen', 'techniek', 'logistiek', 'winkel', 'kantoor', name='sectorgroup', native_enum=False, length=40), nullable=False),
    sa.Column('icon', sa.String(length=40), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sector')),
    sa.UniqueConstraint('key', name=op.f('uq_sector_key'))
    )
    op.create_table('throttle_count',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('window', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('expires_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', 'window', name=op.f('pk_throttle_count'))
    )
    with op.batch_alter_table('throttle_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_throttle_count_expires_at'), ['expires_at'], unique=False)

    op.create_table('user_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('role', sa.Enum('team_member', 'team_lead', 'administrator', 'coach', 'employer', name='userrole', native_enum=False, length=40), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('email_confirmed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('stopped_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('session_version', sa.Integer(), nullable=False),
    sa.Column('second_factor_secret', sa.String(length=64), nullable=True),
    sa.Column('second_factor_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('second_factor_step', sa.Integer(), nullable=False),
    sa.Column('last_sign_in_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email', name=op.f('uq_user_account_email'))
    )
    op.create_table('callback_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('phone', sa.String(length=20), nullable=False),
    sa.Column('at', sa.Enum('morning', 'afternoon', 'any', name='callbacktime', native_enum=False, length=40), nullable=False),
    sa.Column('done_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['done_by_id'], ['user_account.id'], name=op.f('fk_callback_request_done_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_callback_request'))
    )
    op.create_table('employer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=160), nullable=False),
    sa.Column('kvk_number', sa.String(length=8), nullable=False),
    sa.Column('sector_id', sa.Integer(), nullable=False),
    sa.Column('website', sa.String(length=200), nullable=True),
    sa.Column('status', sa.Enum('unconfirmed', 'submitted', 'approved', 'refused', name='employerstatus', native_enum=False, length=40), nullable=False),
    sa.Column('source', sa.Enum('web', 'team', 'import', name='employersource', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('submitted_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('team_contact_id', sa.Integer(), nullable=True),
    sa.Column('team_note', sa.Text(), nullable=True),
    sa.Column('numbers_to_confirm', sa.Boolean(), nullable=False),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('details_version', sa.Integer(), nullable=False),
    sa.Column('details_changed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_employer_decided_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['sector_id'], ['sector.id'], name=op.f('fk_employer_sector_id')),
    sa.ForeignKeyConstraint(['team_contact_id'], ['user_account.id'], name=op.f('fk_employer_team_contact_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer')),
    sa.UniqueConstraint('kvk_number', name=op.f('uq_employer_kvk_number'))
    )
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employer_sector_id'), ['sector_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_employer_status'), ['status'], unique=False)

    op.create_table('import_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('employers', 'participants', 'vacancies', name='importkind', native_enum=False, length=40), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('done_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_import_batch_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch'))
    )
    op.create_table('participant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=60), nullable=False),
    sa.Column('last_name', sa.String(length=80), nullable=True),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('spoken_language', sa.String(length=40), nullable=True),
    sa.Column('level', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', name='languagelevel', native_enum=False, length=40), nullable=True),
    sa.Column('level_to_confirm', sa.Boolean(), nullable=False),
    sa.Column('coach_id', sa.Integer(), nullable=True),
    sa.Column('coach_name', sa.String(length=120), nullable=True),
    sa.Column('reference', sa.String(length=40), nullable=True),
    sa.Column('source', sa.Enum('web', 'coach', 'team', 'import', name='participantsource', native_enum=False, length=40), nullable=False),
    sa.Column('delete_on', sa.Date(), nullable=False),
    sa.Column('removed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('details_version', sa.Integer(), nullable=False),
    sa.Column('details_changed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['coach_id'], ['user_account.id'], name=op.f('fk_participant_coach_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant')),
    sa.UniqueConstraint('reference', name=op.f('uq_participant_reference'))
    )
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participant_coach_id'), ['coach_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_participant_delete_on'), ['delete_on'], unique=False)
        batch_op.create_index('ix_participant_email', ['email'], unique=False)
        batch_op.create_index('ix_participant_phone', ['phone'], unique=False)

    op.create_table('recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('used_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_recovery_code_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_user_id'), ['user_id'], unique=False)

    op.create_table('sign_in_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('sign_in', 'confirm', 'reset', 'invite', name='linkpurpose', native_enum=False, length=40), nullable=False),
    sa.Column('expires_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('used_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_sign_in_link_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_link'))
    )
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_link_user_id'), ['user_id'], unique=False)

    op.create_table('stand',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fair_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('x', sa.Double(), nullable=False),
    sa.Column('y', sa.Double(), nullable=False),
    sa.Column('width', sa.Double(), nullable=False),
    sa.Column('depth', sa.Double(), nullable=False),
    sa.Column('has_power', sa.Boolean(), nullable=False),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['fair_id'], ['job_fair.id'], name=op.f('fk_stand_fair_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stand')),
    sa.UniqueConstraint('fair_id', 'number', name=op.f('uq_stand_fair_id_number'))
    )
    op.create_table('story',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=24), nullable=False),
    sa.Column('sector_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('draft', 'review', 'released', 'withdrawn', name='storystatus', native_enum=False, length=40), nullable=False),
    sa.Column('heading', sa.String(length=160), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('goes_well', sa.JSON(), nullable=False),
    sa.Column('attention', sa.JSON(), nullable=False),
    sa.Column('support', sa.JSON(), nullable=False),
    sa.Column('seeks', sa.Text(), nullable=False),
    sa.Column('speaking', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', name='languagelevel', native_enum=False, length=40), nullable=False),
    sa.Column('writing', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', name='languagelevel', native_enum=False, length=40), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=True),
    sa.Column('edited_by_id', sa.Integer(), nullable=True),
    sa.Column('released_by_id', sa.Integer(), nullable=True),
    sa.Column('released_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('details_version', sa.Integer(), nullable=False),
    sa.Column('details_changed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['edited_by_id'], ['user_account.id'], name=op.f('fk_story_edited_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['released_by_id'], ['user_account.id'], name=op.f('fk_story_released_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['sector_id'], ['sector.id'], name=op.f('fk_story_sector_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user_account.id'], name=op.f('fk_story_written_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story')),
    sa.UniqueConstraint('public_id', name=op.f('uq_story_public_id'))
    )
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_story_sector_id'), ['sector_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_story_status'), ['status'], unique=False)

    op.create_table('call_task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('coach_id', sa.Integer(), nullable=True),
    sa.Column('message_name', sa.String(length=80), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=True),
    sa.Column('dedupe_key', sa.String(length=200), nullable=False),
    sa.Column('due_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('told_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('told_by_id', sa.Integer(), nullable=True),
    sa.Column('dropped_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['coach_id'], ['user_account.id'], name=op.f('fk_call_task_coach_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_call_task_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['told_by_id'], ['user_account.id'], name=op.f('fk_call_task_told_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_task')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_call_task_dedupe_key'))
    )
    with op.batch_alter_table('call_task', schema=None) as batch_op:
        batch_op.create_index('ix_call_task_open', ['told_at', 'dropped_at', 'coach_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_task_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_call_task_registration_id'), ['registration_id'], unique=False)

    op.create_table('introduction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('message', sa.Text(), nullable=True),
    sa.Column('status', sa.Enum('asked', 'planned', 'declined', name='introductionstatus', native_enum=False, length=40), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('handled_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('handled_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_introduction_asked_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_introduction_employer_id')),
    sa.ForeignKeyConstraint(['handled_by_id'], ['user_account.id'], name=op.f('fk_introduction_handled_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_introduction_story_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction'))
    )
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_introduction_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index('uq_introduction_open', ['story_id', 'employer_id'], unique=True, sqlite_where=sa.text("status = 'asked'"), postgresql_where=sa.text("status = 'asked'"))

    op.create_table('location',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('establishment_number', sa.String(length=12), nullable=True),
    sa.Column('street', sa.String(length=120), nullable=False),
    sa.Column('postcode', sa.String(length=7), nullable=False),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=False),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_location_employer_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_location')),
    sa.UniqueConstraint('establishment_number', name=op.f('uq_location_establishment_number'))
    )
    with op.batch_alter_table('location', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_location_employer_id'), ['employer_id'], unique=False)

    op.create_table('participant_wish',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_participant_wish_participant_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participant_wish')),
    sa.UniqueConstraint('participant_id', 'subject', name=op.f('uq_participant_wish_participant_id_subject'))
    )
    with op.batch_alter_table('participant_wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participant_wish_subject'), ['subject'], unique=False)

    op.create_table('phone_call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('confirmed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_phone_call_employer_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_phone_call_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_phone_call'))
    )
    with op.batch_alter_table('phone_call', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phone_call_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_phone_call_user_id'), ['user_id'], unique=False)

    op.create_table('placement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=True),
    sa.Column('reference', sa.String(length=40), nullable=True),
    sa.Column('job_title', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('trial', 'regular', 'bbl', 'work_experience', 'language_placement', name='placementkind', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('planned', 'running', 'converted', 'ended', 'stopped', name='placementstatus', native_enum=False, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('hours', sa.Integer(), nullable=True),
    sa.Column('team_contact_id', sa.Integer(), nullable=True),
    sa.Column('end_reason', sa.Text(), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('details_version', sa.Integer(), nullable=False),
    sa.Column('details_changed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_placement_employer_id')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_placement_participant_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['team_contact_id'], ['user_account.id'], name=op.f('fk_placement_team_contact_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
    sa.UniqueConstraint('number', name=op.f('uq_placement_number'))
    )
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placement_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placement_participant_id'), ['participant_id'], unique=False)

    op.create_table('stand_booking',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fair_id', sa.Integer(), nullable=False),
    sa.Column('stand_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('booked', 'released', name='bookingstatus', native_enum=False, length=40), nullable=False),
    sa.Column('needs_power', sa.Boolean(), nullable=False),
    sa.Column('brings', sa.String(length=400), nullable=True),
    sa.Column('booked_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('released_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['booked_by_id'], ['user_account.id'], name=op.f('fk_stand_booking_booked_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_stand_booking_employer_id')),
    sa.ForeignKeyConstraint(['fair_id'], ['job_fair.id'], name=op.f('fk_stand_booking_fair_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['stand_id'], ['stand.id'], name=op.f('fk_stand_booking_stand_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stand_booking'))
    )
    with op.batch_alter_table('stand_booking', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_stand_booking_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index('uq_stand_booking_fair_id_employer_id', ['fair_id', 'employer_id'], unique=True, sqlite_where=sa.text("status = 'booked'"), postgresql_where=sa.text("status = 'booked'"))
        batch_op.create_index('uq_stand_booking_stand_id', ['stand_id'], unique=True, sqlite_where=sa.text("status = 'booked'"), postgresql_where=sa.text("status = 'booked'"))

    op.create_table('story_consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=True),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('language', sa.Enum('nl', 'ar', 'ti', 'en', 'fa', 'tr', 'uk', 'so', 'andere', name='readinglanguage', native_enum=False, length=40), nullable=False),
    sa.Column('text_version', sa.Integer(), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['noted_by_id'], ['user_account.id'], name=op.f('fk_story_consent_noted_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_story_consent_participant_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['story_id'], ['story.id'], name=op.f('fk_story_consent_story_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_consent')),
    sa.UniqueConstraint('story_id', name=op.f('uq_story_consent_story_id'))
    )
    with op.batch_alter_table('story_consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_story_consent_ends_on'), ['ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_story_consent_participant_id'), ['participant_id'], unique=False)

    op.create_table('tour',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=True),
    sa.Column('starts_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ends_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('be_there_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('meeting_point', sa.String(length=240), nullable=False),
    sa.Column('district', sa.String(length=80), nullable=False),
    sa.Column('transport', sa.String(length=400), nullable=True),
    sa.Column('accessibility', sa.String(length=400), nullable=True),
    sa.Column('good_to_know', sa.Text(), nullable=True),
    sa.Column('bring', sa.String(length=400), nullable=True),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.Column('interpreters', sa.JSON(), nullable=False),
    sa.Column('level', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', name='languagelevel', native_enum=False, length=40), nullable=True),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('places_taken', sa.Integer(), nullable=False),
    sa.Column('tickets_issued', sa.Integer(), nullable=False),
    sa.Column('visibility', sa.Enum('public', 'code', 'invited', name='visibility', native_enum=False, length=40), nullable=False),
    sa.Column('access_code', sa.String(length=20), nullable=False),
    sa.Column('status', sa.Enum('proposed', 'planned', 'published', 'cancelled', 'declined', name='tourstatus', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('calendar_sequence', sa.Integer(), nullable=False),
    sa.Column('published_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('details_version', sa.Integer(), nullable=False),
    sa.Column('details_changed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_tour_order')),
    sa.CheckConstraint('places_taken >= 0 AND places_taken <= capacity', name=op.f('ck_tour_places')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_tour_employer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tour'))
    )
    with op.batch_alter_table('tour', schema=None) as batch_op:
        batch_op.create_index('ix_tour_agenda', ['status', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_tour_employer_id'), ['employer_id'], unique=False)

    op.create_table('vacancy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('sector_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.Enum('job', 'trial', 'work_experience', 'bbl', 'language_placement', name='vacancykind', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('draft', 'submitted', 'returned', 'published', 'closed', name='vacancystatus', native_enum=False, length=40), nullable=False),
    sa.Column('tasks', sa.Text(), nullable=False),
    sa.Column('hours_min', sa.Integer(), nullable=False),
    sa.Column('hours_max', sa.Integer(), nullable=False),
    sa.Column('wage_min_cents', sa.Integer(), nullable=True),
    sa.Column('wage_max_cents', sa.Integer(), nullable=True),
    sa.Column('wage_text', sa.String(length=120), nullable=True),
    sa.Column('level', sa.Enum('A1', 'A2', 'B1', 'B2', 'C1', name='languagelevel', native_enum=False, length=40), nullable=False),
    sa.Column('level_text', sa.String(length=120), nullable=True),
    sa.Column('city', sa.String(length=80), nullable=False),
    sa.Column('start_text', sa.String(length=80), nullable=True),
    sa.Column('lifting', sa.String(length=120), nullable=True),
    sa.Column('shifts', sa.String(length=120), nullable=True),
    sa.Column('licence', sa.String(length=120), nullable=True),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('good_to_know', sa.Text(), nullable=True),
    sa.Column('search_text', sa.Text(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('submitted_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('published_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('closed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('details_version', sa.Integer(), nullable=False),
    sa.Column('details_changed_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('hours_min <= hours_max', name=op.f('ck_vacancy_hours_order')),
    sa.CheckConstraint('places >= 1', name=op.f('ck_vacancy_places_positive')),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_vacancy_employer_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sector_id'], ['sector.id'], name=op.f('fk_vacancy_sector_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy'))
    )
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index('ix_vacancy_public', ['status', 'published_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_sector_id'), ['sector_id'], unique=False)

    op.create_table('issue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.Enum('instruction', 'language', 'time', 'work_rules', 'misunderstanding', 'safety', 'colleague', 'transport', 'contract', 'call_me', 'compliment', 'other', name='issuecategory', native_enum=False, length=40), nullable=False),
    sa.Column('urgency', sa.Enum('today', 'this_week', 'for_information', name='issueurgency', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('reported', 'in_progress', 'resolved', name='issuestatus', native_enum=False, length=40), nullable=False),
    sa.Column('may_discuss', sa.Boolean(), nullable=True),
    sa.Column('call_when', sa.String(length=120), nullable=True),
    sa.Column('reported_by_id', sa.Integer(), nullable=True),
    sa.Column('handled_by_id', sa.Integer(), nullable=True),
    sa.Column('answer_by', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('first_answer_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('resolved_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['handled_by_id'], ['user_account.id'], name=op.f('fk_issue_handled_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_issue_placement_id')),
    sa.ForeignKeyConstraint(['reported_by_id'], ['user_account.id'], name=op.f('fk_issue_reported_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue')),
    sa.UniqueConstraint('form_key', name=op.f('uq_issue_form_key')),
    sa.UniqueConstraint('number', name=op.f('uq_issue_number'))
    )
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.create_index('ix_issue_open', ['status', 'answer_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_issue_placement_id'), ['placement_id'], unique=False)

    op.create_table('member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('location_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('job_title', sa.String(length=120), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('role', sa.Enum('owner', 'member', name='memberrole', native_enum=False, length=40), nullable=False),
    sa.Column('status', sa.Enum('active', 'requested', 'refused', 'left', name='memberstatus', native_enum=False, length=40), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('ended_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_member_employer_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['location_id'], ['location.id'], name=op.f('fk_member_location_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_member_user_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member')),
    sa.UniqueConstraint('user_id', name=op.f('uq_member_user_id'))
    )
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_email'), ['email'], unique=False)
        batch_op.create_index(batch_op.f('ix_member_employer_id'), ['employer_id'], unique=False)

    op.create_table('registration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('tour_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('confirmed', 'waiting', 'offered', 'cancelled', 'lapsed', name='registrationstatus', native_enum=False, length=40), nullable=False),
    sa.Column('ticket', sa.String(length=8), nullable=False),
    sa.Column('form_key', sa.String(length=40), nullable=True),
    sa.Column('link_version', sa.Integer(), nullable=False),
    sa.Column('calendar_uid', sa.String(length=80), nullable=False),
    sa.Column('calendar_sequence', sa.Integer(), nullable=False),
    sa.Column('wants_interpreter', sa.Boolean(), nullable=True),
    sa.Column('looks_alike', sa.Boolean(), nullable=False),
    sa.Column('registered_by_id', sa.Integer(), nullable=True),
    sa.Column('queued_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('offered_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('offer_told_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('offer_ends_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_registration_participant_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['registered_by_id'], ['user_account.id'], name=op.f('fk_registration_registered_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['tour_id'], ['tour.id'], name=op.f('fk_registration_tour_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration')),
    sa.UniqueConstraint('calendar_uid', name=op.f('uq_registration_calendar_uid')),
    sa.UniqueConstraint('form_key', name=op.f('uq_registration_form_key')),
    sa.UniqueConstraint('tour_id', 'ticket', name=op.f('uq_registration_tour_id_ticket'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index('ix_registration_offers', ['status', 'offer_ends_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index('ix_registration_queue', ['tour_id', 'status', 'id'], unique=False)
        batch_op.create_index('uq_registration_active', ['tour_id', 'participant_id'], unique=True, sqlite_where=sa.text("status IN ('confirmed', 'waiting', 'offered')"), postgresql_where=sa.text("status IN ('confirmed', 'waiting', 'offered')"))

    op.create_table('trial_offer',
    sa.Column('vacancy_id', sa.Integer(), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=False),
    sa.Column('intends_contract', sa.Boolean(), nullable=False),
    sa.Column('contract_months', sa.Integer(), nullable=True),
    sa.CheckConstraint('weeks >= 1 AND weeks <= 26', name=op.f('ck_trial_offer_weeks_range')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_trial_offer_vacancy_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vacancy_id', name=op.f('pk_trial_offer'))
    )
    op.create_table('issue_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=False),
    sa.Column('party', sa.Enum('employer', 'team', name='issueparty', native_enum=False, length=40), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('resolves', sa.Boolean(), nullable=False),
    sa.Column('created_at', portal.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user_account.id'], name=op.f('fk_issue_message_author_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['issue_id'], ['issue.id'], name=op.f('fk_issue_message_issue_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_issue_message'))
    )
    with op.batch_alter_table('issue_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_issue_message_issue_id'), ['issue_id'], unique=False)

    if op.get_bind().dialect.name == "sqlite":
        op.execute("""CREATE TRIGGER audit_entry_append_only BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry is append only'); END""")
    else:
        op.execute("""CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'audit_entry is append only'; END $$""")
        op.execute("""CREATE TRIGGER audit_entry_append_only BEFORE UPDATE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""")


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table('issue_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_issue_message_issue_id'))

    op.drop_table('issue_message')
    op.drop_table('trial_offer')
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index('uq_registration_active', sqlite_where=sa.text("status IN ('confirmed', 'waiting', 'offered')"), postgresql_where=sa.text("status IN ('confirmed', 'waiting', 'offered')"))
        batch_op.drop_index('ix_registration_queue')
        batch_op.drop_index(batch_op.f('ix_registration_participant_id'))
        batch_op.drop_index('ix_registration_offers')

    op.drop_table('registration')
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_member_employer_id'))
        batch_op.drop_index(batch_op.f('ix_member_email'))

    op.drop_table('member')
    with op.batch_alter_table('issue', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_issue_placement_id'))
        batch_op.drop_index('ix_issue_open')

    op.drop_table('issue')
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_vacancy_sector_id'))
        batch_op.drop_index('ix_vacancy_public')
        batch_op.drop_index(batch_op.f('ix_vacancy_employer_id'))

    op.drop_table('vacancy')
    with op.batch_alter_table('tour', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tour_employer_id'))
        batch_op.drop_index('ix_tour_agenda')

    op.drop_table('tour')
    with op.batch_alter_table('story_consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_consent_participant_id'))
        batch_op.drop_index(batch_op.f('ix_story_consent_ends_on'))

    op.drop_table('story_consent')
    with op.batch_alter_table('stand_booking', schema=None) as batch_op:
        batch_op.drop_index('uq_stand_booking_stand_id', sqlite_where=sa.text("status = 'booked'"), postgresql_where=sa.text("status = 'booked'"))
        batch_op.drop_index('uq_stand_booking_fair_id_employer_id', sqlite_where=sa.text("status = 'booked'"), postgresql_where=sa.text("status = 'booked'"))
        batch_op.drop_index(batch_op.f('ix_stand_booking_employer_id'))

    op.drop_table('stand_booking')
    with op.batch_alter_table('placement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_placement_participant_id'))
        batch_op.drop_index(batch_op.f('ix_placement_employer_id'))

    op.drop_table('placement')
    with op.batch_alter_table('phone_call', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phone_call_user_id'))
        batch_op.drop_index(batch_op.f('ix_phone_call_employer_id'))

    op.drop_table('phone_call')
    with op.batch_alter_table('participant_wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_participant_wish_subject'))

    op.drop_table('participant_wish')
    with op.batch_alter_table('location', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_location_employer_id'))

    op.drop_table('location')
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.drop_index('uq_introduction_open', sqlite_where=sa.text("status = 'asked'"), postgresql_where=sa.text("status = 'asked'"))
        batch_op.drop_index(batch_op.f('ix_introduction_employer_id'))

    op.drop_table('introduction')
    with op.batch_alter_table('call_task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_call_task_registration_id'))
        batch_op.drop_index(batch_op.f('ix_call_task_participant_id'))
        batch_op.drop_index('ix_call_task_open')

    op.drop_table('call_task')
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_status'))
        batch_op.drop_index(batch_op.f('ix_story_sector_id'))

    op.drop_table('story')
    op.drop_table('stand')
    with op.batch_alter_table('sign_in_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_link_user_id'))

    op.drop_table('sign_in_link')
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recovery_code_user_id'))

    op.drop_table('recovery_code')
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.drop_index('ix_participant_phone')
        batch_op.drop_index('ix_participant_email')
        batch_op.drop_index(batch_op.f('ix_participant_delete_on'))
        batch_op.drop_index(batch_op.f('ix_participant_coach_id'))

    op.drop_table('participant')
    op.drop_table('import_batch')
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_employer_status'))
        batch_op.drop_index(batch_op.f('ix_employer_sector_id'))

    op.drop_table('employer')
    op.drop_table('callback_request')
    op.drop_table('user_account')
    with op.batch_alter_table('throttle_count', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_throttle_count_expires_at'))

    op.drop_table('throttle_count')
    op.drop_table('sector')
    with op.batch_alter_table('retention_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_retention_run_rule'))

    op.drop_table('retention_run')
    with op.batch_alter_table('outbox_message', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_message_due')

    op.drop_table('outbox_message')
    op.drop_table('number_series')
    op.drop_table('look_entry')
    with op.batch_alter_table('job_fair', schema=None) as batch_op:
        batch_op.drop_index('ix_job_fair_agenda')

    op.drop_table('job_fair')
    op.drop_table('installation_fact')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_subject')
        batch_op.drop_index('ix_audit_entry_phone_call')

    op.drop_table('audit_entry')
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_entry_refuse CASCADE")
