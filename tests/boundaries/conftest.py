"""A client of the admin for who is signed in."""

from tests.stations.conftest import signed_in

__all__ = ["signed_in"]
