"""Forms of what is bought and served that pages of the bureau and of the firms share."""

from stewards.forms.rows import Part, RowsField

__all__ = ["Part", "RowsField"]
