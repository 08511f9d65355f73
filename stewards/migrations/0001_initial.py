import culture_admin.territory.ranges
import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import stewards.models
from django.conf import settings
from django.db import migrations, models

from culture_admin.migrating import InitialMigration


class Migration(InitialMigration):


    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('stations', '0001_initial'),
        ('territory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Firm',
            fields=[
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='firm', serialize=False, to='territory.unit', verbose_name='Unit')),
                ('uscc', models.CharField(max_length=18, unique=True, validators=[stewards.models.validate_firm_code], verbose_name='Unified social credit code')),
                ('manager', models.CharField(blank=True, max_length=60, verbose_name='Project manager')),
            ],
            options={
                'verbose_name': 'Service provider',
                'verbose_name_plural': 'Service providers',
                'ordering': ['unit__name_zh'],
            },
        ),
        migrations.CreateModel(
            name='FirmEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('uscc', models.CharField(max_length=18, validators=[stewards.models.validate_firm_code], verbose_name='Unified social credit code')),
                ('manager', models.CharField(blank=True, max_length=60, verbose_name='Project manager')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_time', models.BooleanField(default=True, verbose_name='Full-time')),
                ('valid_from', models.DateField(verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Valid to')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'Posting',
                'verbose_name_plural': 'Postings',
                'ordering': ['station__division__code', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='PostingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('full_time', models.BooleanField(default=True, verbose_name='Full-time')),
                ('valid_from', models.DateField(verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Valid to')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Steward',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('search', models.CharField(db_default='', editable=False, max_length=300)),
                ('speciality', models.CharField(blank=True, max_length=100, verbose_name='Speciality')),
            ],
            options={
                'verbose_name': 'Cultural steward',
                'verbose_name_plural': 'Cultural stewards',
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='StewardEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('search', models.CharField(db_default='', editable=False, max_length=300)),
                ('speciality', models.CharField(blank=True, max_length=100, verbose_name='Speciality')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='firm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_firmevent" ("manager", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "uscc") SELECT new_values."manager", _pgh_attached_context.value, NOW(), \'insert\', new_values."unit_id", new_values."unit_id", new_values."uscc" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5197cfc90e25d799eba34378881f8c0e26f3e005', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_28e0c', referencing='REFERENCING NEW TABLE AS new_values ', table='stewards_firm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='firm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_firmevent" ("manager", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "uscc") SELECT new_values."manager", _pgh_attached_context.value, NOW(), \'update\', new_values."unit_id", new_values."unit_id", new_values."uscc" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."unit_id") = (new_values."unit_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7d3c8f6130d2d7013b8fc09ccfaee31bfb05940e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cc638', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='stewards_firm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='firm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_firmevent" ("manager", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "uscc") SELECT old_values."manager", _pgh_attached_context.value, NOW(), \'delete\', old_values."unit_id", old_values."unit_id", old_values."uscc" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='be4a602093bf4fd1882baa60d9d89dae9bcc75b5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e1c49', referencing='REFERENCING OLD TABLE AS old_values ', table='stewards_firm', when='AFTER')),
        ),
        migrations.AddField(
            model_name='firmevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='firmevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='stewards.firm'),
        ),
        migrations.AddField(
            model_name='firmevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='territory.unit', verbose_name='Unit'),
        ),
        migrations.AddField(
            model_name='posting',
            name='county',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='posting',
            name='firm',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='stewards.firm', verbose_name='Service provider'),
        ),
        migrations.AddField(
            model_name='posting',
            name='station',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='postingevent',
            name='county',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='postingevent',
            name='firm',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.firm', verbose_name='Service provider'),
        ),
        migrations.AddField(
            model_name='postingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='postingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='stewards.posting'),
        ),
        migrations.AddField(
            model_name='postingevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='steward',
            name='firm',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stewards', to='stewards.firm', verbose_name='Service provider'),
        ),
        migrations.AddField(
            model_name='steward',
            name='user',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steward', to=settings.AUTH_USER_MODEL, verbose_name='Account'),
        ),
        migrations.AddField(
            model_name='postingevent',
            name='steward',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.steward', verbose_name='Cultural steward'),
        ),
        migrations.AddField(
            model_name='posting',
            name='steward',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='stewards.steward', verbose_name='Cultural steward'),
        ),
        migrations.AddField(
            model_name='stewardevent',
            name='firm',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.firm', verbose_name='Service provider'),
        ),
        migrations.AddField(
            model_name='stewardevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='stewardevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='stewards.steward'),
        ),
        migrations.AddField(
            model_name='stewardevent',
            name='user',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Account'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='firmevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0ddbff613507146c3725edfc165c8d87b73ad47d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c972d', table='stewards_firmevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='steward',
            constraint=models.UniqueConstraint(fields=('id', 'firm'), name='steward_of_firm'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steward',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_stewardevent" ("firm_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "speciality", "user_id") SELECT new_values."firm_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."search", new_values."speciality", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c8ec50d8aad0e9cfdba31a62f10c2ffcabf1a97c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_db59d', referencing='REFERENCING NEW TABLE AS new_values ', table='stewards_steward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steward',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_stewardevent" ("firm_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "speciality", "user_id") SELECT new_values."firm_id", new_values."id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."search", new_values."speciality", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9846e9a0ee1a2b19d1e6f410204bb7935aebc20a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f128e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='stewards_steward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='steward',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_stewardevent" ("firm_id", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "speciality", "user_id") SELECT old_values."firm_id", old_values."id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."search", old_values."speciality", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b468b58645f3a12ddaf4f5f832dd8f6ca768b574', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7986b', referencing='REFERENCING OLD TABLE AS old_values ', table='stewards_steward', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6d7d834baa8bc50a280b82bf8716eea07d334f16', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ab73', table='stewards_postingevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='posting_ends_after_start', violation_error_message='A posting ends after it begins.'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('full_time', True)), expressions=[(culture_admin.territory.ranges.SameKey('steward', 'steward'), '&&'), (culture_admin.territory.ranges.DateRange('valid_from', 'valid_to'), '&&')], name='posting_full_time_once', violation_error_message='The steward has a full-time posting in this time already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_postingevent" ("county_id", "firm_id", "full_time", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "steward_id", "valid_from", "valid_to", "version") SELECT new_values."county_id", new_values."firm_id", new_values."full_time", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."station_id", new_values."steward_id", new_values."valid_from", new_values."valid_to", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='59ec25de9c995548f96793c1051e334ab5a415ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ca540', referencing='REFERENCING NEW TABLE AS new_values ', table='stewards_posting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_postingevent" ("county_id", "firm_id", "full_time", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "steward_id", "valid_from", "valid_to", "version") SELECT new_values."county_id", new_values."firm_id", new_values."full_time", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."station_id", new_values."steward_id", new_values."valid_from", new_values."valid_to", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='611613e2a4c2fc8ea3656c04bdd3ba9f7883f469', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0f37b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='stewards_posting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "stewards_postingevent" ("county_id", "firm_id", "full_time", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "steward_id", "valid_from", "valid_to", "version") SELECT old_values."county_id", old_values."firm_id", old_values."full_time", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."station_id", old_values."steward_id", old_values."valid_from", old_values."valid_to", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='dd761923fe6481223eb676b025f3bcc7b477e110', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_51321', referencing='REFERENCING OLD TABLE AS old_values ', table='stewards_posting', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stewardevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='be01dcad7e75053a06f75aacf3c31399d80a89cf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c4724', table='stewards_stewardevent', when='BEFORE')),
        ),
    ]
