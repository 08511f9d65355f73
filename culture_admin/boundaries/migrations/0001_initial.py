import culture_admin.interfaces.text
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from culture_admin.migrating import InitialMigration


class Migration(InitialMigration):


    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('territory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BoundaryChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Filed on')),
                ('entrusted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, editable=False, size=None, verbose_name='Filed with')),
                ('kind', models.CharField(choices=[('rename', 'Rename'), ('recode', 'New code'), ('move', 'Move to another parent'), ('merge', 'Merge'), ('split', 'Split')], max_length=6, verbose_name='Kind')),
                ('effective_on', models.DateField(verbose_name='In force from')),
                ('document', models.CharField(max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Issuing document')),
                ('document_on', models.DateField(blank=True, null=True, verbose_name='Date of the document')),
                ('reason', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('plan', models.JSONField(default=dict, editable=False, verbose_name='What becomes of the divisions')),
                ('dry_run', models.JSONField(editable=False, null=True, verbose_name='Dry run')),
                ('dry_run_at', models.DateTimeField(editable=False, null=True, verbose_name='Tried')),
                ('outcome', models.JSONField(editable=False, null=True, verbose_name='As applied')),
                ('applied_at', models.DateTimeField(editable=False, null=True, verbose_name='Applied')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('checked', 'Checked'), ('applied', 'Applied'), ('void', 'Void')], default='draft', editable=False, max_length=8, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Created')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('filed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Filed by')),
                ('place', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Place')),
            ],
            options={
                'verbose_name': 'Change of boundaries',
                'verbose_name_plural': 'Changes of boundaries',
                'ordering': ['-effective_on', '-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BoundaryChangeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('filed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Filed on')),
                ('entrusted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, editable=False, size=None, verbose_name='Filed with')),
                ('kind', models.CharField(choices=[('rename', 'Rename'), ('recode', 'New code'), ('move', 'Move to another parent'), ('merge', 'Merge'), ('split', 'Split')], max_length=6, verbose_name='Kind')),
                ('effective_on', models.DateField(verbose_name='In force from')),
                ('document', models.CharField(max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Issuing document')),
                ('document_on', models.DateField(blank=True, null=True, verbose_name='Date of the document')),
                ('reason', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('plan', models.JSONField(default=dict, editable=False, verbose_name='What becomes of the divisions')),
                ('dry_run_at', models.DateTimeField(editable=False, null=True, verbose_name='Tried')),
                ('applied_at', models.DateTimeField(editable=False, null=True, verbose_name='Applied')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('checked', 'Checked'), ('applied', 'Applied'), ('void', 'Void')], default='draft', editable=False, max_length=8, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Created')),
                ('created_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='By')),
                ('filed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Filed by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='boundaries.boundarychange')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Place')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='boundarychange',
            index=django.contrib.postgres.indexes.GinIndex(models.F('entrusted'), name='boundarychange_entrusted'),
        ),
        migrations.AddIndex(
            model_name='boundarychange',
            index=models.Index(models.F('id'), condition=models.Q(('state__in', ['checked', 'proposed'])), name='boundary_waiting'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boundarychange',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "boundaries_boundarychangeevent" ("applied_at", "created_at", "created_by_id", "document", "document_on", "dry_run_at", "effective_on", "entrusted", "filed_at", "filed_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "plan", "reason", "state", "version") SELECT new_values."applied_at", new_values."created_at", new_values."created_by_id", new_values."document", new_values."document_on", new_values."dry_run_at", new_values."effective_on", new_values."entrusted", new_values."filed_at", new_values."filed_by_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place_id", new_values."plan", new_values."reason", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='268c3ed92b5b48fe16d2bf0a0bd25eb25e514ebd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_83c3d', referencing='REFERENCING NEW TABLE AS new_values ', table='boundaries_boundarychange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boundarychange',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "boundaries_boundarychangeevent" ("applied_at", "created_at", "created_by_id", "document", "document_on", "dry_run_at", "effective_on", "entrusted", "filed_at", "filed_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "plan", "reason", "state", "version") SELECT new_values."applied_at", new_values."created_at", new_values."created_by_id", new_values."document", new_values."document_on", new_values."dry_run_at", new_values."effective_on", new_values."entrusted", new_values."filed_at", new_values."filed_by_id", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place_id", new_values."plan", new_values."reason", new_values."state", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."applied_at" IS DISTINCT FROM (new_values."applied_at") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."document" IS DISTINCT FROM (new_values."document") OR old_values."document_on" IS DISTINCT FROM (new_values."document_on") OR old_values."dry_run_at" IS DISTINCT FROM (new_values."dry_run_at") OR old_values."effective_on" IS DISTINCT FROM (new_values."effective_on") OR old_values."entrusted" IS DISTINCT FROM (new_values."entrusted") OR old_values."filed_at" IS DISTINCT FROM (new_values."filed_at") OR old_values."filed_by_id" IS DISTINCT FROM (new_values."filed_by_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."place_id" IS DISTINCT FROM (new_values."place_id") OR old_values."plan" IS DISTINCT FROM (new_values."plan") OR old_values."reason" IS DISTINCT FROM (new_values."reason") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2536784eafc6c8cd01554dcae6630ca80d8af91d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6d580', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='boundaries_boundarychange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boundarychange',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "boundaries_boundarychangeevent" ("applied_at", "created_at", "created_by_id", "document", "document_on", "dry_run_at", "effective_on", "entrusted", "filed_at", "filed_by_id", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "plan", "reason", "state", "version") SELECT old_values."applied_at", old_values."created_at", old_values."created_by_id", old_values."document", old_values."document_on", old_values."dry_run_at", old_values."effective_on", old_values."entrusted", old_values."filed_at", old_values."filed_by_id", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place_id", old_values."plan", old_values."reason", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a260a38de6f3d78ae16d7ba873563081a1777d0b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_411d8', referencing='REFERENCING OLD TABLE AS old_values ', table='boundaries_boundarychange', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='boundarychangeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e5ec765d48dbe943b8a2ead658896fd1858c17d4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abb98', table='boundaries_boundarychangeevent', when='BEFORE')),
        ),
    ]
