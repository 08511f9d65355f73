"""What a record's page shows of a field that cannot be changed there."""

from django import template
from django.db.models import ForeignKey

from culture_admin.interfaces.admin.values import is_written, written
from culture_admin.interfaces.permissions import may_write

register = template.Library()


@register.filter
def readonly_value(field):
    """The contents of a read-only field; days, amounts and numbers are written as in lists, and no link leads to a closed room."""
    column, _attribute, value = field.resolved_field or (None, None, None)
    if is_written(column):
        return written(column, value)
    if isinstance(column, ForeignKey) and value is not None and _is_closed(field, column):
        return str(value)
    return field.contents()


def _is_closed(field, column: ForeignKey) -> bool:
    """Whether the reader of the form sees none of the records that the column points at."""
    site, model = field.model_admin.admin_site, column.related_model
    return site.is_registered(model) and not may_write(field.form.user, site.get_model_admin(model).power, ("see",))
