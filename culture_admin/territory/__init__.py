"""Divisions with their lineage, and the units that act in them."""
