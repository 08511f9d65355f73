import culture_admin.interfaces.text
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
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
            name='Scheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('filed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Filed on')),
                ('entrusted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, editable=False, size=None, verbose_name='Filed with')),
                ('subject', models.CharField(choices=[('town', 'Towns and subdistricts'), ('station', 'Stations'), ('contract', 'Contracts')], max_length=8, verbose_name='What is scored')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2199)], verbose_name='Year')),
                ('edition', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='Edition')),
                ('document', models.CharField(blank=True, max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Issuing document')),
                ('document_on', models.DateField(blank=True, null=True, verbose_name='Date of the document')),
                ('total', models.DecimalField(decimal_places=2, max_digits=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='Total points')),
                ('decimals', models.PositiveSmallIntegerField(default=2, help_text='A score is rounded half up to so many, once, at the end.', validators=[django.core.validators.MaxValueValidator(4)], verbose_name='Decimals of a score')),
                ('known', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Recorded indicators for a place in the ranking (%)')),
                ('spread', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Most two assessors may differ (%)')),
                ('publicity', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='Working days results are shown before they are final')),
                ('sample', models.BooleanField(default=False, verbose_name='Sample')),
                ('body', models.JSONField(blank=True, default=dict, verbose_name='Indicators, groups and titles')),
                ('reason', models.CharField(blank=True, max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Reason for the edition')),
                ('published_on', models.DateField(editable=False, null=True, verbose_name='Published on')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('published', 'Published'), ('superseded', 'Replaced by another edition'), ('withdrawn', 'Withdrawn'), ('void', 'Void')], default='draft', editable=False, max_length=10, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('drafted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Drafted by')),
                ('filed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Filed by')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schemes', to='territory.division', verbose_name='County')),
            ],
            options={
                'verbose_name': 'Scheme',
                'verbose_name_plural': 'Schemes',
                'ordering': ['-year', 'subject', '-edition', '-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SchemeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('filed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Filed on')),
                ('entrusted', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, editable=False, size=None, verbose_name='Filed with')),
                ('subject', models.CharField(choices=[('town', 'Towns and subdistricts'), ('station', 'Stations'), ('contract', 'Contracts')], max_length=8, verbose_name='What is scored')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2199)], verbose_name='Year')),
                ('edition', models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='Edition')),
                ('document', models.CharField(blank=True, max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Issuing document')),
                ('document_on', models.DateField(blank=True, null=True, verbose_name='Date of the document')),
                ('total', models.DecimalField(decimal_places=2, max_digits=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10000)], verbose_name='Total points')),
                ('decimals', models.PositiveSmallIntegerField(default=2, help_text='A score is rounded half up to so many, once, at the end.', validators=[django.core.validators.MaxValueValidator(4)], verbose_name='Decimals of a score')),
                ('known', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Recorded indicators for a place in the ranking (%)')),
                ('spread', models.PositiveSmallIntegerField(default=20, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='Most two assessors may differ (%)')),
                ('publicity', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='Working days results are shown before they are final')),
                ('sample', models.BooleanField(default=False, verbose_name='Sample')),
                ('body', models.JSONField(blank=True, default=dict, verbose_name='Indicators, groups and titles')),
                ('reason', models.CharField(blank=True, max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Reason for the edition')),
                ('published_on', models.DateField(editable=False, null=True, verbose_name='Published on')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('published', 'Published'), ('superseded', 'Replaced by another edition'), ('withdrawn', 'Withdrawn'), ('void', 'Void')], default='draft', editable=False, max_length=10, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('drafted_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Drafted by')),
                ('filed_by', models.ForeignKey(blank=True, db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Filed by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='scoring.scheme')),
                ('place', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='scheme',
            index=django.contrib.postgres.indexes.GinIndex(models.F('entrusted'), name='scheme_entrusted'),
        ),
        migrations.AddIndex(
            model_name='scheme',
            index=models.Index(models.F('id'), condition=models.Q(('state__in', ['proposed'])), name='scheme_waiting'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'published')), deferrable=django.db.models.constraints.Deferrable['DEFERRED'], expressions=[(models.Func(models.F('place'), models.F('place'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('year'), models.F('year'), models.Value('[]'), function='int4range'), '&&'), (models.Func(models.Func(models.F('subject'), function='ascii', output_field=models.IntegerField()), models.Func(models.F('subject'), function='ascii', output_field=models.IntegerField()), models.Value('[]'), function='int4range'), '&&')], name='scheme_published_once', violation_error_message='A scheme of this year is published already.'),
        ),
        migrations.AddConstraint(
            model_name='scheme',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'void'), _negated=True), fields=('place', 'subject', 'year', 'edition'), name='scheme_edition_once', violation_error_message='There is such an edition already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scheme',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "scoring_schemeevent" ("body", "decimals", "document", "document_on", "drafted_by_id", "edition", "entrusted", "filed_at", "filed_by_id", "id", "known", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "publicity", "published_on", "reason", "sample", "spread", "state", "subject", "total", "version", "year") SELECT new_values."body", new_values."decimals", new_values."document", new_values."document_on", new_values."drafted_by_id", new_values."edition", new_values."entrusted", new_values."filed_at", new_values."filed_by_id", new_values."id", new_values."known", new_values."name_en", new_values."name_zh", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."place_id", new_values."publicity", new_values."published_on", new_values."reason", new_values."sample", new_values."spread", new_values."state", new_values."subject", new_values."total", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='26fa790fbb8515045b876cbcca12d25862ce8f31', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e8da7', referencing='REFERENCING NEW TABLE AS new_values ', table='scoring_scheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scheme',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "scoring_schemeevent" ("body", "decimals", "document", "document_on", "drafted_by_id", "edition", "entrusted", "filed_at", "filed_by_id", "id", "known", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "publicity", "published_on", "reason", "sample", "spread", "state", "subject", "total", "version", "year") SELECT new_values."body", new_values."decimals", new_values."document", new_values."document_on", new_values."drafted_by_id", new_values."edition", new_values."entrusted", new_values."filed_at", new_values."filed_by_id", new_values."id", new_values."known", new_values."name_en", new_values."name_zh", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."place_id", new_values."publicity", new_values."published_on", new_values."reason", new_values."sample", new_values."spread", new_values."state", new_values."subject", new_values."total", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='06bb4392f9a5fe7dcf3766cde97172db7635e727', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_60774', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='scoring_scheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scheme',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "scoring_schemeevent" ("body", "decimals", "document", "document_on", "drafted_by_id", "edition", "entrusted", "filed_at", "filed_by_id", "id", "known", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place_id", "publicity", "published_on", "reason", "sample", "spread", "state", "subject", "total", "version", "year") SELECT old_values."body", old_values."decimals", old_values."document", old_values."document_on", old_values."drafted_by_id", old_values."edition", old_values."entrusted", old_values."filed_at", old_values."filed_by_id", old_values."id", old_values."known", old_values."name_en", old_values."name_zh", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."place_id", old_values."publicity", old_values."published_on", old_values."reason", old_values."sample", old_values."spread", old_values."state", old_values."subject", old_values."total", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f5aff2eab01b567e4af1b5e07e75721194af2eea', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ba7dd', referencing='REFERENCING OLD TABLE AS old_values ', table='scoring_scheme', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='schemeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5d3c1bc39e25b079aed11380c3b0f41b7ec5465b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5d8cc', table='scoring_schemeevent', when='BEFORE')),
        ),
    ]
