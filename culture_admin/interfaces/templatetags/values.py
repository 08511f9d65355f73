"""What a record's page shows of a field that cannot be changed there."""

from django import template

from culture_admin.interfaces.admin.values import is_written, written

register = template.Library()


@register.filter
def readonly_value(field):
    """The contents of a read-only field; days, amounts and numbers are written as in lists."""
    column, _attribute, value = field.resolved_field or (None, None, None)
    return written(column, value) if is_written(column) else field.contents()
