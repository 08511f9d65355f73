import culture_admin.interfaces.text
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from decimal import Decimal
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
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Name')),
                ('content', models.TextField(editable=False, verbose_name='Content')),
                ('digest', models.CharField(editable=False, max_length=64, validators=[django.core.validators.RegexValidator('^[0-9a-f]{64}$')], verbose_name='SHA-256 of the content')),
                ('versions', models.JSONField(default=dict, editable=False, verbose_name='Versions of the metrics')),
                ('taken_at', models.DateTimeField(editable=False, verbose_name='Taken')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='territory.division', verbose_name='Division')),
                ('taken_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Taken by')),
            ],
            options={
                'verbose_name': 'Snapshot',
                'verbose_name_plural': 'Snapshots',
                'ordering': ['-taken_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric', models.CharField(max_length=80, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Metric')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2199)], verbose_name='Year')),
                ('number', models.DecimalField(decimal_places=4, max_digits=16, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='To be reached')),
                ('where', models.JSONField(blank=True, default=dict, verbose_name='Narrowed to')),
                ('source', models.CharField(help_text='The document that sets the target.', max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Source')),
                ('state', models.CharField(choices=[('set', 'Set'), ('withdrawn', 'Withdrawn')], default='set', editable=False, max_length=9, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='territory.division', verbose_name='Division')),
                ('set_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Set by')),
                ('station', models.ForeignKey(blank=True, help_text="Without one the target is the whole division's.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='territory.unit', verbose_name='Station')),
            ],
            options={
                'verbose_name': 'Target',
                'verbose_name_plural': 'Targets',
                'ordering': ['-year', 'place__code', 'metric', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TargetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('metric', models.CharField(max_length=80, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Metric')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2199)], verbose_name='Year')),
                ('number', models.DecimalField(decimal_places=4, max_digits=16, validators=[django.core.validators.MinValueValidator(Decimal('0.0001'))], verbose_name='To be reached')),
                ('where', models.JSONField(blank=True, default=dict, verbose_name='Narrowed to')),
                ('source', models.CharField(help_text='The document that sets the target.', max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Source')),
                ('state', models.CharField(choices=[('set', 'Set'), ('withdrawn', 'Withdrawn')], default='set', editable=False, max_length=9, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='statistics.target')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Division')),
                ('set_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Set by')),
                ('station', models.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text="Without one the target is the whole division's.", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Station')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='snapshot',
            trigger=pgtrigger.compiler.Trigger(name='snapshot_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed58c0eabe6636f39a6a0c89368df5c498e2550f', operation='UPDATE OR DELETE', pgid='pgtrigger_snapshot_append_only_7ddc4', table='statistics_snapshot', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'set')), fields=('place', 'station', 'metric', 'year', 'where'), name='target_once', nulls_distinct=False, violation_error_message='There is such a target already; change that one, or withdraw it first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "statistics_targetevent" ("id", "metric", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "set_by_id", "source", "state", "station_id", "version", "where", "year") SELECT new_values."id", new_values."metric", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place_id", new_values."set_by_id", new_values."source", new_values."state", new_values."station_id", new_values."version", new_values."where", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7cc74dabb80153ce46ea73f5471199f2343195ff', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dd499', referencing='REFERENCING NEW TABLE AS new_values ', table='statistics_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "statistics_targetevent" ("id", "metric", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "set_by_id", "source", "state", "station_id", "version", "where", "year") SELECT new_values."id", new_values."metric", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place_id", new_values."set_by_id", new_values."source", new_values."state", new_values."station_id", new_values."version", new_values."where", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8883b7cefa404203407f3192aa565f6138b4cb8a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c553f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='statistics_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='target',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "statistics_targetevent" ("id", "metric", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "set_by_id", "source", "state", "station_id", "version", "where", "year") SELECT old_values."id", old_values."metric", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place_id", old_values."set_by_id", old_values."source", old_values."state", old_values."station_id", old_values."version", old_values."where", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a827b140fc8d5ef3b66c4a56e8f373b54b74b114', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_def93', referencing='REFERENCING OLD TABLE AS old_values ', table='statistics_target', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='targetevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d1c95793c7b21eb6596a33cac577b47c66db9912', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_861e3', table='statistics_targetevent', when='BEFORE')),
        ),
    ]
