import activities.models.series
import culture_admin.accounts.personal.fields
import culture_admin.interfaces.money
import culture_admin.interfaces.text
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from culture_admin.migrating import InitialMigration


class Migration(InitialMigration):


    dependencies = [
        ('exchange', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('stations', '0001_initial'),
        ('stewards', '0001_initial'),
        ('territory', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Genre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='Code')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Position')),
            ],
            options={
                'verbose_name': 'Genre',
                'verbose_name_plural': 'Genres',
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='GenreEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('code', models.CharField(max_length=20, verbose_name='Code')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Position')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Kind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('code', models.CharField(max_length=4, unique=True, verbose_name='Code')),
                ('is_session', models.BooleanField(default=False, verbose_name='Training session')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Position')),
            ],
            options={
                'verbose_name': 'Kind of activity',
                'verbose_name_plural': 'Kinds of activity',
                'ordering': ['position', 'code'],
            },
        ),
        migrations.CreateModel(
            name='KindEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name_zh', models.CharField(max_length=100, verbose_name='Chinese name')),
                ('name_en', models.CharField(blank=True, max_length=150, verbose_name='English name')),
                ('code', models.CharField(max_length=4, verbose_name='Code')),
                ('is_session', models.BooleanField(default=False, verbose_name='Training session')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Position')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KindWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60, verbose_name='Word')),
            ],
            options={
                'verbose_name': 'Word for a kind',
                'verbose_name_plural': 'Words for kinds',
            },
        ),
        migrations.CreateModel(
            name='KindWordEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('word', models.CharField(max_length=60, verbose_name='Word')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Learner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Name')),
                ('joined_on', models.DateField(verbose_name='Joined')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='Left')),
                ('note', models.CharField(blank=True, max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'Learner',
                'verbose_name_plural': 'Learners',
                'ordering': ['course_id', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LearnerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Name')),
                ('joined_on', models.DateField(verbose_name='Joined')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='Left')),
                ('note', models.CharField(blank=True, max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MonthlyReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='Its first day.', verbose_name='Month')),
                ('state', models.CharField(choices=[('open', 'To be confirmed'), ('confirmed', 'Confirmed'), ('contested', 'Contested'), ('closed', 'Closed'), ('reopened', 'Reopened')], default='open', editable=False, max_length=9, verbose_name='State')),
                ('zero', models.BooleanField(default=False, editable=False, verbose_name='Confirmed zero')),
                ('filed', models.JSONField(editable=False, null=True, verbose_name='Figures as confirmed')),
                ('filed_at', models.DateTimeField(editable=False, null=True, verbose_name='Confirmed at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'Monthly return',
                'verbose_name_plural': 'Monthly returns',
                'ordering': ['-month', 'station__division__code', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MonthlyReturnEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('month', models.DateField(help_text='Its first day.', verbose_name='Month')),
                ('state', models.CharField(choices=[('open', 'To be confirmed'), ('confirmed', 'Confirmed'), ('contested', 'Contested'), ('closed', 'Closed'), ('reopened', 'Reopened')], default='open', editable=False, max_length=9, verbose_name='State')),
                ('zero', models.BooleanField(default=False, editable=False, verbose_name='Confirmed zero')),
                ('filed', models.JSONField(editable=False, null=True, verbose_name='Figures as confirmed')),
                ('filed_at', models.DateTimeField(editable=False, null=True, verbose_name='Confirmed at')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OpeningVisits',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='Day')),
                ('visitors', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Visitors')),
                ('estimated', models.BooleanField(default=False, verbose_name='Estimated')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'Visits in free opening',
                'verbose_name_plural': 'Visits in free opening',
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='OpeningVisitsEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('on', models.DateField(verbose_name='Day')),
                ('visitors', models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Visitors')),
                ('estimated', models.BooleanField(default=False, verbose_name='Estimated')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Permit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Permit number')),
                ('authority', models.CharField(max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Granted by')),
                ('granted_on', models.DateField(verbose_name='Granted on')),
                ('lapsed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Lapsed')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
            ],
            options={
                'verbose_name': 'Public-security permit',
                'verbose_name_plural': 'Public-security permits',
                'ordering': ['-granted_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PermitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Permit number')),
                ('authority', models.CharField(max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Granted by')),
                ('granted_on', models.DateField(verbose_name='Granted on')),
                ('lapsed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Lapsed')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('present', models.BooleanField(verbose_name='Present')),
            ],
            options={
                'verbose_name': 'Presence',
                'verbose_name_plural': 'Presences',
                'ordering': ['activity_id', 'learner_id'],
            },
        ),
        migrations.CreateModel(
            name='PresenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('present', models.BooleanField(verbose_name='Present')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Prize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Prize')),
                ('level', models.CharField(choices=[('town', 'Town'), ('county', 'County'), ('city', 'City'), ('province', 'Province'), ('nation', 'Nation')], max_length=8, verbose_name='Level of the prize')),
                ('rank', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Rank')),
                ('awarded_on', models.DateField(verbose_name='Awarded')),
                ('document', models.CharField(blank=True, max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Issuing document')),
            ],
            options={
                'verbose_name': 'Prize',
                'verbose_name_plural': 'Prizes',
                'ordering': ['-awarded_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PrizeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Prize')),
                ('level', models.CharField(choices=[('town', 'Town'), ('county', 'County'), ('city', 'City'), ('province', 'Province'), ('nation', 'Nation')], max_length=8, verbose_name='Level of the prize')),
                ('rank', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Rank')),
                ('awarded_on', models.DateField(verbose_name='Awarded')),
                ('document', models.CharField(blank=True, max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Issuing document')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Neither'), (2, 'Dissatisfied'), (1, 'Very dissatisfied'), (0, 'I cannot say')], validators=[django.core.validators.MaxValueValidator(5)], verbose_name='Score')),
                ('comment', models.CharField(blank=True, max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Comment')),
                ('device', models.CharField(editable=False, max_length=64)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
            ],
            options={
                'verbose_name': 'Rating',
                'verbose_name_plural': 'Ratings',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RatingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('score', models.PositiveSmallIntegerField(choices=[(5, 'Very satisfied'), (4, 'Satisfied'), (3, 'Neither'), (2, 'Dissatisfied'), (1, 'Very dissatisfied'), (0, 'I cannot say')], validators=[django.core.validators.MaxValueValidator(5)], verbose_name='Score')),
                ('comment', models.CharField(blank=True, max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Comment')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Time')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.UUIDField(verbose_name='Client id')),
                ('kind', models.CharField(choices=[('log', 'Log an activity'), ('session', 'Log a session'), ('change', 'Correct'), ('confirm', 'Confirm'), ('hold', 'Log what was planned')], max_length=7, verbose_name='What was done')),
                ('digest', models.CharField(help_text='SHA-256 of the entry as it was sent', max_length=64)),
                ('version', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('published', 'Published'), ('held', 'Held'), ('logged', 'Waiting for the station'), ('confirmed', 'Confirmed'), ('returned', 'Returned'), ('postponed', 'Postponed'), ('cancelled', 'Cancelled'), ('void', 'Void')], max_length=9, verbose_name='State')),
                ('content_hash', models.CharField(max_length=64, verbose_name='Hash')),
                ('device_at', models.DateTimeField(null=True, verbose_name="Device's clock")),
                ('received_at', models.DateTimeField(verbose_name='Received')),
            ],
            options={
                'verbose_name': 'Receipt',
                'verbose_name_plural': 'Receipts',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Title')),
                ('weekdays', models.JSONField(default=list, help_text='Monday is 1, Sunday is 7.', validators=[activities.models.series.validate_weekdays], verbose_name='Weekdays')),
                ('every', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(13)], verbose_name='Every so many weeks')),
                ('begins_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(verbose_name='Last day')),
                ('skips_holidays', models.BooleanField(default=True, verbose_name='Not on public holidays')),
                ('begins_time', models.TimeField(blank=True, null=True, verbose_name='Begins at')),
                ('ends_time', models.TimeField(blank=True, null=True, verbose_name='Ends at')),
                ('venue', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Place')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'Series',
                'verbose_name_plural': 'Series',
                'ordering': ['-begins_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SeriesEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Title')),
                ('weekdays', models.JSONField(default=list, help_text='Monday is 1, Sunday is 7.', validators=[activities.models.series.validate_weekdays], verbose_name='Weekdays')),
                ('every', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(13)], verbose_name='Every so many weeks')),
                ('begins_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(verbose_name='Last day')),
                ('skips_holidays', models.BooleanField(default=True, verbose_name='Not on public holidays')),
                ('begins_time', models.TimeField(blank=True, null=True, verbose_name='Begins at')),
                ('ends_time', models.TimeField(blank=True, null=True, verbose_name='Ends at')),
                ('venue', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Place')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SpotCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_on', models.DateField(verbose_name='Found on')),
                ('finding', models.CharField(choices=[('ok', 'As logged'), ('differs', 'Differs from the log'), ('absent', 'Did not take place')], max_length=7, verbose_name='Finding')),
                ('heads_seen', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Heads seen')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
            ],
            options={
                'verbose_name': 'Spot check',
                'verbose_name_plural': 'Spot checks',
                'ordering': ['-found_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SpotCheckEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('found_on', models.DateField(verbose_name='Found on')),
                ('finding', models.CharField(choices=[('ok', 'As logged'), ('differs', 'Differs from the log'), ('absent', 'Did not take place')], max_length=7, verbose_name='Finding')),
                ('heads_seen', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Heads seen')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Name')),
                ('search', models.CharField(db_default='', editable=False, max_length=300)),
                ('village', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Village or community')),
                ('venue', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Place of rehearsal')),
                ('leader', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Leader')),
                ('members', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='Members')),
                ('men', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='Men')),
                ('women', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='Women')),
                ('aged', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='Aged 60 and over')),
                ('deputy', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Deputy leader')),
                ('tutor', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Tutor')),
                ('rehearsal', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Time of rehearsal')),
                ('supervisor', models.CharField(blank=True, choices=[('station', 'Station'), ('village', 'Village or community'), ('society', 'Society')], max_length=7, verbose_name='Supervising unit')),
                ('subsidy', culture_admin.interfaces.money.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Subsidy a year (yuan)')),
                ('founded_on', models.DateField(blank=True, null=True, verbose_name='Founded')),
                ('registered_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Registered')),
                ('deregistered_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Deregistered')),
                ('state', models.CharField(choices=[('applied', 'Applied'), ('registered', 'Registered'), ('filed', 'Filed'), ('rectifying', 'Rectifying'), ('returned', 'Returned'), ('deregistered', 'Deregistered'), ('merged', 'Merged into another'), ('void', 'Void')], editable=False, max_length=12, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('batch_row', models.PositiveIntegerField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'Team',
                'verbose_name_plural': 'Teams',
                'ordering': ['station__division__code', 'name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TeamEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Name')),
                ('search', models.CharField(db_default='', editable=False, max_length=300)),
                ('village', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Village or community')),
                ('venue', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Place of rehearsal')),
                ('leader', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Leader')),
                ('members', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='Members')),
                ('men', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='Men')),
                ('women', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='Women')),
                ('aged', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(5000)], verbose_name='Aged 60 and over')),
                ('deputy', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Deputy leader')),
                ('tutor', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Tutor')),
                ('rehearsal', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Time of rehearsal')),
                ('supervisor', models.CharField(blank=True, choices=[('station', 'Station'), ('village', 'Village or community'), ('society', 'Society')], max_length=7, verbose_name='Supervising unit')),
                ('subsidy', culture_admin.interfaces.money.MoneyField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='Subsidy a year (yuan)')),
                ('founded_on', models.DateField(blank=True, null=True, verbose_name='Founded')),
                ('registered_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Registered')),
                ('deregistered_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Deregistered')),
                ('state', models.CharField(choices=[('applied', 'Applied'), ('registered', 'Registered'), ('filed', 'Filed'), ('rectifying', 'Rectifying'), ('returned', 'Returned'), ('deregistered', 'Deregistered'), ('merged', 'Merged into another'), ('void', 'Void')], editable=False, max_length=12, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('batch_row', models.PositiveIntegerField(editable=False, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TeamStar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stars', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='Stars')),
                ('awarded_on', models.DateField(verbose_name='Awarded')),
                ('valid_to', models.DateField(verbose_name='Valid to')),
                ('document', models.CharField(max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Issuing document')),
            ],
            options={
                'verbose_name': 'Star rating',
                'verbose_name_plural': 'Star ratings',
                'ordering': ['-awarded_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='TeamStarEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('stars', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='Stars')),
                ('awarded_on', models.DateField(verbose_name='Awarded')),
                ('valid_to', models.DateField(verbose_name='Valid to')),
                ('document', models.CharField(max_length=120, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Issuing document')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VenueBooking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Purpose')),
                ('begins_at', models.DateTimeField(verbose_name='Begins')),
                ('ends_at', models.DateTimeField(verbose_name='Ends')),
                ('state', models.CharField(choices=[('booked', 'Booked'), ('cancelled', 'Cancelled')], default='booked', editable=False, max_length=9, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
            ],
            options={
                'verbose_name': 'Booking of a room',
                'verbose_name_plural': 'Bookings of rooms',
                'ordering': ['-begins_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='VenueBookingEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('purpose', models.CharField(max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Purpose')),
                ('begins_at', models.DateTimeField(verbose_name='Begins')),
                ('ends_at', models.DateTimeField(verbose_name='Ends')),
                ('state', models.CharField(choices=[('booked', 'Booked'), ('cancelled', 'Cancelled')], default='booked', editable=False, max_length=9, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Work',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Title')),
                ('kind', models.CharField(choices=[('original', 'Original work'), ('performance', 'Performance piece')], max_length=11, verbose_name='Kind of work')),
                ('author', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Author')),
                ('finished_on', models.DateField(verbose_name='Finished')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('recorded', 'On record'), ('void', 'Void')], editable=False, max_length=8, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'verbose_name': 'Work',
                'verbose_name_plural': 'Works',
                'ordering': ['-finished_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='WorkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Title')),
                ('kind', models.CharField(choices=[('original', 'Original work'), ('performance', 'Performance piece')], max_length=11, verbose_name='Kind of work')),
                ('author', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Author')),
                ('finished_on', models.DateField(verbose_name='Finished')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('recorded', 'On record'), ('void', 'Void')], editable=False, max_length=8, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActivityMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('led_by', models.CharField(max_length=7)),
                ('state', models.CharField(max_length=9)),
                ('fresh', models.BooleanField(db_default=True)),
                ('number', models.BigIntegerField()),
                ('attendance', models.BigIntegerField()),
                ('attendance_recorded', models.BigIntegerField()),
                ('online_attendance', models.BigIntegerField()),
                ('online_recorded', models.BigIntegerField()),
                ('class_seconds', models.BigIntegerField()),
                ('seconds_recorded', models.BigIntegerField()),
                ('person_seconds', models.BigIntegerField()),
                ('person_seconds_recorded', models.BigIntegerField()),
                ('county', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='territory.division')),
                ('division', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='territory.division')),
                ('station', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='stations.station')),
            ],
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Title')),
                ('begins_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='Last day')),
                ('sessions_planned', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='Sessions planned')),
                ('class_seconds', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(86400)], verbose_name='Class time of a session (seconds)')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='Number of places')),
                ('room', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Classroom')),
                ('teacher', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Teacher')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('completed', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Finished the course')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('open', 'Open'), ('closed', 'Closed'), ('void', 'Void')], editable=False, max_length=8, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='County')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Town')),
                ('firm', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='stewards.firm', verbose_name='Service provider')),
                ('posting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='stewards.posting', verbose_name='Posting')),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='stations.station', verbose_name='Station')),
                ('steward', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='stewards.steward', verbose_name='Cultural steward')),
                ('genre', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='activities.genre', verbose_name='Genre')),
            ],
            options={
                'verbose_name': 'Course',
                'verbose_name_plural': 'Courses',
                'ordering': ['-begins_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='Client id')),
                ('title', models.CharField(max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Title')),
                ('venue', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Place')),
                ('begins_on', models.DateField(verbose_name='Date')),
                ('begins_time', models.TimeField(blank=True, null=True, verbose_name='Begins at')),
                ('ends_on', models.DateField(verbose_name='Until')),
                ('ends_time', models.TimeField(blank=True, null=True, verbose_name='Ends at')),
                ('attendance', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Attendance on the spot')),
                ('online_attendance', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100000000)], verbose_name='Attendance online')),
                ('estimated', models.BooleanField(default=False, verbose_name='Estimated')),
                ('class_seconds', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(31622400)], verbose_name='Class time (seconds)')),
                ('led_by', models.CharField(choices=[('station', 'Station'), ('steward', 'Steward')], default='station', editable=False, max_length=7, verbose_name='Led by')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('content', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='What was done')),
                ('effect', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='What came of it')),
                ('expected', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Expected people')),
                ('counted_by', models.CharField(choices=[('heads', 'Head count'), ('roster', 'Roster')], default='heads', editable=False, max_length=6, verbose_name='Counted by')),
                ('planned', models.BooleanField(default=False, editable=False, verbose_name='Was planned here')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='Published')),
                ('late', models.BooleanField(default=False, editable=False, verbose_name='Logged late')),
                ('late_reason', models.CharField(blank=True, max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Why so late')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('published', 'Published'), ('held', 'Held'), ('logged', 'Waiting for the station'), ('confirmed', 'Confirmed'), ('returned', 'Returned'), ('postponed', 'Postponed'), ('cancelled', 'Cancelled'), ('void', 'Void')], editable=False, max_length=9, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('device_at', models.DateTimeField(blank=True, null=True, verbose_name="Device's clock")),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
                ('batch_row', models.PositiveIntegerField(editable=False, null=True)),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.import', verbose_name='Import')),
                ('county', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='County')),
                ('division', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Town')),
                ('facility', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='stations.facility', verbose_name='Room')),
                ('firm', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='stewards.firm', verbose_name='Service provider')),
                ('posting', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='stewards.posting', verbose_name='Posting')),
                ('recorded_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                ('station', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='stations.station', verbose_name='Station')),
                ('steward', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='stewards.steward', verbose_name='Cultural steward')),
                ('village', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Village or community')),
                ('course', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='activities.course', verbose_name='Course')),
                ('genre', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='activities.genre', verbose_name='Genre')),
            ],
            options={
                'verbose_name': 'Activity',
                'verbose_name_plural': 'Activities',
                'ordering': ['-begins_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='CourseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Title')),
                ('begins_on', models.DateField(verbose_name='First day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='Last day')),
                ('sessions_planned', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='Sessions planned')),
                ('class_seconds', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(86400)], verbose_name='Class time of a session (seconds)')),
                ('capacity', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='Number of places')),
                ('room', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Classroom')),
                ('teacher', models.CharField(blank=True, max_length=60, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Teacher')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('completed', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Finished the course')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('open', 'Open'), ('closed', 'Closed'), ('void', 'Void')], editable=False, max_length=8, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('county', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County')),
                ('division', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Town')),
                ('firm', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.firm', verbose_name='Service provider')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.course')),
                ('posting', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.posting', verbose_name='Posting')),
                ('station', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station')),
                ('steward', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.steward', verbose_name='Cultural steward')),
                ('genre', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.genre', verbose_name='Genre')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ActivityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('client_uuid', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='Client id')),
                ('title', models.CharField(max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Title')),
                ('venue', models.CharField(blank=True, max_length=100, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Place')),
                ('begins_on', models.DateField(verbose_name='Date')),
                ('begins_time', models.TimeField(blank=True, null=True, verbose_name='Begins at')),
                ('ends_on', models.DateField(verbose_name='Until')),
                ('ends_time', models.TimeField(blank=True, null=True, verbose_name='Ends at')),
                ('attendance', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Attendance on the spot')),
                ('online_attendance', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100000000)], verbose_name='Attendance online')),
                ('estimated', models.BooleanField(default=False, verbose_name='Estimated')),
                ('class_seconds', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(31622400)], verbose_name='Class time (seconds)')),
                ('led_by', models.CharField(choices=[('station', 'Station'), ('steward', 'Steward')], default='station', editable=False, max_length=7, verbose_name='Led by')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Note')),
                ('content', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='What was done')),
                ('effect', models.TextField(blank=True, max_length=2000, validators=[culture_admin.interfaces.text.validate_text], verbose_name='What came of it')),
                ('expected', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(1000000)], verbose_name='Expected people')),
                ('counted_by', models.CharField(choices=[('heads', 'Head count'), ('roster', 'Roster')], default='heads', editable=False, max_length=6, verbose_name='Counted by')),
                ('planned', models.BooleanField(default=False, editable=False, verbose_name='Was planned here')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='Published')),
                ('late', models.BooleanField(default=False, editable=False, verbose_name='Logged late')),
                ('late_reason', models.CharField(blank=True, max_length=200, validators=[culture_admin.interfaces.text.validate_text], verbose_name='Why so late')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('published', 'Published'), ('held', 'Held'), ('logged', 'Waiting for the station'), ('confirmed', 'Confirmed'), ('returned', 'Returned'), ('postponed', 'Postponed'), ('cancelled', 'Cancelled'), ('void', 'Void')], editable=False, max_length=9, verbose_name='State')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('device_at', models.DateTimeField(blank=True, null=True, verbose_name="Device's clock")),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='Recorded')),
                ('batch_row', models.PositiveIntegerField(editable=False, null=True)),
                ('batch', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.import', verbose_name='Import')),
                ('county', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County')),
                ('division', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Town')),
                ('facility', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.facility', verbose_name='Room')),
                ('firm', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.firm', verbose_name='Service provider')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.activity')),
                ('posting', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.posting', verbose_name='Posting')),
                ('recorded_by', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                ('station', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station')),
                ('steward', models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.steward', verbose_name='Cultural steward')),
                ('village', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Village or community')),
                ('course', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.course', verbose_name='Course')),
                ('genre', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.genre', verbose_name='Genre')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='genre',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_genreevent" ("code", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."code", new_values."id", new_values."name_en", new_values."name_zh", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='715b89ea911129d8c21001221beeafff17409ade', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d55ca', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_genre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='genre',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_genreevent" ("code", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."code", new_values."id", new_values."name_en", new_values."name_zh", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7c3a27c2a4956d877a0635b72f46917b67bf837e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d8ecd', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_genre', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='genre',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_genreevent" ("code", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."code", old_values."id", old_values."name_en", old_values."name_zh", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7dfe9d5b22e67e1da15bae4a418c199c9d8f60fc', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1fa81', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_genre', when='AFTER')),
        ),
        migrations.AddField(
            model_name='genreevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='genreevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.genre'),
        ),
        migrations.AddField(
            model_name='activitymonth',
            name='kind',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='activities.kind'),
        ),
        migrations.AddField(
            model_name='activityevent',
            name='kind',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.kind', verbose_name='Kind'),
        ),
        migrations.AddField(
            model_name='activity',
            name='kind',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='activities.kind', verbose_name='Kind'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kind',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_kindevent" ("code", "id", "is_session", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."code", new_values."id", new_values."is_session", new_values."name_en", new_values."name_zh", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e77bd07433db5020914dec326dee4b8fc173b595', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_429c1', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_kind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kind',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_kindevent" ("code", "id", "is_session", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT new_values."code", new_values."id", new_values."is_session", new_values."name_en", new_values."name_zh", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."position" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b71d617a6e11c891995e530b52ea5a90bcdcf9cf', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7f337', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_kind', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kind',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_kindevent" ("code", "id", "is_session", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") SELECT old_values."code", old_values."id", old_values."is_session", old_values."name_en", old_values."name_zh", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."position" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ab586978f01e3d85abeac12894d1d2506c3236c2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ff827', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_kind', when='AFTER')),
        ),
        migrations.AddField(
            model_name='kindevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='kindevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.kind'),
        ),
        migrations.AddField(
            model_name='kindword',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='activities.kind', verbose_name='Kind of activity'),
        ),
        migrations.AddField(
            model_name='kindword',
            name='station',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kind_words', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='kindwordevent',
            name='kind',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.kind', verbose_name='Kind of activity'),
        ),
        migrations.AddField(
            model_name='kindwordevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='kindwordevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.kindword'),
        ),
        migrations.AddField(
            model_name='kindwordevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.CreateModel(
            name='LearnerContact',
            fields=[
                ('purged_at', models.DateTimeField(editable=False, null=True, verbose_name='Purged')),
                ('learner', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='contact', serialize=False, to='activities.learner', verbose_name='Learner')),
                ('phone', culture_admin.accounts.personal.fields.SealedField(verbose_name='Telephone')),
            ],
            options={
                'verbose_name': 'Telephone of a learner',
                'verbose_name_plural': 'Telephones of learners',
            },
        ),
        migrations.AddField(
            model_name='learner',
            name='course',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='learners', to='activities.course', verbose_name='Course'),
        ),
        migrations.AddField(
            model_name='learnerevent',
            name='course',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.course', verbose_name='Course'),
        ),
        migrations.AddField(
            model_name='learnerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='learnerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.learner'),
        ),
        migrations.AddField(
            model_name='monthlyreturn',
            name='county',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='monthlyreturn',
            name='division',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Town'),
        ),
        migrations.AddField(
            model_name='monthlyreturn',
            name='station',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='monthlyreturnevent',
            name='county',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='monthlyreturnevent',
            name='division',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Town'),
        ),
        migrations.AddField(
            model_name='monthlyreturnevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='monthlyreturnevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.monthlyreturn'),
        ),
        migrations.AddField(
            model_name='monthlyreturnevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='openingvisits',
            name='county',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='openingvisits',
            name='division',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Town'),
        ),
        migrations.AddField(
            model_name='openingvisits',
            name='recorded_by',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by'),
        ),
        migrations.AddField(
            model_name='openingvisits',
            name='station',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='openingvisitsevent',
            name='county',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='openingvisitsevent',
            name='division',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Town'),
        ),
        migrations.AddField(
            model_name='openingvisitsevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='openingvisitsevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.openingvisits'),
        ),
        migrations.AddField(
            model_name='openingvisitsevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by'),
        ),
        migrations.AddField(
            model_name='openingvisitsevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='permit',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='permits', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='permit',
            name='recorded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by'),
        ),
        migrations.AddField(
            model_name='permitevent',
            name='activity',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='permitevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='permitevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.permit'),
        ),
        migrations.AddField(
            model_name='permitevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by'),
        ),
        migrations.AddField(
            model_name='presence',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='activities.activity', verbose_name='Session'),
        ),
        migrations.AddField(
            model_name='presence',
            name='learner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='presences', to='activities.learner', verbose_name='Learner'),
        ),
        migrations.AddField(
            model_name='presenceevent',
            name='activity',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.activity', verbose_name='Session'),
        ),
        migrations.AddField(
            model_name='presenceevent',
            name='learner',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.learner', verbose_name='Learner'),
        ),
        migrations.AddField(
            model_name='presenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='presenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.presence'),
        ),
        migrations.AddField(
            model_name='prizeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='prizeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.prize'),
        ),
        migrations.AddField(
            model_name='rating',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='rating',
            name='county',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='rating',
            name='station',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='ratingevent',
            name='activity',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='ratingevent',
            name='county',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='ratingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='ratingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.rating'),
        ),
        migrations.AddField(
            model_name='ratingevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='receipt',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='User'),
        ),
        migrations.AddField(
            model_name='series',
            name='course',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='activities.course', verbose_name='Course'),
        ),
        migrations.AddField(
            model_name='series',
            name='facility',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='stations.facility', verbose_name='Room'),
        ),
        migrations.AddField(
            model_name='series',
            name='genre',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.genre', verbose_name='Genre'),
        ),
        migrations.AddField(
            model_name='series',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.kind', verbose_name='Kind'),
        ),
        migrations.AddField(
            model_name='series',
            name='posting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='stewards.posting', verbose_name='Posting'),
        ),
        migrations.AddField(
            model_name='series',
            name='station',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='series',
            name='village',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Village or community'),
        ),
        migrations.AddField(
            model_name='activityevent',
            name='series',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.series', verbose_name='Series'),
        ),
        migrations.AddField(
            model_name='activity',
            name='series',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='activities.series', verbose_name='Series'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='course',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.course', verbose_name='Course'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='facility',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.facility', verbose_name='Room'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='genre',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.genre', verbose_name='Genre'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='kind',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.kind', verbose_name='Kind'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.series'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='posting',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.posting', verbose_name='Posting'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='village',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Village or community'),
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spot_checks', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='spotcheck',
            name='recorded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Found by'),
        ),
        migrations.AddField(
            model_name='spotcheckevent',
            name='activity',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='spotcheckevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='spotcheckevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.spotcheck'),
        ),
        migrations.AddField(
            model_name='spotcheckevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Found by'),
        ),
        migrations.CreateModel(
            name='TeamContact',
            fields=[
                ('purged_at', models.DateTimeField(editable=False, null=True, verbose_name='Purged')),
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='contact', serialize=False, to='activities.team', verbose_name='Team')),
                ('phone', culture_admin.accounts.personal.fields.SealedField(verbose_name='Telephone of the leader')),
            ],
            options={
                'verbose_name': "Telephone of a team's leader",
                'verbose_name_plural': 'Telephones of team leaders',
            },
        ),
        migrations.AddField(
            model_name='team',
            name='batch',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exchange.import', verbose_name='Import'),
        ),
        migrations.AddField(
            model_name='team',
            name='county',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='team',
            name='division',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Town'),
        ),
        migrations.AddField(
            model_name='team',
            name='firm',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='stewards.firm', verbose_name='Service provider'),
        ),
        migrations.AddField(
            model_name='team',
            name='genre',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='activities.genre', verbose_name='Genre'),
        ),
        migrations.AddField(
            model_name='team',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='doubles', to='activities.team', verbose_name='Merged into'),
        ),
        migrations.AddField(
            model_name='team',
            name='posting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='stewards.posting', verbose_name='Founded with (posting)'),
        ),
        migrations.AddField(
            model_name='team',
            name='station',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='team',
            name='steward',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='stewards.steward', verbose_name='Cultural steward'),
        ),
        migrations.AddField(
            model_name='seriesevent',
            name='team',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.team', verbose_name='Team'),
        ),
        migrations.AddField(
            model_name='series',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='series', to='activities.team', verbose_name='Team'),
        ),
        migrations.AddField(
            model_name='activityevent',
            name='team',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.team', verbose_name='Team'),
        ),
        migrations.AddField(
            model_name='activity',
            name='team',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='activities.team', verbose_name='Team'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='batch',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='exchange.import', verbose_name='Import'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='county',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='division',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Town'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='firm',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.firm', verbose_name='Service provider'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='genre',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.genre', verbose_name='Genre'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='merged_into',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.team', verbose_name='Merged into'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.team'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='posting',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.posting', verbose_name='Founded with (posting)'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='teamevent',
            name='steward',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.steward', verbose_name='Cultural steward'),
        ),
        migrations.AddField(
            model_name='teamstar',
            name='team',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stars', to='activities.team', verbose_name='Team'),
        ),
        migrations.AddField(
            model_name='teamstarevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='teamstarevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.teamstar'),
        ),
        migrations.AddField(
            model_name='teamstarevent',
            name='team',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.team', verbose_name='Team'),
        ),
        migrations.AddField(
            model_name='venuebooking',
            name='activity',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='venuebooking',
            name='facility',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='stations.facility', verbose_name='Room'),
        ),
        migrations.AddField(
            model_name='venuebooking',
            name='recorded_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by'),
        ),
        migrations.AddField(
            model_name='venuebooking',
            name='station',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='venuebookingevent',
            name='activity',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.activity', verbose_name='Activity'),
        ),
        migrations.AddField(
            model_name='venuebookingevent',
            name='facility',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.facility', verbose_name='Room'),
        ),
        migrations.AddField(
            model_name='venuebookingevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='venuebookingevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.venuebooking'),
        ),
        migrations.AddField(
            model_name='venuebookingevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by'),
        ),
        migrations.AddField(
            model_name='venuebookingevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='work',
            name='county',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='work',
            name='division',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territory.division', verbose_name='Town'),
        ),
        migrations.AddField(
            model_name='work',
            name='firm',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='stewards.firm', verbose_name='Service provider'),
        ),
        migrations.AddField(
            model_name='work',
            name='genre',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='activities.genre', verbose_name='Genre'),
        ),
        migrations.AddField(
            model_name='work',
            name='posting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='stewards.posting', verbose_name='Guided by (posting)'),
        ),
        migrations.AddField(
            model_name='work',
            name='station',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='works', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='work',
            name='steward',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='stewards.steward', verbose_name='Cultural steward'),
        ),
        migrations.AddField(
            model_name='work',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='works', to='activities.team', verbose_name='Team'),
        ),
        migrations.AddField(
            model_name='prizeevent',
            name='work',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.work', verbose_name='Work'),
        ),
        migrations.AddField(
            model_name='prize',
            name='work',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prizes', to='activities.work', verbose_name='Work'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='county',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='County'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='division',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='territory.division', verbose_name='Town'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='firm',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.firm', verbose_name='Service provider'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='genre',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.genre', verbose_name='Genre'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='activities.work'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='posting',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.posting', verbose_name='Guided by (posting)'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='station',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stations.station', verbose_name='Station'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='steward',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='stewards.steward', verbose_name='Cultural steward'),
        ),
        migrations.AddField(
            model_name='workevent',
            name='team',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='activities.team', verbose_name='Team'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='courseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='59766df644b3d95f673193387054f44e13260cee', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_744ff', table='activities_courseevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='course',
            index=models.Index(models.F('id'), condition=models.Q(('state__in', ['proposed'])), name='course_waiting'),
        ),
        migrations.AddIndex(
            model_name='course',
            index=models.Index(models.F('station'), models.OrderBy(models.F('begins_on'), descending=True), models.OrderBy(models.F('id'), descending=True), name='course_of_station'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='course_ends_after_start', violation_error_message='A course does not end before it begins.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_courseevent" ("begins_on", "capacity", "class_seconds", "completed", "county_id", "division_id", "ends_on", "firm_id", "genre_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "room", "sessions_planned", "state", "station_id", "steward_id", "teacher", "title", "version") SELECT new_values."begins_on", new_values."capacity", new_values."class_seconds", new_values."completed", new_values."county_id", new_values."division_id", new_values."ends_on", new_values."firm_id", new_values."genre_id", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."posting_id", new_values."room", new_values."sessions_planned", new_values."state", new_values."station_id", new_values."steward_id", new_values."teacher", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='16996c163e1d3c45b533e3d859280e7764e27f39', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1d8a4', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_courseevent" ("begins_on", "capacity", "class_seconds", "completed", "county_id", "division_id", "ends_on", "firm_id", "genre_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "room", "sessions_planned", "state", "station_id", "steward_id", "teacher", "title", "version") SELECT new_values."begins_on", new_values."capacity", new_values."class_seconds", new_values."completed", new_values."county_id", new_values."division_id", new_values."ends_on", new_values."firm_id", new_values."genre_id", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."posting_id", new_values."room", new_values."sessions_planned", new_values."state", new_values."station_id", new_values."steward_id", new_values."teacher", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9007cb03baa0886d24a72a20b3c75c6936543480', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c1c28', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='course',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_courseevent" ("begins_on", "capacity", "class_seconds", "completed", "county_id", "division_id", "ends_on", "firm_id", "genre_id", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "room", "sessions_planned", "state", "station_id", "steward_id", "teacher", "title", "version") SELECT old_values."begins_on", old_values."capacity", old_values."class_seconds", old_values."completed", old_values."county_id", old_values."division_id", old_values."ends_on", old_values."firm_id", old_values."genre_id", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."posting_id", old_values."room", old_values."sessions_planned", old_values."state", old_values."station_id", old_values."steward_id", old_values."teacher", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='cf125120bd08d3053a8f36d0d0d0d18b7ee57536', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f557b', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_course', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='genreevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dfed574d8b6c194a05a202369ebabca96a21ac14', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_12757', table='activities_genreevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='activitymonth',
            index=models.Index(models.F('county'), models.F('month'), name='activity_month_county'),
        ),
        migrations.AddIndex(
            model_name='activitymonth',
            index=models.Index(models.F('station'), models.F('month'), name='activity_month_station'),
        ),
        migrations.AddIndex(
            model_name='activitymonth',
            index=models.Index(models.F('id'), condition=models.Q(('fresh', True)), name='activity_month_fresh'),
        ),
        migrations.AddConstraint(
            model_name='activitymonth',
            constraint=models.UniqueConstraint(condition=models.Q(('fresh', False)), fields=('county', 'station', 'month', 'kind', 'led_by', 'state', 'division'), name='activity_month_cell'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kindevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c9e39ca481347ad559f9c6516f4ad84d4771d7d2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bfee3', table='activities_kindevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='kindword',
            constraint=models.UniqueConstraint(fields=('station', 'word'), name='kind_word_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kindword',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_kindwordevent" ("id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "word") SELECT new_values."id", new_values."kind_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."station_id", new_values."word" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a140402f2c541c7ea33f645022ea1b48b6696aae', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0ec3c', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_kindword', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kindword',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_kindwordevent" ("id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "word") SELECT new_values."id", new_values."kind_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."station_id", new_values."word" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='429586986b99fc1d804b6412ce897c149a8cf3cc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_060d6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_kindword', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kindword',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_kindwordevent" ("id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "station_id", "word") SELECT old_values."id", old_values."kind_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."station_id", old_values."word" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c04c3f756ff209534d0597b8d53885f4022ebddb', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_eb331', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_kindword', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='kindwordevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0b289c0015e7dd547e888647168a406926829330', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3a1fc', table='activities_kindwordevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='learner',
            constraint=models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='learner_leaves_after_joining', violation_error_message='Nobody leaves before the day of joining.'),
        ),
        migrations.AddConstraint(
            model_name='learner',
            constraint=models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('course', 'name'), name='learner_once', violation_error_message='This name stands on the roster already; add what tells the two apart, such as 王芳（二村）.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='learner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_learnerevent" ("course_id", "id", "joined_on", "left_on", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."course_id", new_values."id", new_values."joined_on", new_values."left_on", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='42ec32f1fb11229e8311847c80f533252728fbe2', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0d33b', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_learner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='learner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_learnerevent" ("course_id", "id", "joined_on", "left_on", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT new_values."course_id", new_values."id", new_values."joined_on", new_values."left_on", new_values."name", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f7c8e88898e3aaa5d8b7554a78bc7481923a9701', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a1c58', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_learner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='learner',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_learnerevent" ("course_id", "id", "joined_on", "left_on", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") SELECT old_values."course_id", old_values."id", old_values."joined_on", old_values."left_on", old_values."name", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0b006890175764a20c2e427beee050d165f8c699', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6bbce', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_learner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='learnerevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9851f1a8fe34c05b3073ab149515b90b2a8c5b56', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_70628', table='activities_learnerevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='monthlyreturn',
            index=models.Index(models.F('id'), condition=models.Q(('state__in', ['open', 'contested', 'reopened', 'confirmed'])), name='return_waiting'),
        ),
        migrations.AddIndex(
            model_name='monthlyreturn',
            index=models.Index(models.F('month'), models.F('state'), name='return_of_month'),
        ),
        migrations.AddIndex(
            model_name='monthlyreturn',
            index=models.Index(models.F('county'), models.F('month'), name='return_of_county'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreturn',
            constraint=models.UniqueConstraint(fields=('station', 'month'), name='return_once_a_month', violation_error_message='The station has a return for this month already.'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreturn',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='return_begins_a_month', violation_error_message='A month is named by its first day.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monthlyreturn',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_monthlyreturnevent" ("county_id", "division_id", "filed", "filed_at", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "station_id", "version", "zero") SELECT new_values."county_id", new_values."division_id", new_values."filed", new_values."filed_at", new_values."id", new_values."month", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."state", new_values."station_id", new_values."version", new_values."zero" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3eaef64e64af9403c42dea13c6b0232631e2c055', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a6af8', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_monthlyreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monthlyreturn',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_monthlyreturnevent" ("county_id", "division_id", "filed", "filed_at", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "station_id", "version", "zero") SELECT new_values."county_id", new_values."division_id", new_values."filed", new_values."filed_at", new_values."id", new_values."month", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."state", new_values."station_id", new_values."version", new_values."zero" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6ceee9d728767333936c110b24a9dfd939ededea', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_184c7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_monthlyreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monthlyreturn',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_monthlyreturnevent" ("county_id", "division_id", "filed", "filed_at", "id", "month", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "station_id", "version", "zero") SELECT old_values."county_id", old_values."division_id", old_values."filed", old_values."filed_at", old_values."id", old_values."month", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."state", old_values."station_id", old_values."version", old_values."zero" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='44dcb3f1a6f325be18f50eb4943367066215b7a4', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_390d5', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_monthlyreturn', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monthlyreturnevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4d817d85cc7cb506f9d1cae2d6ed821f2e45144c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c302b', table='activities_monthlyreturnevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='openingvisits',
            index=models.Index(models.F('county'), models.F('on'), name='visits_of_county'),
        ),
        migrations.AddConstraint(
            model_name='openingvisits',
            constraint=models.UniqueConstraint(fields=('station', 'on'), name='visits_once_a_day', violation_error_message='The visits of this day are entered already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openingvisits',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_openingvisitsevent" ("county_id", "division_id", "estimated", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "station_id", "version", "visitors") SELECT new_values."county_id", new_values."division_id", new_values."estimated", new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."station_id", new_values."version", new_values."visitors" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0f3ae4e69ad3c29adb9c4a96082b07622adf0fc8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b1e71', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_openingvisits', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openingvisits',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_openingvisitsevent" ("county_id", "division_id", "estimated", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "station_id", "version", "visitors") SELECT new_values."county_id", new_values."division_id", new_values."estimated", new_values."id", new_values."on", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id", new_values."station_id", new_values."version", new_values."visitors" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f42de954f1e780b9aac1804263804e50ebff8b39', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b3e05', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_openingvisits', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openingvisits',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_openingvisitsevent" ("county_id", "division_id", "estimated", "id", "on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "station_id", "version", "visitors") SELECT old_values."county_id", old_values."division_id", old_values."estimated", old_values."id", old_values."on", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id", old_values."station_id", old_values."version", old_values."visitors" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='408b58948e88a362db775d5137fa54f0fa097021', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b6d89', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_openingvisits', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='openingvisitsevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='83818d0166c56b24a080ba2e28f288473f1c971d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3ca8f', table='activities_openingvisitsevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='permit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_permitevent" ("activity_id", "authority", "granted_on", "id", "lapsed_at", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") SELECT new_values."activity_id", new_values."authority", new_values."granted_on", new_values."id", new_values."lapsed_at", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7b952ab436ce11df1e8d5670988a24313d301b8a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6e4d4', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_permit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='permit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_permitevent" ("activity_id", "authority", "granted_on", "id", "lapsed_at", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") SELECT new_values."activity_id", new_values."authority", new_values."granted_on", new_values."id", new_values."lapsed_at", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ab55f5341498c1de1634c9de13561cd87f2997a2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c657e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_permit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='permit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_permitevent" ("activity_id", "authority", "granted_on", "id", "lapsed_at", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") SELECT old_values."activity_id", old_values."authority", old_values."granted_on", old_values."id", old_values."lapsed_at", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a90e73ca18da96e7cd8300b534df3071631b1f4b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e3a81', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_permit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='permitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e80b43a624c49fa8eaeaa97b657ab80493c76aa1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b817e', table='activities_permitevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('activity', 'learner'), name='presence_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='presence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_presenceevent" ("activity_id", "id", "learner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present") SELECT new_values."activity_id", new_values."id", new_values."learner_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."present" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='148e71fa48749175b9b128b73ce6398990e32419', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e9030', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_presence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='presence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_presenceevent" ("activity_id", "id", "learner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present") SELECT new_values."activity_id", new_values."id", new_values."learner_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."present" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0efc293d521372930a1cd4efa48ba8c64775aacc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_6de5d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_presence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='presence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_presenceevent" ("activity_id", "id", "learner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "present") SELECT old_values."activity_id", old_values."id", old_values."learner_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."present" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9d34b9d59a3f00efd3b6da34dc60bb905c35fef6', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_62614', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_presence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='presenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1c9e7f04b7a57765fa5859c19c3eb6475d80920e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_72e21', table='activities_presenceevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('activity', 'device'), name='rating_once'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('score__lte', 5)), name='rating_score'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_ratingevent" ("activity_id", "at", "comment", "county_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "station_id") SELECT new_values."activity_id", new_values."at", new_values."comment", new_values."county_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."score", new_values."station_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='45b7d1bf419e0cbca2200e72882ac93b8cf67cbe', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4d53d', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_ratingevent" ("activity_id", "at", "comment", "county_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "station_id") SELECT new_values."activity_id", new_values."at", new_values."comment", new_values."county_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."score", new_values."station_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."activity_id" IS DISTINCT FROM (new_values."activity_id") OR old_values."at" IS DISTINCT FROM (new_values."at") OR old_values."comment" IS DISTINCT FROM (new_values."comment") OR old_values."county_id" IS DISTINCT FROM (new_values."county_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."score" IS DISTINCT FROM (new_values."score") OR old_values."station_id" IS DISTINCT FROM (new_values."station_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c88edbc98bd3a08b6dd20cb1ea28dded90673513', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e081e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rating',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_ratingevent" ("activity_id", "at", "comment", "county_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "score", "station_id") SELECT old_values."activity_id", old_values."at", old_values."comment", old_values."county_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."score", old_values."station_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b8ed0fd294f28e950b8a61c3ca0ed80c57caddb2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3f1b8', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_rating', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ratingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4622d9acaa2a706e2d7bdc11bb4a652862e7e2e3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d6faa', table='activities_ratingevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.UniqueConstraint(fields=('user', 'entry'), name='receipt_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheck',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_spotcheckevent" ("activity_id", "finding", "found_on", "heads_seen", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") SELECT new_values."activity_id", new_values."finding", new_values."found_on", new_values."heads_seen", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."recorded_at", new_values."recorded_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ee0f5570b5cd561f1a2fac0f03336b65674c2fb6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9a453', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_spotcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheck',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_spotcheckevent" ("activity_id", "finding", "found_on", "heads_seen", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") SELECT new_values."activity_id", new_values."finding", new_values."found_on", new_values."heads_seen", new_values."id", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."recorded_at", new_values."recorded_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4c73edbb6b602a653012bf2dcd4159f427abad16', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_077ec', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_spotcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheck',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_spotcheckevent" ("activity_id", "finding", "found_on", "heads_seen", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id") SELECT old_values."activity_id", old_values."finding", old_values."found_on", old_values."heads_seen", old_values."id", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."recorded_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='28c4ecdef11fa671d455d043de377e99d12d770b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9e6ea', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_spotcheck', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='spotcheckevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='87690daec1c8a86da55d6c8d6076fb052ebb861f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_22d89', table='activities_spotcheckevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='team',
            index=models.Index(models.F('id'), condition=models.Q(('state__in', ['applied', 'returned', 'registered'])), name='team_waiting'),
        ),
        migrations.AddIndex(
            model_name='team',
            index=models.Index(models.F('station'), models.F('name'), name='team_of_station'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['applied', 'registered', 'filed', 'rectifying', 'returned'])), fields=('station', 'name', 'leader', 'village'), name='team_once', violation_error_message='The station has a team of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('deregistered_on__isnull', True), ('deregistered_on__gte', models.F('registered_on')), _connector='OR'), name='team_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into__isnull', False), ('state', 'merged')), models.Q(('state', 'merged'), _negated=True), _connector='OR'), name='team_merged_into_one'),
        ),
        migrations.AddConstraint(
            model_name='team',
            constraint=models.CheckConstraint(condition=models.Q(('members__isnull', True), ('men__isnull', True), ('women__isnull', True), ('members', django.db.models.expressions.CombinedExpression(models.F('men'), '+', models.F('women'))), _connector='OR'), name='team_members_add_up', violation_error_message='Men and women together are not as many as the members.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='team',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_teamevent" ("aged", "batch_id", "batch_row", "county_id", "deputy", "deregistered_on", "division_id", "firm_id", "founded_on", "genre_id", "id", "leader", "members", "men", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "registered_on", "rehearsal", "search", "state", "station_id", "steward_id", "subsidy", "supervisor", "tutor", "venue", "version", "village", "women") SELECT new_values."aged", new_values."batch_id", new_values."batch_row", new_values."county_id", new_values."deputy", new_values."deregistered_on", new_values."division_id", new_values."firm_id", new_values."founded_on", new_values."genre_id", new_values."id", new_values."leader", new_values."members", new_values."men", new_values."merged_into_id", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."posting_id", new_values."registered_on", new_values."rehearsal", new_values."search", new_values."state", new_values."station_id", new_values."steward_id", new_values."subsidy", new_values."supervisor", new_values."tutor", new_values."venue", new_values."version", new_values."village", new_values."women" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8da7e2a5a5ba8403e8722040fe96e706879b6e1b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7826d', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_team', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='team',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_teamevent" ("aged", "batch_id", "batch_row", "county_id", "deputy", "deregistered_on", "division_id", "firm_id", "founded_on", "genre_id", "id", "leader", "members", "men", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "registered_on", "rehearsal", "search", "state", "station_id", "steward_id", "subsidy", "supervisor", "tutor", "venue", "version", "village", "women") SELECT new_values."aged", new_values."batch_id", new_values."batch_row", new_values."county_id", new_values."deputy", new_values."deregistered_on", new_values."division_id", new_values."firm_id", new_values."founded_on", new_values."genre_id", new_values."id", new_values."leader", new_values."members", new_values."men", new_values."merged_into_id", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."posting_id", new_values."registered_on", new_values."rehearsal", new_values."search", new_values."state", new_values."station_id", new_values."steward_id", new_values."subsidy", new_values."supervisor", new_values."tutor", new_values."venue", new_values."version", new_values."village", new_values."women" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='566197838129493b1a7104a06dc14007e3a119ba', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f6fb2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_team', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='team',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_teamevent" ("aged", "batch_id", "batch_row", "county_id", "deputy", "deregistered_on", "division_id", "firm_id", "founded_on", "genre_id", "id", "leader", "members", "men", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "registered_on", "rehearsal", "search", "state", "station_id", "steward_id", "subsidy", "supervisor", "tutor", "venue", "version", "village", "women") SELECT old_values."aged", old_values."batch_id", old_values."batch_row", old_values."county_id", old_values."deputy", old_values."deregistered_on", old_values."division_id", old_values."firm_id", old_values."founded_on", old_values."genre_id", old_values."id", old_values."leader", old_values."members", old_values."men", old_values."merged_into_id", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."posting_id", old_values."registered_on", old_values."rehearsal", old_values."search", old_values."state", old_values."station_id", old_values."steward_id", old_values."subsidy", old_values."supervisor", old_values."tutor", old_values."venue", old_values."version", old_values."village", old_values."women" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='72faf43df156e5b88054c44301309002bcb84f9b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_01ab1', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_team', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seriesevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a78813cc141ff3c3bb63f1f701989c72c8d9fa53', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a5ca9', table='activities_seriesevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='series',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='series_ends_after_start', violation_error_message='A series does not end before it begins.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='series',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_seriesevent" ("begins_on", "begins_time", "course_id", "ends_on", "ends_time", "every", "facility_id", "genre_id", "id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "skips_holidays", "station_id", "team_id", "title", "venue", "version", "village_id", "weekdays") SELECT new_values."begins_on", new_values."begins_time", new_values."course_id", new_values."ends_on", new_values."ends_time", new_values."every", new_values."facility_id", new_values."genre_id", new_values."id", new_values."kind_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."posting_id", new_values."skips_holidays", new_values."station_id", new_values."team_id", new_values."title", new_values."venue", new_values."version", new_values."village_id", new_values."weekdays" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7eff5d13fc90d1639527bc3cc21f6a52ae4b3e6e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c14e4', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_series', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='series',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_seriesevent" ("begins_on", "begins_time", "course_id", "ends_on", "ends_time", "every", "facility_id", "genre_id", "id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "skips_holidays", "station_id", "team_id", "title", "venue", "version", "village_id", "weekdays") SELECT new_values."begins_on", new_values."begins_time", new_values."course_id", new_values."ends_on", new_values."ends_time", new_values."every", new_values."facility_id", new_values."genre_id", new_values."id", new_values."kind_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."posting_id", new_values."skips_holidays", new_values."station_id", new_values."team_id", new_values."title", new_values."venue", new_values."version", new_values."village_id", new_values."weekdays" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e21775d7787a1568bf55611bc3bcdccd96f0438b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_10206', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_series', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='series',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_seriesevent" ("begins_on", "begins_time", "course_id", "ends_on", "ends_time", "every", "facility_id", "genre_id", "id", "kind_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "skips_holidays", "station_id", "team_id", "title", "venue", "version", "village_id", "weekdays") SELECT old_values."begins_on", old_values."begins_time", old_values."course_id", old_values."ends_on", old_values."ends_time", old_values."every", old_values."facility_id", old_values."genre_id", old_values."id", old_values."kind_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."posting_id", old_values."skips_holidays", old_values."station_id", old_values."team_id", old_values."title", old_values."venue", old_values."version", old_values."village_id", old_values."weekdays" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7fdb25a4fdf72c239160a16ad8eb3f2a5e1c29be', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3a68c', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_series', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='db1ce8ee7434c8d6ffd204f1fd78016cd3a3a0a3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_09934', table='activities_activityevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.OrderBy(models.F('begins_on'), descending=True), models.OrderBy(models.F('id'), descending=True), name='activity_newest'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('station'), models.OrderBy(models.F('begins_on'), descending=True), models.OrderBy(models.F('id'), descending=True), name='activity_of_station'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('county'), models.OrderBy(models.F('begins_on'), descending=True), models.OrderBy(models.F('id'), descending=True), name='activity_of_county'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('firm'), models.OrderBy(models.F('begins_on'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('firm__isnull', False)), name='activity_of_firm'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('steward'), models.F('begins_on'), condition=models.Q(('steward__isnull', False)), name='activity_of_steward'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('team'), models.F('begins_on'), condition=models.Q(('team__isnull', False)), name='activity_of_team'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('course'), models.F('begins_on'), condition=models.Q(('course__isnull', False)), name='activity_of_course'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('recorded_by'), models.F('id'), name='activity_recorded_by'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('station'), models.F('begins_on'), condition=models.Q(('planned', True)), name='activity_planned'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('batch'), condition=models.Q(('batch__isnull', False)), name='activity_of_batch'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(models.F('station'), models.F('begins_on'), condition=models.Q(('state__in', ['logged', 'returned'])), name='activity_waiting'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('begins_on'))), name='activity_ends_after_start', violation_error_message='An activity does not end before it begins.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('firm__isnull', False), ('led_by', 'steward'), ('steward__isnull', False)), models.Q(('firm__isnull', True), ('led_by', 'station'), ('steward__isnull', True)), _connector='OR'), name='activity_led_by_one'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='summary_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO activities_activitymonth (county_id, station_id, division_id, kind_id, month, led_by, state, number, attendance, attendance_recorded, online_attendance, online_recorded, class_seconds, seconds_recorded, person_seconds, person_seconds_recorded) SELECT county_id, station_id, division_id, kind_id, month, led_by, state, sum(number)::bigint, sum(attendance)::bigint, sum(attendance_recorded)::bigint, sum(online_attendance)::bigint, sum(online_recorded)::bigint, sum(class_seconds)::bigint, sum(seconds_recorded)::bigint, sum(person_seconds)::bigint, sum(person_seconds_recorded)::bigint FROM (SELECT county_id, station_id, division_id, kind_id, date_trunc('month', begins_on::timestamp)::date AS month, led_by, state, (1)::bigint AS number, (coalesce(attendance, 0))::bigint AS attendance, ((attendance IS NOT NULL)::int)::bigint AS attendance_recorded, (coalesce(online_attendance, 0))::bigint AS online_attendance, ((online_attendance IS NOT NULL)::int)::bigint AS online_recorded, (coalesce(class_seconds, 0))::bigint AS class_seconds, ((class_seconds IS NOT NULL)::int)::bigint AS seconds_recorded, (coalesce(class_seconds::bigint * attendance, 0))::bigint AS person_seconds, ((class_seconds IS NOT NULL AND attendance IS NOT NULL)::int)::bigint AS person_seconds_recorded FROM new_rows) AS line GROUP BY county_id, station_id, division_id, kind_id, month, led_by, state HAVING sum(number) <> 0 OR sum(attendance) <> 0 OR sum(attendance_recorded) <> 0 OR sum(online_attendance) <> 0 OR sum(online_recorded) <> 0 OR sum(class_seconds) <> 0 OR sum(seconds_recorded) <> 0 OR sum(person_seconds) <> 0 OR sum(person_seconds_recorded) <> 0; RETURN NULL;", hash='c3566eddfd703627cbc5cdc2b4450df3abdf6a9e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_summary_insert_4a213', referencing='REFERENCING NEW TABLE AS new_rows ', table='activities_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='summary_update', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO activities_activitymonth (county_id, station_id, division_id, kind_id, month, led_by, state, number, attendance, attendance_recorded, online_attendance, online_recorded, class_seconds, seconds_recorded, person_seconds, person_seconds_recorded) SELECT county_id, station_id, division_id, kind_id, month, led_by, state, sum(number)::bigint, sum(attendance)::bigint, sum(attendance_recorded)::bigint, sum(online_attendance)::bigint, sum(online_recorded)::bigint, sum(class_seconds)::bigint, sum(seconds_recorded)::bigint, sum(person_seconds)::bigint, sum(person_seconds_recorded)::bigint FROM (SELECT county_id, station_id, division_id, kind_id, date_trunc('month', begins_on::timestamp)::date AS month, led_by, state, (1)::bigint AS number, (coalesce(attendance, 0))::bigint AS attendance, ((attendance IS NOT NULL)::int)::bigint AS attendance_recorded, (coalesce(online_attendance, 0))::bigint AS online_attendance, ((online_attendance IS NOT NULL)::int)::bigint AS online_recorded, (coalesce(class_seconds, 0))::bigint AS class_seconds, ((class_seconds IS NOT NULL)::int)::bigint AS seconds_recorded, (coalesce(class_seconds::bigint * attendance, 0))::bigint AS person_seconds, ((class_seconds IS NOT NULL AND attendance IS NOT NULL)::int)::bigint AS person_seconds_recorded FROM new_rows UNION ALL SELECT county_id, station_id, division_id, kind_id, date_trunc('month', begins_on::timestamp)::date AS month, led_by, state, -(1)::bigint AS number, -(coalesce(attendance, 0))::bigint AS attendance, -((attendance IS NOT NULL)::int)::bigint AS attendance_recorded, -(coalesce(online_attendance, 0))::bigint AS online_attendance, -((online_attendance IS NOT NULL)::int)::bigint AS online_recorded, -(coalesce(class_seconds, 0))::bigint AS class_seconds, -((class_seconds IS NOT NULL)::int)::bigint AS seconds_recorded, -(coalesce(class_seconds::bigint * attendance, 0))::bigint AS person_seconds, -((class_seconds IS NOT NULL AND attendance IS NOT NULL)::int)::bigint AS person_seconds_recorded FROM old_rows) AS line GROUP BY county_id, station_id, division_id, kind_id, month, led_by, state HAVING sum(number) <> 0 OR sum(attendance) <> 0 OR sum(attendance_recorded) <> 0 OR sum(online_attendance) <> 0 OR sum(online_recorded) <> 0 OR sum(class_seconds) <> 0 OR sum(seconds_recorded) <> 0 OR sum(person_seconds) <> 0 OR sum(person_seconds_recorded) <> 0; RETURN NULL;", hash='93300fb5348c4e1b919e4c4cb90a364d49568439', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_summary_update_e3255', referencing='REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ', table='activities_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='summary_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="INSERT INTO activities_activitymonth (county_id, station_id, division_id, kind_id, month, led_by, state, number, attendance, attendance_recorded, online_attendance, online_recorded, class_seconds, seconds_recorded, person_seconds, person_seconds_recorded) SELECT county_id, station_id, division_id, kind_id, month, led_by, state, sum(number)::bigint, sum(attendance)::bigint, sum(attendance_recorded)::bigint, sum(online_attendance)::bigint, sum(online_recorded)::bigint, sum(class_seconds)::bigint, sum(seconds_recorded)::bigint, sum(person_seconds)::bigint, sum(person_seconds_recorded)::bigint FROM (SELECT county_id, station_id, division_id, kind_id, date_trunc('month', begins_on::timestamp)::date AS month, led_by, state, -(1)::bigint AS number, -(coalesce(attendance, 0))::bigint AS attendance, -((attendance IS NOT NULL)::int)::bigint AS attendance_recorded, -(coalesce(online_attendance, 0))::bigint AS online_attendance, -((online_attendance IS NOT NULL)::int)::bigint AS online_recorded, -(coalesce(class_seconds, 0))::bigint AS class_seconds, -((class_seconds IS NOT NULL)::int)::bigint AS seconds_recorded, -(coalesce(class_seconds::bigint * attendance, 0))::bigint AS person_seconds, -((class_seconds IS NOT NULL AND attendance IS NOT NULL)::int)::bigint AS person_seconds_recorded FROM old_rows) AS line GROUP BY county_id, station_id, division_id, kind_id, month, led_by, state HAVING sum(number) <> 0 OR sum(attendance) <> 0 OR sum(attendance_recorded) <> 0 OR sum(online_attendance) <> 0 OR sum(online_recorded) <> 0 OR sum(class_seconds) <> 0 OR sum(seconds_recorded) <> 0 OR sum(person_seconds) <> 0 OR sum(person_seconds_recorded) <> 0; RETURN NULL;", hash='177e79a3d5c043a348e5dd73ffe0231b2fbfc74c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_summary_delete_b188e', referencing='REFERENCING OLD TABLE AS old_rows ', table='activities_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='links_insert', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fault text;', func="\n    SELECT * INTO fault FROM (SELECT 'station_id ' || named.value || ' names no row' FROM (SELECT DISTINCT station_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stations_station WHERE stations_station.unit_id = named.value) UNION ALL SELECT 'division_id ' || named.value || ' names no row' FROM (SELECT DISTINCT division_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM territory_division WHERE territory_division.id = named.value) UNION ALL SELECT 'county_id ' || named.value || ' names no row' FROM (SELECT DISTINCT county_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM territory_division WHERE territory_division.id = named.value) UNION ALL SELECT 'village_id ' || named.value || ' names no row' FROM (SELECT DISTINCT village_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM territory_division WHERE territory_division.id = named.value) UNION ALL SELECT 'kind_id ' || named.value || ' names no row' FROM (SELECT DISTINCT kind_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_kind WHERE activities_kind.id = named.value) UNION ALL SELECT 'genre_id ' || named.value || ' names no row' FROM (SELECT DISTINCT genre_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_genre WHERE activities_genre.id = named.value) UNION ALL SELECT 'posting_id ' || named.value || ' names no row' FROM (SELECT DISTINCT posting_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stewards_posting WHERE stewards_posting.id = named.value) UNION ALL SELECT 'steward_id ' || named.value || ' names no row' FROM (SELECT DISTINCT steward_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stewards_steward WHERE stewards_steward.id = named.value) UNION ALL SELECT 'firm_id ' || named.value || ' names no row' FROM (SELECT DISTINCT firm_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stewards_firm WHERE stewards_firm.unit_id = named.value) UNION ALL SELECT 'team_id ' || named.value || ' names no row' FROM (SELECT DISTINCT team_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_team WHERE activities_team.id = named.value) UNION ALL SELECT 'facility_id ' || named.value || ' names no row' FROM (SELECT DISTINCT facility_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stations_facility WHERE stations_facility.id = named.value) UNION ALL SELECT 'series_id ' || named.value || ' names no row' FROM (SELECT DISTINCT series_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_series WHERE activities_series.id = named.value) UNION ALL SELECT 'course_id ' || named.value || ' names no row' FROM (SELECT DISTINCT course_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_course WHERE activities_course.id = named.value) UNION ALL SELECT 'recorded_by_id ' || named.value || ' names no row' FROM (SELECT DISTINCT recorded_by_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM accounts_user WHERE accounts_user.id = named.value) UNION ALL SELECT 'batch_id ' || named.value || ' names no row' FROM (SELECT DISTINCT batch_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM exchange_import WHERE exchange_import.id = named.value)) AS faults LIMIT 1;\n    IF FOUND THEN\n        RAISE foreign_key_violation USING MESSAGE = fault, TABLE = TG_TABLE_NAME;\n    END IF;\n    RETURN NULL;\n", hash='8669617a30c20bc25e34d2aa316f83e4c34386fb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_links_insert_bd8dd', referencing='REFERENCING NEW TABLE AS new_rows ', table='activities_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='links_update', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fault text;', func="\n    SELECT * INTO fault FROM (SELECT 'station_id ' || named.value || ' names no row' FROM (SELECT DISTINCT station_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stations_station WHERE stations_station.unit_id = named.value) UNION ALL SELECT 'division_id ' || named.value || ' names no row' FROM (SELECT DISTINCT division_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM territory_division WHERE territory_division.id = named.value) UNION ALL SELECT 'county_id ' || named.value || ' names no row' FROM (SELECT DISTINCT county_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM territory_division WHERE territory_division.id = named.value) UNION ALL SELECT 'village_id ' || named.value || ' names no row' FROM (SELECT DISTINCT village_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM territory_division WHERE territory_division.id = named.value) UNION ALL SELECT 'kind_id ' || named.value || ' names no row' FROM (SELECT DISTINCT kind_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_kind WHERE activities_kind.id = named.value) UNION ALL SELECT 'genre_id ' || named.value || ' names no row' FROM (SELECT DISTINCT genre_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_genre WHERE activities_genre.id = named.value) UNION ALL SELECT 'posting_id ' || named.value || ' names no row' FROM (SELECT DISTINCT posting_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stewards_posting WHERE stewards_posting.id = named.value) UNION ALL SELECT 'steward_id ' || named.value || ' names no row' FROM (SELECT DISTINCT steward_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stewards_steward WHERE stewards_steward.id = named.value) UNION ALL SELECT 'firm_id ' || named.value || ' names no row' FROM (SELECT DISTINCT firm_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stewards_firm WHERE stewards_firm.unit_id = named.value) UNION ALL SELECT 'team_id ' || named.value || ' names no row' FROM (SELECT DISTINCT team_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_team WHERE activities_team.id = named.value) UNION ALL SELECT 'facility_id ' || named.value || ' names no row' FROM (SELECT DISTINCT facility_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM stations_facility WHERE stations_facility.id = named.value) UNION ALL SELECT 'series_id ' || named.value || ' names no row' FROM (SELECT DISTINCT series_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_series WHERE activities_series.id = named.value) UNION ALL SELECT 'course_id ' || named.value || ' names no row' FROM (SELECT DISTINCT course_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM activities_course WHERE activities_course.id = named.value) UNION ALL SELECT 'recorded_by_id ' || named.value || ' names no row' FROM (SELECT DISTINCT recorded_by_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM accounts_user WHERE accounts_user.id = named.value) UNION ALL SELECT 'batch_id ' || named.value || ' names no row' FROM (SELECT DISTINCT batch_id AS value FROM new_rows) AS named WHERE value IS NOT NULL AND NOT EXISTS (SELECT FROM exchange_import WHERE exchange_import.id = named.value)) AS faults LIMIT 1;\n    IF FOUND THEN\n        RAISE foreign_key_violation USING MESSAGE = fault, TABLE = TG_TABLE_NAME;\n    END IF;\n    RETURN NULL;\n", hash='1d30ca992ffcba5a2c4e05a4dac69c6df83066aa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_links_update_a1058', referencing='REFERENCING NEW TABLE AS new_rows ', table='activities_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityevent" ("attendance", "batch_id", "batch_row", "begins_on", "begins_time", "class_seconds", "client_uuid", "content", "counted_by", "county_id", "course_id", "device_at", "division_id", "effect", "ends_on", "ends_time", "estimated", "expected", "facility_id", "firm_id", "genre_id", "id", "kind_id", "late", "late_reason", "led_by", "note", "online_attendance", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "posting_id", "published_at", "recorded_at", "recorded_by_id", "series_id", "state", "station_id", "steward_id", "team_id", "title", "venue", "version", "village_id") SELECT new_values."attendance", new_values."batch_id", new_values."batch_row", new_values."begins_on", new_values."begins_time", new_values."class_seconds", new_values."client_uuid", new_values."content", new_values."counted_by", new_values."county_id", new_values."course_id", new_values."device_at", new_values."division_id", new_values."effect", new_values."ends_on", new_values."ends_time", new_values."estimated", new_values."expected", new_values."facility_id", new_values."firm_id", new_values."genre_id", new_values."id", new_values."kind_id", new_values."late", new_values."late_reason", new_values."led_by", new_values."note", new_values."online_attendance", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."planned", new_values."posting_id", new_values."published_at", new_values."recorded_at", new_values."recorded_by_id", new_values."series_id", new_values."state", new_values."station_id", new_values."steward_id", new_values."team_id", new_values."title", new_values."venue", new_values."version", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='71170116a0c919943b2e3e440bfa2bb75b0fc1a1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6de9c', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityevent" ("attendance", "batch_id", "batch_row", "begins_on", "begins_time", "class_seconds", "client_uuid", "content", "counted_by", "county_id", "course_id", "device_at", "division_id", "effect", "ends_on", "ends_time", "estimated", "expected", "facility_id", "firm_id", "genre_id", "id", "kind_id", "late", "late_reason", "led_by", "note", "online_attendance", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "posting_id", "published_at", "recorded_at", "recorded_by_id", "series_id", "state", "station_id", "steward_id", "team_id", "title", "venue", "version", "village_id") SELECT new_values."attendance", new_values."batch_id", new_values."batch_row", new_values."begins_on", new_values."begins_time", new_values."class_seconds", new_values."client_uuid", new_values."content", new_values."counted_by", new_values."county_id", new_values."course_id", new_values."device_at", new_values."division_id", new_values."effect", new_values."ends_on", new_values."ends_time", new_values."estimated", new_values."expected", new_values."facility_id", new_values."firm_id", new_values."genre_id", new_values."id", new_values."kind_id", new_values."late", new_values."late_reason", new_values."led_by", new_values."note", new_values."online_attendance", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."planned", new_values."posting_id", new_values."published_at", new_values."recorded_at", new_values."recorded_by_id", new_values."series_id", new_values."state", new_values."station_id", new_values."steward_id", new_values."team_id", new_values."title", new_values."venue", new_values."version", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7ecfd7f95f3d8b8807d1ff91bb76edecdc785f12', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a56a1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_activityevent" ("attendance", "batch_id", "batch_row", "begins_on", "begins_time", "class_seconds", "client_uuid", "content", "counted_by", "county_id", "course_id", "device_at", "division_id", "effect", "ends_on", "ends_time", "estimated", "expected", "facility_id", "firm_id", "genre_id", "id", "kind_id", "late", "late_reason", "led_by", "note", "online_attendance", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned", "posting_id", "published_at", "recorded_at", "recorded_by_id", "series_id", "state", "station_id", "steward_id", "team_id", "title", "venue", "version", "village_id") SELECT old_values."attendance", old_values."batch_id", old_values."batch_row", old_values."begins_on", old_values."begins_time", old_values."class_seconds", old_values."client_uuid", old_values."content", old_values."counted_by", old_values."county_id", old_values."course_id", old_values."device_at", old_values."division_id", old_values."effect", old_values."ends_on", old_values."ends_time", old_values."estimated", old_values."expected", old_values."facility_id", old_values."firm_id", old_values."genre_id", old_values."id", old_values."kind_id", old_values."late", old_values."late_reason", old_values."led_by", old_values."note", old_values."online_attendance", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."planned", old_values."posting_id", old_values."published_at", old_values."recorded_at", old_values."recorded_by_id", old_values."series_id", old_values."state", old_values."station_id", old_values."steward_id", old_values."team_id", old_values."title", old_values."venue", old_values."version", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d4299f79aebd710f767f141a40a3f391b3027e47', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cc776', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_activity', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teamevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4ecd072d92ea6ed2eda2ca806a204ab2c785b7a7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_29fd3', table='activities_teamevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='teamstar',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__gt', models.F('awarded_on'))), name='teamstar_ends_after_start', violation_error_message='The end lies after the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='teamstar',
            constraint=models.UniqueConstraint(fields=('team', 'awarded_on'), name='teamstar_once', violation_error_message='The team has a rating from this day already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teamstar',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_teamstarevent" ("awarded_on", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stars", "team_id", "valid_to") SELECT new_values."awarded_on", new_values."document", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."stars", new_values."team_id", new_values."valid_to" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3ff5b564d3c0a0fa94984b3925a50fc9adddc53c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0a4b3', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_teamstar', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teamstar',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_teamstarevent" ("awarded_on", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stars", "team_id", "valid_to") SELECT new_values."awarded_on", new_values."document", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."stars", new_values."team_id", new_values."valid_to" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8009ca90f940741d20f986b9568ae4e5c17eee5f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b35f8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_teamstar', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teamstar',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_teamstarevent" ("awarded_on", "document", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "stars", "team_id", "valid_to") SELECT old_values."awarded_on", old_values."document", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."stars", old_values."team_id", old_values."valid_to" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='067c0784a73a4cf21d18db4815ff9e047c85bd6c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_72a87', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_teamstar', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='teamstarevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f99274af53ce1825d71b62137d7f006a2510b56b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ab3e', table='activities_teamstarevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='venuebooking',
            index=models.Index(models.F('station'), models.F('begins_at'), name='booking_of_station'),
        ),
        migrations.AddConstraint(
            model_name='venuebooking',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='venue_booking_ends_after_start', violation_error_message='A booking ends after it begins.'),
        ),
        migrations.AddConstraint(
            model_name='venuebooking',
            constraint=models.UniqueConstraint(condition=models.Q(('activity__isnull', False), ('state', 'booked')), fields=('activity',), name='venue_booking_once_an_activity', violation_error_message='The activity has a room already.'),
        ),
        migrations.AddConstraint(
            model_name='venuebooking',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', 'booked')), expressions=[(models.Func(models.F('facility'), models.F('facility'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('begins_at'), models.F('ends_at'), models.Value('[)'), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='venue_booking_room_once', violation_error_code='room_taken', violation_error_message='The room is taken at that time.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='venuebooking',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_venuebookingevent" ("activity_id", "begins_at", "ends_at", "facility_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_at", "recorded_by_id", "state", "station_id", "version") SELECT new_values."activity_id", new_values."begins_at", new_values."ends_at", new_values."facility_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."purpose", new_values."recorded_at", new_values."recorded_by_id", new_values."state", new_values."station_id", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ad452f4f7a227537cb2aa38e6238b2741986e670', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_fd682', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_venuebooking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='venuebooking',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_venuebookingevent" ("activity_id", "begins_at", "ends_at", "facility_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_at", "recorded_by_id", "state", "station_id", "version") SELECT new_values."activity_id", new_values."begins_at", new_values."ends_at", new_values."facility_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."purpose", new_values."recorded_at", new_values."recorded_by_id", new_values."state", new_values."station_id", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='05e94e6e4e6db6e09c2adf4bc0a27411c534e2e9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b775f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_venuebooking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='venuebooking',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_venuebookingevent" ("activity_id", "begins_at", "ends_at", "facility_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "recorded_at", "recorded_by_id", "state", "station_id", "version") SELECT old_values."activity_id", old_values."begins_at", old_values."ends_at", old_values."facility_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."purpose", old_values."recorded_at", old_values."recorded_by_id", old_values."state", old_values."station_id", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='72e6e2842176e761d036659ee340d2aaf47235db', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_68e9d', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_venuebooking', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='venuebookingevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='87dc283782444e28b050e9adecc146940d5af431', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b80ff', table='activities_venuebookingevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='work',
            index=models.Index(models.F('id'), condition=models.Q(('state__in', ['proposed'])), name='work_waiting'),
        ),
        migrations.AddIndex(
            model_name='work',
            index=models.Index(models.F('station'), models.OrderBy(models.F('finished_on'), descending=True), models.OrderBy(models.F('id'), descending=True), name='work_of_station'),
        ),
        migrations.AddConstraint(
            model_name='work',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'void'), _negated=True), fields=('station', 'title', 'author'), name='work_once', violation_error_message='The station has a work of this title and author already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='work',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_workevent" ("author", "county_id", "division_id", "finished_on", "firm_id", "genre_id", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "state", "station_id", "steward_id", "team_id", "title", "version") SELECT new_values."author", new_values."county_id", new_values."division_id", new_values."finished_on", new_values."firm_id", new_values."genre_id", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."posting_id", new_values."state", new_values."station_id", new_values."steward_id", new_values."team_id", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3532eed3f7313e030349aa15701ad39f8e500454', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c90d9', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_work', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='work',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_workevent" ("author", "county_id", "division_id", "finished_on", "firm_id", "genre_id", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "state", "station_id", "steward_id", "team_id", "title", "version") SELECT new_values."author", new_values."county_id", new_values."division_id", new_values."finished_on", new_values."firm_id", new_values."genre_id", new_values."id", new_values."kind", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."posting_id", new_values."state", new_values."station_id", new_values."steward_id", new_values."team_id", new_values."title", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6d9d1b92df6c0f3fc14151fed302a87b06a6d88c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3110e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_work', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='work',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_workevent" ("author", "county_id", "division_id", "finished_on", "firm_id", "genre_id", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posting_id", "state", "station_id", "steward_id", "team_id", "title", "version") SELECT old_values."author", old_values."county_id", old_values."division_id", old_values."finished_on", old_values."firm_id", old_values."genre_id", old_values."id", old_values."kind", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."posting_id", old_values."state", old_values."station_id", old_values."steward_id", old_values."team_id", old_values."title", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a8c8c074424260e88b333f95c03848b8f1a7fb52', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3f69f', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_work', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prizeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e32e15f7f92a26f9e9b0d04b2768656826cb747', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_105c1', table='activities_prizeevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='prize',
            constraint=models.UniqueConstraint(fields=('work', 'name', 'awarded_on'), name='prize_once', violation_error_message='This prize of this day is recorded already.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prize',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_prizeevent" ("awarded_on", "document", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "work_id") SELECT new_values."awarded_on", new_values."document", new_values."id", new_values."level", new_values."name", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."rank", new_values."work_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='334e9fb240773b4bae22fd27f73696da91db79bc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_38f96', referencing='REFERENCING NEW TABLE AS new_values ', table='activities_prize', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prize',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_prizeevent" ("awarded_on", "document", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "work_id") SELECT new_values."awarded_on", new_values."document", new_values."id", new_values."level", new_values."name", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."rank", new_values."work_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fec27b7562dbd8fe3fdfe6da324fbc3febb7730a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e8e18', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='activities_prize', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prize',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_prizeevent" ("awarded_on", "document", "id", "level", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rank", "work_id") SELECT old_values."awarded_on", old_values."document", old_values."id", old_values."level", old_values."name", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."rank", old_values."work_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8a3fab7c00d1c408154199e7f562f0773e80da71', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_2a6d7', referencing='REFERENCING OLD TABLE AS old_values ', table='activities_prize', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7de8123bb43290423e600ab30eda0e1414dd6b0b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fc7f3', table='activities_workevent', when='BEFORE')),
        ),
    ]
