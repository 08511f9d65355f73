"""What the environment may say, and what is refused."""

from __future__ import annotations

import base64
import os
import runpy
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from culture_admin.environment import CHECKOUT, Environment
from culture_admin.secrets import development_secrets

KEY = base64.b64encode(b"k" * 32).decode()
INSTALLATION = {
    "DATABASE_URL": "postgresql://culture_app:pass%40word@db:5433/culture?sslmode=require",
    "REDIS_URL": "redis://redis:6379/0",
    "SECRET_KEY": "x" * 60,
    "FIELD_KEYS": f"1:{KEY}",
    "API_KEY_PEPPERS": f"1:{KEY},2:{KEY}",
    "ALLOWED_HOSTS": "culture.example",
}


def settings_under(variables: dict[str, str]) -> dict[str, Any]:
    """What the settings are where the environment has these variables alone; SystemExit as a process would end with it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            patch.delenv(name)
        for name, value in variables.items():
            patch.setenv(name, value)
        return runpy.run_path(str(CHECKOUT / "culture_admin/settings.py"))


def refusal_of(variables: dict[str, str]) -> str:
    with pytest.raises(SystemExit) as refused:
        settings_under(variables)
    return str(refused.value)


def test_an_installation_is_closed_and_secure():
    settings = settings_under(INSTALLATION)
    assert settings["PRODUCTION"]
    assert not settings["DEBUG"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECOND_FACTOR"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["DATABASES"]["default"]["PASSWORD"] == "pass@word"
    assert settings["DATABASES"]["default"]["OPTIONS"] == {"sslmode": "require"}
    assert max(settings["API_KEY_PEPPERS"]) == 2


def test_a_process_that_is_refused_ends_with_the_one_line():
    command = [sys.executable, "-c", "from culture_admin import settings"]
    environment = {"PATH": os.environ["PATH"]} | INSTALLATION | {"SECRET_KEY": "short"}
    refused = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr == refusal_of(INSTALLATION | {"SECRET_KEY": "short"}) + "\n"


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "API_KEY_PEPPERS", "ALLOWED_HOSTS", "REDIS_URL"])
def test_an_installation_is_refused_without(name: str):
    refused = refusal_of({key: value for key, value in INSTALLATION.items() if key != name})
    assert "\n" not in refused
    assert refused.startswith(f"Not started: {name} ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root@db/culture"),
        ("DATABASE_URL", "postgresql://db/culture"),
        ("DATABASE_URL", "postgresql://culture_app@db:notaport/culture"),
        ("REDIS_URL", "localhost:6379"),
        ("SECRET_KEY", "short"),
        ("FIELD_KEYS", KEY),
        ("FIELD_KEYS", "1:c2hvcnQ="),
        ("API_KEY_PEPPERS", "one:two"),
        ("DEBUG", "maybe"),
        ("PORT", "70000"),
        ("PORT", "８０００"),
        ("TRUSTED_PROXIES", "10.0.0.0/40"),
        ("METRICS_ALLOWED", "everybody"),
        ("SECOND_FACTOR", "sms"),
        ("PASSWORD_PROFILE", "none"),
        ("EMAIL_URL", "mail.example"),
        ("NOTICE_URL", "gateway.example"),
        ("STATISTICS_DATABASE_URL", "replica"),
    ],
)
def test_a_wrong_value_is_refused_with_one_line_that_names_variable_and_fix(name: str, value: str):
    refused = refusal_of(INSTALLATION | {name: value})
    assert "\n" not in refused
    assert refused.startswith(f"Not started: {name} ")
    assert "; write " in refused


def test_all_faults_are_told_at_once():
    environment = Environment({"A": "maybe", "B": "x"})
    environment.flag("A", default=False)
    environment.number("B", 1, least=1, most=9)
    with pytest.raises(SystemExit, match=r"A is 'maybe'[^\n]*\n[^\n]*B is 'x'"):
        environment.refuse_faults()


def test_a_checkout_makes_its_secrets_once_for_its_owner_alone(tmp_path: Path):
    made = development_secrets(tmp_path / "var")
    assert development_secrets(tmp_path / "var") == made
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secrets.json"]
    assert stat.S_IMODE((tmp_path / "var" / "secrets.json").stat().st_mode) == 0o600
