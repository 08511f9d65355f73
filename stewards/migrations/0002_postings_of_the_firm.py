"""A posting's firm is its steward's firm: a composite foreign key, because the pair never changes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stewards", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE stewards_posting ADD CONSTRAINT posting_of_firms_steward"
            " FOREIGN KEY (steward_id, firm_id) REFERENCES stewards_steward (id, firm_id)",
            "ALTER TABLE stewards_posting DROP CONSTRAINT posting_of_firms_steward",
        )
    ]
