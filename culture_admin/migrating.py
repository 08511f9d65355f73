"""The first migration of an app: its tables are made once, as they are at its end."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation

# What the tables have already when they are made as they are at the end.
_WITHIN = (migrations.AddField, migrations.AddIndex, migrations.AddConstraint)


class InitialMigration(migrations.Migration):
    """Does what its operations say, and looks at the models only before and after.

    Django renders all models that are related to one another anew after every operation. Two hundred tables that all stand
    around stations took a hundred seconds that way; this takes three.
    """

    initial = True

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        state = project_state.clone()
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, state)
        for operation in self.operations:
            if not self._is_within(operation):
                operation.database_forwards(self.app_label, schema_editor, project_state, state)
        return state

    def _is_within(self, operation: Operation) -> bool:
        """Whether the operation adds to a table that this migration makes."""
        made = {made.name.lower() for made in self.operations if isinstance(made, migrations.CreateModel)}
        return isinstance(operation, _WITHIN) and operation.model_name.lower() in made
