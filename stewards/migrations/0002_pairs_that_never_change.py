"""Pairs that never change are held by composite foreign keys: a posting's firm is its steward's and its contract's, and so on."""

from django.db import migrations

# Of each constraint: its name, the table, the pair, and the table whose (id, …) it names.
PAIRS = (
    ("posting_of_firms_steward", "stewards_posting", "steward_id, firm_id", "stewards_steward (id, firm_id)"),
    ("posting_of_firms_contract", "stewards_posting", "contract_id, firm_id", "stewards_contract (id, firm_id)"),
    ("qualification_of_firms_steward", "stewards_qualification", "steward_id, firm_id", "stewards_steward (id, firm_id)"),
    ("order_of_contracts_line", "stewards_serviceorder", "line_id, contract_id", "stewards_serviceline (id, contract_id)"),
    ("order_of_firms_contract", "stewards_serviceorder", "contract_id, firm_id", "stewards_contract (id, firm_id)"),
    ("delivery_of_contracts_line", "stewards_delivery", "line_id, contract_id", "stewards_serviceline (id, contract_id)"),
    ("delivery_of_firms_contract", "stewards_delivery", "contract_id, firm_id", "stewards_contract (id, firm_id)"),
)


class Migration(migrations.Migration):
    dependencies = [("stewards", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({pair}) REFERENCES {named}",
            f"ALTER TABLE {table} DROP CONSTRAINT {name}",
        )
        for name, table, pair, named in PAIRS
    ]
