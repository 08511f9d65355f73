import culture_admin.accounts.personal.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from culture_admin.migrating import InitialMigration


class Migration(InitialMigration):


    dependencies = [
        ('accounts', '0001_initial'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('territory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('purged_at', models.DateTimeField(editable=False, null=True, verbose_name='Purged')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='contact', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='Person')),
                ('mail', culture_admin.accounts.personal.fields.SealedField(validators=[django.core.validators.EmailValidator()], verbose_name='Mail address')),
                ('http', culture_admin.accounts.personal.fields.SealedField(validators=[django.core.validators.RegexValidator('^[\\w@.+:-]{3,60}$', '3 to 60 letters, digits and signs of + - _ . : @.')], verbose_name='Account or number at the messenger')),
            ],
            options={
                'verbose_name': 'Where a person is reached',
                'verbose_name_plural': 'Where persons are reached',
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='Kind')),
                ('label', models.CharField(max_length=200, verbose_name='What is owed')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='Basis')),
                ('subject_id', models.BigIntegerField(null=True)),
                ('opened_on', models.DateField(verbose_name='Since')),
                ('due_on', models.DateField(verbose_name='Due')),
                ('working_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Working days')),
                ('provisional', models.BooleanField(default=False, help_text='The holidays of that year are not published yet.', verbose_name='Provisional')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='Settled')),
                ('lapsed_at', models.DateTimeField(blank=True, help_text='The record it was about has been struck out.', null=True, verbose_name='Lapsed')),
                ('subject_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='territory.unit', verbose_name='Owed by')),
            ],
            options={
                'verbose_name': 'Deadline',
                'verbose_name_plural': 'Deadlines',
                'ordering': ['due_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DeadlineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=40, verbose_name='Kind')),
                ('label', models.CharField(max_length=200, verbose_name='What is owed')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='Basis')),
                ('subject_id', models.BigIntegerField(null=True)),
                ('opened_on', models.DateField(verbose_name='Since')),
                ('due_on', models.DateField(verbose_name='Due')),
                ('working_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='Working days')),
                ('provisional', models.BooleanField(default=False, help_text='The holidays of that year are not published yet.', verbose_name='Provisional')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='Settled')),
                ('lapsed_at', models.DateTimeField(blank=True, help_text='The record it was about has been struck out.', null=True, verbose_name='Lapsed')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workflow.deadline')),
                ('subject_type', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Owed by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DeadlineMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='From')),
                ('to_on', models.DateField(verbose_name='To')),
                ('why', models.CharField(choices=[('holidays', 'The holidays of the year have been published.'), ('more_time', 'Whoever asked for it gave more time.')], max_length=10, verbose_name='Why')),
                ('actor_text', models.CharField(blank=True, max_length=60, verbose_name='Person as written')),
                ('at', models.DateTimeField(verbose_name='Time')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='workflow.deadline', verbose_name='Deadline')),
            ],
            options={
                'verbose_name': 'Move of a deadline',
                'verbose_name_plural': 'Moves of deadlines',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField(verbose_name='Record')),
                ('power', models.CharField(max_length=40, verbose_name='Power')),
                ('step', models.CharField(max_length=30, verbose_name='Step')),
                ('from_state', models.CharField(blank=True, max_length=20, verbose_name='From')),
                ('to_state', models.CharField(max_length=20, verbose_name='To')),
                ('actor_text', models.CharField(max_length=60, verbose_name='Person as written')),
                ('role', models.CharField(blank=True, choices=[('bureau_leader', 'Bureau leader'), ('bureau_admin', 'Bureau administrator'), ('personnel', 'Personnel section'), ('service', 'Public service section'), ('finance', 'Finance section'), ('registrar', 'Registration office'), ('backbone', 'Professional backbone'), ('assessor', 'Assessor'), ('town_officer', 'Town officer'), ('station_head', 'Station head'), ('station_officer', 'Cultural officer'), ('firm_manager', 'Firm manager'), ('steward', 'Cultural steward'), ('observer', 'Observer'), ('system_admin', 'System administrator'), ('security_admin', 'Security administrator'), ('audit_admin', 'Audit administrator')], max_length=16, verbose_name='Role')),
                ('unit_text', models.CharField(blank=True, max_length=100, verbose_name='Unit as written')),
                ('comment', models.TextField(blank=True, verbose_name='Comment')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('content_hash', models.CharField(max_length=64, verbose_name='Content')),
                ('content', models.JSONField(editable=False, null=True)),
                ('acting_for', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Substitute for')),
                ('actor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='decisions', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
                ('division', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='territory.division', verbose_name='Division')),
                ('firm', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='territory.unit', verbose_name='Firm')),
                ('station', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='territory.unit', verbose_name='Station')),
                ('subject_type', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='contenttypes.contenttype', verbose_name='Kind of record')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='territory.unit', verbose_name='Unit')),
            ],
            options={
                'verbose_name': 'Decision',
                'verbose_name_plural': 'Decisions',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='Kind')),
                ('params', models.JSONField(default=dict, verbose_name='Parameters')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='queued', max_length=8, verbose_name='State')),
                ('run_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('lease_until', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='Attempts')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='Done')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='Of')),
                ('message', models.TextField(blank=True, verbose_name='Message')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Created')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='Finished')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to=settings.AUTH_USER_MODEL, verbose_name='For')),
            ],
            options={
                'verbose_name': 'Job',
                'verbose_name_plural': 'Jobs',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='Key')),
                ('channel', models.CharField(choices=[('mail', 'Mail'), ('http', 'Government messenger or text message')], max_length=4, verbose_name='Channel')),
                ('state', models.CharField(choices=[('gathering', "Gathering until the day's hour"), ('queued', 'Waiting'), ('sent', 'Sent'), ('failed', 'Given up'), ('idle', 'Read before it was sent')], max_length=9, verbose_name='State')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='Title')),
                ('text', models.TextField(blank=True, verbose_name='Text')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='Attempts')),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='Answer')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Created')),
                ('due_at', models.DateTimeField(verbose_name='Next attempt')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='Sent')),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit', verbose_name='Unit')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='To')),
            ],
            options={
                'verbose_name': 'Message',
                'verbose_name_plural': 'Messages',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('waits', 'Waits for you'), ('filed', 'What you filed'), ('told', 'For your information'), ('owed', 'A new duty'), ('soon', 'Due soon'), ('today', 'Due today'), ('overdue', 'Overdue'), ('escalated', 'Overdue below you'), ('moved', 'A due date has moved')], max_length=9, verbose_name='Kind')),
                ('role', models.CharField(blank=True, choices=[('bureau_leader', 'Bureau leader'), ('bureau_admin', 'Bureau administrator'), ('personnel', 'Personnel section'), ('service', 'Public service section'), ('finance', 'Finance section'), ('registrar', 'Registration office'), ('backbone', 'Professional backbone'), ('assessor', 'Assessor'), ('town_officer', 'Town officer'), ('station_head', 'Station head'), ('station_officer', 'Cultural officer'), ('firm_manager', 'Firm manager'), ('steward', 'Cultural steward'), ('observer', 'Observer'), ('system_admin', 'System administrator'), ('security_admin', 'Security administrator'), ('audit_admin', 'Audit administrator')], max_length=16, verbose_name='Role')),
                ('subject_id', models.BigIntegerField(null=True)),
                ('due_on', models.DateField(null=True, verbose_name='Due')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('over_at', models.DateTimeField(null=True)),
                ('routed_at', models.DateTimeField(null=True)),
                ('caused_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deadline', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='workflow.deadline')),
                ('decision', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='workflow.decision')),
                ('subject_type', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit', verbose_name='Unit')),
                ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Notice',
                'verbose_name_plural': 'Notices',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Carried',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('mail', 'Mail'), ('http', 'Government messenger or text message')], max_length=4)),
                ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='workflow.message')),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.notice')),
            ],
        ),
        migrations.CreateModel(
            name='NoticeRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='workflow.notice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('mail', 'Mail'), ('http', 'Government messenger or text message')], max_length=4, verbose_name='Channel')),
                ('mode', models.CharField(choices=[('at_once', 'At once'), ('digest', 'Once a day'), ('none', 'Not at all')], default='digest', max_length=7, verbose_name='How often')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preferences', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'How a person is told',
                'verbose_name_plural': 'How persons are told',
            },
        ),
        migrations.CreateModel(
            name='PreferenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('channel', models.CharField(choices=[('mail', 'Mail'), ('http', 'Government messenger or text message')], max_length=4, verbose_name='Channel')),
                ('mode', models.CharField(choices=[('at_once', 'At once'), ('digest', 'Once a day'), ('none', 'Not at all')], default='digest', max_length=7, verbose_name='How often')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='workflow.preference')),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(models.F('unit'), models.F('due_on'), models.F('id'), condition=models.Q(('lapsed_at__isnull', True), ('settled_at__isnull', True)), name='deadline_open_of_unit'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(models.F('due_on'), models.F('id'), condition=models.Q(('lapsed_at__isnull', True), ('settled_at__isnull', True)), name='deadline_open'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(models.F('subject_type'), models.F('subject_id'), name='deadline_subject'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(fields=('unit', 'code', 'subject_type', 'subject_id', 'due_on'), name='deadline_once', nulls_distinct=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadline',
            trigger=pgtrigger.compiler.Trigger(name='moves_aloud', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."due_on" IS DISTINCT FROM (NEW."due_on"))', func="\n    IF NOT EXISTS (\n        SELECT FROM workflow_deadlinemove WHERE deadline_id = OLD.id AND from_on = OLD.due_on AND to_on = NEW.due_on\n    ) THEN\n        RAISE check_violation USING MESSAGE = 'a due date does not move without a reason', TABLE = TG_TABLE_NAME;\n    END IF;\n    RETURN NEW;\n", hash='ef6b569241821cce14fb331f32607130080b7e3a', operation='UPDATE OF "due_on"', pgid='pgtrigger_moves_aloud_89870', table='workflow_deadline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workflow_deadlineevent" ("basis", "code", "due_on", "id", "label", "lapsed_at", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provisional", "settled_at", "subject_id", "subject_type_id", "unit_id", "working_days") SELECT new_values."basis", new_values."code", new_values."due_on", new_values."id", new_values."label", new_values."lapsed_at", new_values."opened_on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."provisional", new_values."settled_at", new_values."subject_id", new_values."subject_type_id", new_values."unit_id", new_values."working_days" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ddbf1ef8edc526deb815fc59dedc01bbac7f2bd5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9cf65', referencing='REFERENCING NEW TABLE AS new_values ', table='workflow_deadline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workflow_deadlineevent" ("basis", "code", "due_on", "id", "label", "lapsed_at", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provisional", "settled_at", "subject_id", "subject_type_id", "unit_id", "working_days") SELECT new_values."basis", new_values."code", new_values."due_on", new_values."id", new_values."label", new_values."lapsed_at", new_values."opened_on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."provisional", new_values."settled_at", new_values."subject_id", new_values."subject_type_id", new_values."unit_id", new_values."working_days" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eec017ddc16ead279d6d357902bb7a4b6589ada5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4b485', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workflow_deadline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workflow_deadlineevent" ("basis", "code", "due_on", "id", "label", "lapsed_at", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provisional", "settled_at", "subject_id", "subject_type_id", "unit_id", "working_days") SELECT old_values."basis", old_values."code", old_values."due_on", old_values."id", old_values."label", old_values."lapsed_at", old_values."opened_on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."provisional", old_values."settled_at", old_values."subject_id", old_values."subject_type_id", old_values."unit_id", old_values."working_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='316313ad7d4e875d1ad005fb8851cae93276a3e0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_646ae', referencing='REFERENCING OLD TABLE AS old_values ', table='workflow_deadline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deadlineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e407aed1aa54350e8b4c8f1ed276bbbb0ebf27e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4717b', table='workflow_deadlineevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(models.F('subject_type'), models.F('subject_id'), models.F('id'), name='decision_subject'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(models.F('firm'), condition=models.Q(('firm__isnull', False)), name='decision_firm'),
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(models.F('run_at'), condition=models.Q(('state__in', ['queued', 'running'])), name='job_due'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(models.F('due_at'), condition=models.Q(('state__in', ['gathering', 'queued'])), name='message_due'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'gathering')), fields=('user', 'channel'), name='message_gathering_once'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.OrderBy(models.F('at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='notice_by_time'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.F('unit'), models.F('role'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('unit__isnull', False)), name='notice_of_office'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.F('user'), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('user__isnull', False)), name='notice_of_person'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.F('id'), condition=models.Q(('routed_at__isnull', True)), name='notice_outbox'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.F('subject_type'), models.F('subject_id'), condition=models.Q(('kind', 'waits'), ('over_at', None)), name='notice_waits'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unit__isnull', False), ('user__isnull', True)), models.Q(('unit__isnull', True), ('user__isnull', False)), _connector='OR'), name='notice_to_an_office_or_a_person'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('deadline__isnull', False)), fields=('deadline', 'kind', 'due_on', 'unit', 'role'), name='notice_once_of_a_deadline'),
        ),
        migrations.AddConstraint(
            model_name='carried',
            constraint=models.UniqueConstraint(fields=('notice', 'user', 'channel'), name='notice_carried_once'),
        ),
        migrations.AddConstraint(
            model_name='noticeread',
            constraint=models.UniqueConstraint(fields=('notice', 'user'), name='notice_read_once'),
        ),
        migrations.AddConstraint(
            model_name='preference',
            constraint=models.UniqueConstraint(fields=('user', 'channel'), name='preference_once_a_channel'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='preference',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workflow_preferenceevent" ("channel", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."channel", new_values."id", new_values."mode", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='794e81ed52b761885c96632101a8a7159b0e6b2c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_43ac1', referencing='REFERENCING NEW TABLE AS new_values ', table='workflow_preference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='preference',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workflow_preferenceevent" ("channel", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT new_values."channel", new_values."id", new_values."mode", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dfa230d2e95c74a20d437a09005b8e62e5ee3205', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ef6a9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='workflow_preference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='preference',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "workflow_preferenceevent" ("channel", "id", "mode", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") SELECT old_values."channel", old_values."id", old_values."mode", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='36fc5f211a5a7faeaeb485b2743884c5ab208403', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b879a', referencing='REFERENCING OLD TABLE AS old_values ', table='workflow_preference', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='preferenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f4a9a3268a4abdc572b66536ab0f2952988d3778', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6358', table='workflow_preferenceevent', when='BEFORE')),
        ),
    ]
