"""Forms of what is bought and served that pages of the bureau and of the firms share."""

from stewards.forms.lists import LINE_PARTS, PLAN_PARTS, STEP_PARTS
from stewards.forms.rows import Part, RowsField

__all__ = ["LINE_PARTS", "PLAN_PARTS", "STEP_PARTS", "Part", "RowsField"]
