"""The offices that an account holds on a day, read by a function: PostgreSQL plans what is in it once a connection.

Every request begins with this question, and planning its joins took four fifths of the time of answering it.
"""

from django.db import migrations

# Nobody stands in longer than the other holds the office himself.
MAKE = """
CREATE FUNCTION accounts_offices(holder bigint, day date)
RETURNS TABLE (
    "role" varchar, unit bigint, kind varchar, path varchar, "user" bigint, name_zh varchar, acting_for bigint,
    name_en varchar
)
LANGUAGE plpgsql STABLE ROWS 2 AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT held.role, held.unit_id, unit.kind, division.path, held.user_id, unit.name_zh, other.user_id, unit.name_en
    FROM accounts_membership AS held
    JOIN territory_unit AS unit ON unit.id = held.unit_id
    JOIN territory_division AS division ON division.id = unit.division_id
    LEFT JOIN accounts_membership AS other ON other.id = held.acting_for_id
    WHERE held.user_id = holder AND held.valid_from <= day AND (held.valid_to IS NULL OR held.valid_to > day)
      AND (other.id IS NULL OR other.valid_from <= day AND (other.valid_to IS NULL OR other.valid_to > day))
    ORDER BY held.valid_from, held.id;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION accounts_offices(bigint, date)")]
