import culture_admin.exchange.models.files
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from culture_admin.migrating import InitialMigration


class Migration(InitialMigration):


    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('territory', '0001_initial'),
        ('workflow', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_id', models.BigIntegerField()),
                ('power', models.CharField(max_length=40, verbose_name='Power')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('media_type', models.CharField(max_length=60, verbose_name='Type')),
                ('size', models.PositiveIntegerField(verbose_name='Bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='Hash')),
                ('original_sha256', models.CharField(max_length=64, verbose_name='Hash of the original')),
                ('picture_hash', models.BigIntegerField(null=True, verbose_name='Hash of the picture')),
                ('picture_bands', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, editable=False, size=None)),
                ('taken_at', models.DateTimeField(null=True, verbose_name='Taken')),
                ('file', models.FileField(editable=False, upload_to=culture_admin.exchange.models.files.random_name)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('firm', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.unit', verbose_name='Service provider')),
                ('subject_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='territory.unit', verbose_name='Station')),
            ],
            options={
                'verbose_name': 'Attachment',
                'verbose_name_plural': 'Attachments',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='AttachmentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('subject_id', models.BigIntegerField()),
                ('power', models.CharField(max_length=40, verbose_name='Power')),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('media_type', models.CharField(max_length=60, verbose_name='Type')),
                ('size', models.PositiveIntegerField(verbose_name='Bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='Hash')),
                ('original_sha256', models.CharField(max_length=64, verbose_name='Hash of the original')),
                ('picture_hash', models.BigIntegerField(null=True, verbose_name='Hash of the picture')),
                ('taken_at', models.DateTimeField(null=True, verbose_name='Taken')),
                ('file', models.FileField(editable=False, upload_to=culture_admin.exchange.models.files.random_name)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('firm', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Service provider')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='exchange.attachment')),
                ('subject_type', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Station')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DocumentNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('serial', models.PositiveIntegerField(verbose_name='Serial')),
                ('title', models.CharField(max_length=200, verbose_name='Title')),
                ('paper', models.CharField(blank=True, max_length=40, verbose_name='Form')),
                ('subject_id', models.BigIntegerField(blank=True, null=True, verbose_name='Record')),
                ('issued_on', models.DateField(verbose_name='Issued')),
                ('state', models.CharField(choices=[('issued', 'Issued'), ('void', 'Void')], default='issued', editable=False, max_length=6, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('issued_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('subject_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='Kind of record')),
            ],
            options={
                'verbose_name': 'Document number',
                'verbose_name_plural': 'Document numbers',
                'ordering': ['-year', '-serial', '-id'],
            },
        ),
        migrations.CreateModel(
            name='DocumentRegister',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^[一-鿿]+$', 'Chinese characters alone, such as 慈文广旅体.')], verbose_name='Word of the issuing unit')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='What it is for')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registers', to='territory.unit', verbose_name='Unit')),
            ],
            options={
                'verbose_name': 'Register of documents',
                'verbose_name_plural': 'Registers of documents',
                'ordering': ['unit__division__code', 'prefix'],
            },
        ),
        migrations.CreateModel(
            name='DocumentNumberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('serial', models.PositiveIntegerField(verbose_name='Serial')),
                ('title', models.CharField(max_length=200, verbose_name='Title')),
                ('paper', models.CharField(blank=True, max_length=40, verbose_name='Form')),
                ('subject_id', models.BigIntegerField(blank=True, null=True, verbose_name='Record')),
                ('issued_on', models.DateField(verbose_name='Issued')),
                ('state', models.CharField(choices=[('issued', 'Issued'), ('void', 'Void')], default='issued', editable=False, max_length=6, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('issued_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='exchange.documentnumber')),
                ('subject_type', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype', verbose_name='Kind of record')),
                ('register', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.documentregister', verbose_name='Register')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='documentnumber',
            name='register',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='exchange.documentregister', verbose_name='Register'),
        ),
        migrations.CreateModel(
            name='DocumentRegisterEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('prefix', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^[一-鿿]+$', 'Chinese characters alone, such as 慈文广旅体.')], verbose_name='Word of the issuing unit')),
                ('name', models.CharField(blank=True, max_length=60, verbose_name='What it is for')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='exchange.documentregister')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HeaderWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='Kind of ledger')),
                ('word', models.CharField(max_length=60, verbose_name='Word')),
                ('field', models.CharField(blank=True, max_length=40, verbose_name='Field')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='header_words', to='territory.unit', verbose_name='Station')),
            ],
            options={
                'verbose_name': 'Header word',
                'verbose_name_plural': 'Header words',
            },
        ),
        migrations.CreateModel(
            name='HeaderWordEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=20, verbose_name='Kind of ledger')),
                ('word', models.CharField(max_length=60, verbose_name='Word')),
                ('field', models.CharField(blank=True, max_length=40, verbose_name='Field')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='exchange.headerword')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Station')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='Kind of ledger')),
                ('file_name', models.CharField(max_length=200, verbose_name='File')),
                ('sha256', models.CharField(max_length=64, verbose_name='Hash')),
                ('content', models.BinaryField()),
                ('preview', models.JSONField(default=dict)),
                ('answers', models.JSONField(default=dict, verbose_name='Answers')),
                ('changes', models.JSONField(default=dict, editable=False, help_text='What changed rows said before, by key')),
                ('state', models.CharField(choices=[('previewed', 'Previewed'), ('applied', 'Applied'), ('undone', 'Undone')], default='previewed', max_length=10, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('rows_written', models.PositiveIntegerField(default=0, verbose_name='Rows written')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('applied_at', models.DateTimeField(null=True, verbose_name='Applied')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='Undone')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='territory.unit', verbose_name='Station')),
            ],
            options={
                'verbose_name': 'Import',
                'verbose_name_plural': 'Imports',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ImportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=20, verbose_name='Kind of ledger')),
                ('file_name', models.CharField(max_length=200, verbose_name='File')),
                ('sha256', models.CharField(max_length=64, verbose_name='Hash')),
                ('answers', models.JSONField(default=dict, verbose_name='Answers')),
                ('state', models.CharField(choices=[('previewed', 'Previewed'), ('applied', 'Applied'), ('undone', 'Undone')], default='previewed', max_length=10, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('rows_written', models.PositiveIntegerField(default=0, verbose_name='Rows written')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('applied_at', models.DateTimeField(null=True, verbose_name='Applied')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='Undone')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='exchange.import')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Station')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Printout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.CharField(max_length=40, verbose_name='Form')),
                ('title', models.CharField(max_length=200, verbose_name='Title')),
                ('subject_id', models.BigIntegerField(verbose_name='Record')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=7, verbose_name='Language')),
                ('content_hash', models.CharField(max_length=64, verbose_name='Content')),
                ('html', models.TextField(editable=False)),
                ('file', models.FileField(blank=True, editable=False, upload_to=culture_admin.exchange.models.files.random_name)),
                ('size', models.PositiveIntegerField(null=True, verbose_name='Bytes')),
                ('pages', models.PositiveSmallIntegerField(null=True, verbose_name='Pages')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='Hash')),
                ('made_at', models.DateTimeField(null=True, verbose_name='Made')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('job', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflow.job')),
                ('subject_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype', verbose_name='Kind of record')),
            ],
            options={
                'verbose_name': 'Print',
                'verbose_name_plural': 'Prints',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='PrintoutEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('paper', models.CharField(max_length=40, verbose_name='Form')),
                ('title', models.CharField(max_length=200, verbose_name='Title')),
                ('subject_id', models.BigIntegerField(verbose_name='Record')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=7, verbose_name='Language')),
                ('content_hash', models.CharField(max_length=64, verbose_name='Content')),
                ('file', models.FileField(blank=True, editable=False, upload_to=culture_admin.exchange.models.files.random_name)),
                ('size', models.PositiveIntegerField(null=True, verbose_name='Bytes')),
                ('pages', models.PositiveSmallIntegerField(null=True, verbose_name='Pages')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='Hash')),
                ('made_at', models.DateTimeField(null=True, verbose_name='Made')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('job', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='workflow.job')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='exchange.printout')),
                ('subject_type', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contenttypes.contenttype', verbose_name='Kind of record')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_uuid', models.UUIDField(verbose_name='Client id')),
                ('subject_id', models.BigIntegerField()),
                ('name', models.CharField(max_length=255, verbose_name='Name')),
                ('size', models.PositiveIntegerField(verbose_name='Bytes')),
                ('offset', models.PositiveIntegerField(default=0, verbose_name='Bytes that have arrived')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='Hash')),
                ('original_sha256', models.CharField(blank=True, max_length=64, verbose_name='Hash of the original')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='Taken')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('attachment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.attachment', verbose_name='Attachment')),
                ('subject_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
            ],
            options={
                'verbose_name': 'Upload',
                'verbose_name_plural': 'Uploads',
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(models.F('subject_type'), models.F('subject_id'), name='attachment_subject'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(models.F('original_sha256'), name='attachment_original'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=django.contrib.postgres.indexes.GinIndex(models.F('picture_bands'), name='attachment_bands'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_attachmentevent" ("created_at", "created_by_id", "file", "firm_id", "id", "media_type", "name", "original_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_hash", "power", "sha256", "size", "subject_id", "subject_type_id", "taken_at", "unit_id") SELECT new_values."created_at", new_values."created_by_id", new_values."file", new_values."firm_id", new_values."id", new_values."media_type", new_values."name", new_values."original_sha256", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."picture_hash", new_values."power", new_values."sha256", new_values."size", new_values."subject_id", new_values."subject_type_id", new_values."taken_at", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9d18c90f00680609865dcf782b6bb9953cdc1f4d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e1a2e', referencing='REFERENCING NEW TABLE AS new_values ', table='exchange_attachment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_attachmentevent" ("created_at", "created_by_id", "file", "firm_id", "id", "media_type", "name", "original_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_hash", "power", "sha256", "size", "subject_id", "subject_type_id", "taken_at", "unit_id") SELECT new_values."created_at", new_values."created_by_id", new_values."file", new_values."firm_id", new_values."id", new_values."media_type", new_values."name", new_values."original_sha256", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."picture_hash", new_values."power", new_values."sha256", new_values."size", new_values."subject_id", new_values."subject_type_id", new_values."taken_at", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."file" IS DISTINCT FROM (new_values."file") OR old_values."firm_id" IS DISTINCT FROM (new_values."firm_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."media_type" IS DISTINCT FROM (new_values."media_type") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."original_sha256" IS DISTINCT FROM (new_values."original_sha256") OR old_values."picture_hash" IS DISTINCT FROM (new_values."picture_hash") OR old_values."power" IS DISTINCT FROM (new_values."power") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."subject_id" IS DISTINCT FROM (new_values."subject_id") OR old_values."subject_type_id" IS DISTINCT FROM (new_values."subject_type_id") OR old_values."taken_at" IS DISTINCT FROM (new_values."taken_at") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6159ecd1bd81c9e857f87b93cd4139b3e52cb8e6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_80c70', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_attachment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_attachmentevent" ("created_at", "created_by_id", "file", "firm_id", "id", "media_type", "name", "original_sha256", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "picture_hash", "power", "sha256", "size", "subject_id", "subject_type_id", "taken_at", "unit_id") SELECT old_values."created_at", old_values."created_by_id", old_values."file", old_values."firm_id", old_values."id", old_values."media_type", old_values."name", old_values."original_sha256", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."picture_hash", old_values."power", old_values."sha256", old_values."size", old_values."subject_id", old_values."subject_type_id", old_values."taken_at", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='32e33e7a5f8b7c025a72e1ebf4b92485ff4d0dc6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3b93d', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_attachment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attachmentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='92352da7b5618864dd848e1532a7f638bde93446', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d9ffb', table='exchange_attachmentevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='documentregister',
            constraint=models.UniqueConstraint(fields=('unit', 'prefix'), name='document_register_once', violation_error_message='The unit has a register under this word already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentregister',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_documentregisterevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "unit_id", "version") SELECT new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."prefix", new_values."unit_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3e78c692f51ac8a3bdbd1c6004bfb9f8b4657296', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_90ef0', referencing='REFERENCING NEW TABLE AS new_values ', table='exchange_documentregister', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentregister',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_documentregisterevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "unit_id", "version") SELECT new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."prefix", new_values."unit_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c517e2cbcf0891e9d030d4e18f917aadef5aec19', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_03355', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_documentregister', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentregister',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_documentregisterevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "unit_id", "version") SELECT old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."prefix", old_values."unit_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='242f32fbea8c18c78f939184d70578b7546351e0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9b188', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_documentregister', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentnumberevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2da990a53c7d7e8025f1f28a1681d2d27f50904b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3284', table='exchange_documentnumberevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='documentnumber',
            constraint=models.UniqueConstraint(fields=('register', 'year', 'serial'), name='document_number_once'),
        ),
        migrations.AddConstraint(
            model_name='documentnumber',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'issued'), ('subject_id__isnull', False)), fields=('subject_type', 'subject_id', 'paper'), name='document_number_once_a_document', violation_error_message='This document has a number already.'),
        ),
        migrations.AddConstraint(
            model_name='documentnumber',
            constraint=models.CheckConstraint(condition=models.Q(('serial__gt', 0)), name='document_number_from_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentnumber',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_documentnumberevent" ("id", "issued_by_id", "issued_on", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_id", "serial", "state", "subject_id", "subject_type_id", "title", "version", "year") SELECT new_values."id", new_values."issued_by_id", new_values."issued_on", new_values."paper", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."register_id", new_values."serial", new_values."state", new_values."subject_id", new_values."subject_type_id", new_values."title", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c7de7bab1ec6889a73d47cf813c352a73c21f4a0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8b531', referencing='REFERENCING NEW TABLE AS new_values ', table='exchange_documentnumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentnumber',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_documentnumberevent" ("id", "issued_by_id", "issued_on", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_id", "serial", "state", "subject_id", "subject_type_id", "title", "version", "year") SELECT new_values."id", new_values."issued_by_id", new_values."issued_on", new_values."paper", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."register_id", new_values."serial", new_values."state", new_values."subject_id", new_values."subject_type_id", new_values."title", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='077aa9bde5897a585ba56a737d95cfb2e71b7218', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_97a73', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_documentnumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentnumber',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_documentnumberevent" ("id", "issued_by_id", "issued_on", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register_id", "serial", "state", "subject_id", "subject_type_id", "title", "version", "year") SELECT old_values."id", old_values."issued_by_id", old_values."issued_on", old_values."paper", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."register_id", old_values."serial", old_values."state", old_values."subject_id", old_values."subject_type_id", old_values."title", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='527d1e59860454803429d6e2ed55db74fd466b0d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_417bf', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_documentnumber', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentregisterevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b8d99a7f8ac4cc6edb16e47fb77921634ac8f118', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_80ed9', table='exchange_documentregisterevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='headerword',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'word'), name='header_word_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headerword',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_headerwordevent" ("field", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "word") SELECT new_values."field", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."unit_id", new_values."word" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99f2e337fff470968bfc7efeab253a87033d8a3e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_55d95', referencing='REFERENCING NEW TABLE AS new_values ', table='exchange_headerword', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headerword',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_headerwordevent" ("field", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "word") SELECT new_values."field", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."unit_id", new_values."word" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8b84e0f4e741d4f9b37102623c1751fd2fde2e2d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_13de8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_headerword', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headerword',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_headerwordevent" ("field", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "word") SELECT old_values."field", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."unit_id", old_values."word" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f1be955d592eb1ae58720c48b4b181c40c9d8f52', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1d44e', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_headerword', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='headerwordevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a476b9c2a6051c7661528b6e162720879a9f18b4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6604', table='exchange_headerwordevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='import',
            index=models.Index(models.F('unit'), models.F('sha256'), name='import_same_file'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='import',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_importevent" ("answers", "applied_at", "created_at", "created_by_id", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows_written", "sha256", "state", "undone_at", "unit_id", "version") SELECT new_values."answers", new_values."applied_at", new_values."created_at", new_values."created_by_id", new_values."file_name", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rows_written", new_values."sha256", new_values."state", new_values."undone_at", new_values."unit_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='67f837f2628185cd998d52b39974605fcd6f39ef', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e5e56', referencing='REFERENCING NEW TABLE AS new_values ', table='exchange_import', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='import',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_importevent" ("answers", "applied_at", "created_at", "created_by_id", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows_written", "sha256", "state", "undone_at", "unit_id", "version") SELECT new_values."answers", new_values."applied_at", new_values."created_at", new_values."created_by_id", new_values."file_name", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rows_written", new_values."sha256", new_values."state", new_values."undone_at", new_values."unit_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answers" IS DISTINCT FROM (new_values."answers") OR old_values."applied_at" IS DISTINCT FROM (new_values."applied_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."file_name" IS DISTINCT FROM (new_values."file_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."rows_written" IS DISTINCT FROM (new_values."rows_written") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."undone_at" IS DISTINCT FROM (new_values."undone_at") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='410fbff3641ab796e078ffc8854a876682b5873b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_57eea', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_import', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='import',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_importevent" ("answers", "applied_at", "created_at", "created_by_id", "file_name", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rows_written", "sha256", "state", "undone_at", "unit_id", "version") SELECT old_values."answers", old_values."applied_at", old_values."created_at", old_values."created_by_id", old_values."file_name", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rows_written", old_values."sha256", old_values."state", old_values."undone_at", old_values."unit_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='04400c144a3329b89349e196d9e992289f686254', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7b51e', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_import', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='08e006d128645aa329d760db856b3a0cc6775b5d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_30b5b', table='exchange_importevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='printout',
            constraint=models.UniqueConstraint(fields=('paper', 'subject_id', 'subject_type', 'language', 'content_hash'), name='printout_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='printout',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_printoutevent" ("content_hash", "created_at", "created_by_id", "file", "id", "job_id", "language", "made_at", "pages", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "subject_id", "subject_type_id", "title") SELECT new_values."content_hash", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."job_id", new_values."language", new_values."made_at", new_values."pages", new_values."paper", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sha256", new_values."size", new_values."subject_id", new_values."subject_type_id", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='953712f6c858de8c3062f7780e0dd715f26eae5a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_13dab', referencing='REFERENCING NEW TABLE AS new_values ', table='exchange_printout', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='printout',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_printoutevent" ("content_hash", "created_at", "created_by_id", "file", "id", "job_id", "language", "made_at", "pages", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "subject_id", "subject_type_id", "title") SELECT new_values."content_hash", new_values."created_at", new_values."created_by_id", new_values."file", new_values."id", new_values."job_id", new_values."language", new_values."made_at", new_values."pages", new_values."paper", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sha256", new_values."size", new_values."subject_id", new_values."subject_type_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."content_hash" IS DISTINCT FROM (new_values."content_hash") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."file" IS DISTINCT FROM (new_values."file") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."job_id" IS DISTINCT FROM (new_values."job_id") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."made_at" IS DISTINCT FROM (new_values."made_at") OR old_values."pages" IS DISTINCT FROM (new_values."pages") OR old_values."paper" IS DISTINCT FROM (new_values."paper") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."size" IS DISTINCT FROM (new_values."size") OR old_values."subject_id" IS DISTINCT FROM (new_values."subject_id") OR old_values."subject_type_id" IS DISTINCT FROM (new_values."subject_type_id") OR old_values."title" IS DISTINCT FROM (new_values."title")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c1944e670bca279be50409b1b19cf715da0a191b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_48a54', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='exchange_printout', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='printout',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "exchange_printoutevent" ("content_hash", "created_at", "created_by_id", "file", "id", "job_id", "language", "made_at", "pages", "paper", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "subject_id", "subject_type_id", "title") SELECT old_values."content_hash", old_values."created_at", old_values."created_by_id", old_values."file", old_values."id", old_values."job_id", old_values."language", old_values."made_at", old_values."pages", old_values."paper", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sha256", old_values."size", old_values."subject_id", old_values."subject_type_id", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9baa5d186cde2a3083effe9d683a12aee081ba23', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3eef5', referencing='REFERENCING OLD TABLE AS old_values ', table='exchange_printout', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='printoutevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b3334616e22e216b6b49d6934704799f4ac94e0b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d8bda', table='exchange_printoutevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.UniqueConstraint(fields=('user', 'client_uuid'), name='upload_once'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('offset__lte', models.F('size'))), name='upload_within_size'),
        ),
    ]
