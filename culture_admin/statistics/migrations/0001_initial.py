import culture_admin.interfaces.text
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from culture_admin.migrating import InitialMigration


class Migration(InitialMigration):

    dependencies = [
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
        pgtrigger.migrations.AddTrigger(
            model_name='snapshot',
            trigger=pgtrigger.compiler.Trigger(name='snapshot_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ed58c0eabe6636f39a6a0c89368df5c498e2550f', operation='UPDATE OR DELETE', pgid='pgtrigger_snapshot_append_only_7ddc4', table='statistics_snapshot', when='BEFORE')),
        ),
    ]
