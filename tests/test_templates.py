"""Every template can be read: its tags, filters and loads are there."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

HOME = Path(settings.BASE_DIR) / "templates"


@pytest.mark.parametrize("name", sorted(str(path.relative_to(HOME)) for path in HOME.rglob("*.html")))
def test_it_is_read(name):
    assert get_template(name).template
