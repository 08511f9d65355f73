"""Arrows point down: imports, foreign keys and migrations; and no migration is missing."""

from __future__ import annotations

import tomllib
from pkgutil import iter_modules

from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from importlinter.cli import lint_imports

import culture_admin
from culture_admin.environment import CHECKOUT

# From the ground up (DESIGN.md §2).
FLOORS = [
    "territory",
    "accounts",
    "workflow",
    "interfaces",
    "exchange",
    "statistics",
    "scoring",
    "boundaries",
    "stations",
    "stewards",
    "activities",
    "assessments",
    "desk",
    "demo",
    "culture_admin",
]


def test_imports_keep_the_contracts():
    assert lint_imports() == 0


def test_every_part_of_the_ground_has_its_floor():
    contract = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    named = set(" | ".join(contract["layers"]).split(" | "))
    parts = {f"culture_admin.{part.name}" for part in iter_modules(culture_admin.__path__)}
    assert parts - named == {"culture_admin.apps"}


def test_every_app_of_ours_has_its_floor():
    ours = {config.label for config in apps.get_app_configs() if not config.path.count("site-packages")}
    assert ours == set(FLOORS)


def test_foreign_keys_point_down():
    upwards = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in FLOORS
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]
        if field.related_model and field.related_model._meta.app_label in FLOORS
        if FLOORS.index(field.related_model._meta.app_label) > FLOORS.index(model._meta.app_label)
    ]
    assert upwards == []


def test_migrations_depend_downwards():
    upwards = [
        f"{app}.{name} → {needed}"
        for (app, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
        if app in FLOORS
        for needed, _name in [*migration.dependencies, *((later, None) for later, _ in migration.run_before)]
        if needed in FLOORS and FLOORS.index(needed) > FLOORS.index(app)
    ]
    assert upwards == []


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
