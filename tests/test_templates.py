"""Every template can be read: its tags, filters and loads are there."""

import pytest
from django.template.loader import get_template

from culture_admin.environment import CHECKOUT

HOME = CHECKOUT / "templates"


@pytest.mark.parametrize("name", sorted(str(path.relative_to(HOME)) for path in HOME.rglob("*.html")))
def test_it_is_read(name):
    assert get_template(name).template
