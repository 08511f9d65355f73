"""The Chinese catalogue is complete."""

from culture_admin.translations import catalogue, faults


def test_every_text_is_translated():
    assert faults(catalogue()) == []
