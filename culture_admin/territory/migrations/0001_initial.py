import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from culture_admin.migrating import InitialMigration


class Migration(InitialMigration):


    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Division',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('code', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^(\\d{6}|\\d{9}|\\d{12})$', 'A division code has 6, 9 or 12 digits.')], verbose_name='Division code')),
                ('level', models.CharField(choices=[('province', 'Province'), ('prefecture', 'Prefecture'), ('county', 'County'), ('town', 'Town'), ('village', 'Village')], max_length=10, verbose_name='Level')),
                ('type', models.CharField(choices=[('province', 'Province'), ('prefecture', 'Prefecture'), ('county', 'County or district'), ('town', 'Town'), ('subdistrict', 'Subdistrict'), ('township', 'Township'), ('zone', 'Statistical zone'), ('village', 'Village'), ('community', 'Community')], max_length=11, verbose_name='Type')),
                ('path', models.CharField(db_default='', editable=False, max_length=60, verbose_name='Path')),
                ('search', models.CharField(db_default='', editable=False, max_length=300)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Valid to')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='territory.division', verbose_name='Parent')),
            ],
            options={
                'verbose_name': 'Division',
                'verbose_name_plural': 'Divisions',
                'ordering': ['code', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DivisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('code', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^(\\d{6}|\\d{9}|\\d{12})$', 'A division code has 6, 9 or 12 digits.')], verbose_name='Division code')),
                ('level', models.CharField(choices=[('province', 'Province'), ('prefecture', 'Prefecture'), ('county', 'County'), ('town', 'Town'), ('village', 'Village')], max_length=10, verbose_name='Level')),
                ('type', models.CharField(choices=[('province', 'Province'), ('prefecture', 'Prefecture'), ('county', 'County or district'), ('town', 'Town'), ('subdistrict', 'Subdistrict'), ('township', 'Township'), ('zone', 'Statistical zone'), ('village', 'Village'), ('community', 'Community')], max_length=11, verbose_name='Type')),
                ('path', models.CharField(db_default='', editable=False, max_length=60, verbose_name='Path')),
                ('search', models.CharField(db_default='', editable=False, max_length=300)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Valid to')),
                ('parent', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Parent')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.division')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Residents',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('number', models.PositiveIntegerField(verbose_name='Residents')),
                ('source', models.CharField(max_length=200, verbose_name='Source')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='residents', to='territory.division', verbose_name='Division')),
            ],
            options={
                'verbose_name': 'Residents',
                'verbose_name_plural': 'Residents',
            },
        ),
        migrations.CreateModel(
            name='ResidentsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('number', models.PositiveIntegerField(verbose_name='Residents')),
                ('source', models.CharField(max_length=200, verbose_name='Source')),
                ('division', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Division')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.residents')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(verbose_name='Valid to')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Division')),
            ],
            options={
                'verbose_name': 'Former seat',
                'verbose_name_plural': 'Former seats',
                'ordering': ['unit', 'valid_to'],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('share', models.DecimalField(decimal_places=4, default=1, max_digits=5, verbose_name='Share')),
                ('on', models.DateField(verbose_name='Date')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='territory.division', verbose_name='Predecessor')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='territory.division', verbose_name='Successor')),
            ],
            options={
                'verbose_name': 'Succession',
                'verbose_name_plural': 'Successions',
            },
        ),
        migrations.CreateModel(
            name='SuccessionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('share', models.DecimalField(decimal_places=4, default=1, max_digits=5, verbose_name='Share')),
                ('on', models.DateField(verbose_name='Date')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.succession')),
                ('predecessor', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Predecessor')),
                ('successor', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Successor')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('kind', models.CharField(choices=[('bureau', 'Culture authority (bureau)'), ('town', 'Town government or subdistrict office'), ('station', 'Comprehensive cultural station'), ('firm', 'Service provider'), ('centre', 'Cultural centre'), ('registration', 'Registration authority'), ('finance', 'Finance bureau')], max_length=12, verbose_name='Kind')),
                ('search', models.CharField(db_default='', editable=False, max_length=300)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Valid to')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='territory.division', verbose_name='Division')),
            ],
            options={
                'verbose_name': 'Unit',
                'verbose_name_plural': 'Units',
                'ordering': ['division__code', 'kind', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SeatEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(verbose_name='Valid to')),
                ('division', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Division')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.seat')),
                ('unit', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.unit', verbose_name='Unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='seat',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='territory.unit', verbose_name='Unit'),
        ),
        migrations.CreateModel(
            name='UnitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('kind', models.CharField(choices=[('bureau', 'Culture authority (bureau)'), ('town', 'Town government or subdistrict office'), ('station', 'Comprehensive cultural station'), ('firm', 'Service provider'), ('centre', 'Cultural centre'), ('registration', 'Registration authority'), ('finance', 'Finance bureau')], max_length=12, verbose_name='Kind')),
                ('search', models.CharField(db_default='', editable=False, max_length=300)),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='Valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='Valid to')),
                ('division', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Division')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='territory.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='division',
            index=models.Index(fields=['path'], name='division_path', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='division',
            index=models.Index(fields=['code'], name='division_code'),
        ),
        migrations.AddConstraint(
            model_name='division',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('code',), name='division_one_in_force', violation_error_message='A division with this code is in force already.'),
        ),
        migrations.AddConstraint(
            model_name='division',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='division_ends_after_start', violation_error_message='A division ends after it begins.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='division',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_divisionevent" ("code", "id", "level", "name_en", "name_zh", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "type", "valid_from", "valid_to") SELECT new_values."code", new_values."id", new_values."level", new_values."name_en", new_values."name_zh", new_values."parent_id", new_values."path", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."search", new_values."type", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb4fd4998a0c4602c6eb96b3b9bf21180f91e5fc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_14f25', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_division', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='division',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_divisionevent" ("code", "id", "level", "name_en", "name_zh", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "type", "valid_from", "valid_to") SELECT new_values."code", new_values."id", new_values."level", new_values."name_en", new_values."name_zh", new_values."parent_id", new_values."path", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."search", new_values."type", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='72a9f12e9033c420ee57aa8796e8de187396a247', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d3295', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_division', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='division',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_divisionevent" ("code", "id", "level", "name_en", "name_zh", "parent_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "type", "valid_from", "valid_to") SELECT old_values."code", old_values."id", old_values."level", old_values."name_en", old_values."name_zh", old_values."parent_id", old_values."path", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."search", old_values."type", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='5bf2317afb5e83e369c84ee4107cd66ca416faf5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b933c', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_division', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='divisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e5144769389c6e79c92420afb1cd75c13824647f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7d01', table='territory_divisionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='residents',
            constraint=models.UniqueConstraint(fields=('division', 'year'), name='residents_once_a_year', violation_error_message='The residents of this division and year are recorded already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='residents',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_residentsevent" ("division_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT new_values."division_id", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."source", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a215535ce1fdbcea6811714a08d163c4619e0457', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9a449', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_residents', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='residents',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_residentsevent" ("division_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT new_values."division_id", new_values."id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."source", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='dda504a4ef04444f2e54809474f22fef00a839e7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_729aa', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_residents', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='residents',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_residentsevent" ("division_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "year") SELECT old_values."division_id", old_values."id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."source", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='478d18961656c71f703ded1681b2b8670481f2e5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_37114', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_residents', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='residentsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a3c6bbecb1ade9a4180af8f29343d89636cee852', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fb3bc', table='territory_residentsevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.UniqueConstraint(fields=('predecessor', 'successor'), name='succession_once'),
        ),
        migrations.AddConstraint(
            model_name='succession',
            constraint=models.CheckConstraint(condition=models.Q(('share__gt', 0), ('share__lte', 1)), name='succession_share'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_successionevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "share", "successor_id") SELECT new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."predecessor_id", new_values."share", new_values."successor_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9bbf4bbc4b0fe8d7bc51883340868ce16cfc311c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7fd5a', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_succession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_successionevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "share", "successor_id") SELECT new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."predecessor_id", new_values."share", new_values."successor_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d1b5e7c59bc21fa8cb30ada5f9d15dccf1d502b7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2dfec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_succession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='succession',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_successionevent" ("id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "predecessor_id", "share", "successor_id") SELECT old_values."id", old_values."on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."predecessor_id", old_values."share", old_values."successor_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2b0fb16a184f736cba335c456ae522d477532cdd', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_47e9f', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_succession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='successionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8737e445476dd4dcd34c85d43fa3ac2f770479c3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b7d4f', table='territory_successionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('division', 'kind', 'name_zh'), name='unit_once', violation_error_message='This division has a unit of this kind and name already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_unitevent" ("division_id", "id", "kind", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "valid_from", "valid_to") SELECT new_values."division_id", new_values."id", new_values."kind", new_values."name_en", new_values."name_zh", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."search", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ea8e842e202d1610f622db46cf1c463d23f76cce', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c5c6c', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_unitevent" ("division_id", "id", "kind", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "valid_from", "valid_to") SELECT new_values."division_id", new_values."id", new_values."kind", new_values."name_en", new_values."name_zh", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."search", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4296488cd015341e95ae51a2a3027d1b4823eb38', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_48395', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_unitevent" ("division_id", "id", "kind", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "search", "valid_from", "valid_to") SELECT old_values."division_id", old_values."id", old_values."kind", old_values."name_en", old_values."name_zh", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."search", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2175157345c9f863c579db23bab36b424660cf71', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_73489', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dd1ffc69adaf2a84a201f8a17f40675c07853789', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ee2ca', table='territory_seatevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('unit', 'valid_to'), name='seat_once'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='seat_ends_after_start'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_seatevent" ("division_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") SELECT new_values."division_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."unit_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='296fee01d23794393b0078aec043b9890a91c0cb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2ede5', referencing='REFERENCING NEW TABLE AS new_values ', table='territory_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_seatevent" ("division_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") SELECT new_values."division_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."unit_id", new_values."valid_from", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c7c2024e6399cf0c021af62fa87e55cfd369155b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_999f5', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='territory_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "territory_seatevent" ("division_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit_id", "valid_from", "valid_to") SELECT old_values."division_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."unit_id", old_values."valid_from", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0bad14192ba29e17c0d10a1d54eac6eba9acf5c7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6f773', referencing='REFERENCING OLD TABLE AS old_values ', table='territory_seat', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='26c899fc88fd4024c044be86ad26952c8122b978', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5831a', table='territory_unitevent', when='BEFORE')),
        ),
    ]
