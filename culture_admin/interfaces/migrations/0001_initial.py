import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from culture_admin.migrating import InitialMigration


class Migration(InitialMigration):


    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('tokens', models.FloatField()),
                ('filled_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'Allowance',
                'verbose_name_plural': 'Allowances',
            },
        ),
        migrations.CreateModel(
            name='IdempotentCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=128, verbose_name='Idempotency key')),
                ('fingerprint', models.BinaryField(help_text='SHA-256 over method, address and body')),
                ('status', models.PositiveSmallIntegerField(verbose_name='Status')),
                ('headers', models.JSONField(default=dict, verbose_name='Headers')),
                ('body', models.BinaryField(verbose_name='Body')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='User')),
            ],
            options={
                'verbose_name': 'Idempotent call',
                'verbose_name_plural': 'Idempotent calls',
                'ordering': ['id'],
                'indexes': [models.Index(models.F('created_at'), name='idempotent_call_age')],
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='idempotent_call_once')],
            },
        ),
    ]
