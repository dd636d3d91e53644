"""Makes `.venv` and `build/`, one step at a time; the Makefile knows which step is needed when.

Runs on the standard library alone, because it is what installs the rest. Everything is installed by hash.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
OLDEST = (3, 11)
OLDEST_NODE = 20


def main(step: str, *arguments: str) -> None:
    """Do one step; a step that fails ends with a sentence and exit code 1."""
    steps = {"venv": venv, "packages": packages, "project": project, "web": web, "assets": assets}
    try:
        steps[step](*arguments)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Set-up stopped: `{' '.join(map(str, error.cmd[:4]))} …` ended with exit code {error.returncode}.")


def venv() -> None:
    """Make `.venv` with the installer in it."""
    if sys.version_info < OLDEST:
        _start_again_with_a_newer_python()
    if not _works(BIN / "python"):
        _say(f"Making .venv with Python {sys.version.split()[0]}")
        _make_venv()
    _run(*_first_installer(), "--quiet", "--require-hashes", "-r", "requirements-setup.txt")
    (VENV / "stamps").mkdir(exist_ok=True)


def packages(file: str) -> None:
    """Install exactly what `file` locks."""
    _say(f"Installing {file}")
    _run(*_uv(), "--require-hashes", "-r", file)


def project() -> None:
    """Install this repository as it stands, editable."""
    _run(*_uv(), "--no-deps", "--no-build-isolation", "--editable", ".")


def web() -> None:
    """Install the web packages, with the system's Node or with one of our own."""
    if not _node_is_new_enough():
        _say(f"No Node {OLDEST_NODE} or newer here: installing one into .venv")
        packages("requirements-node.txt")
    _say("Installing web packages")
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", cwd=ROOT / "web")


def assets() -> None:
    """Build what browsers and FEEL need into `build/`."""
    _say("Building web assets")
    _run("node", "web/build.mjs")


def _start_again_with_a_newer_python() -> None:
    for minor in range(16, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and _works(Path(newer)):
            os.execv(newer, [newer, *sys.argv])  # noqa: S606  the same script, by a newer interpreter
    sys.exit(
        f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}. Try `make PYTHON=python3.12`."
    )


def _make_venv() -> None:
    """Without `ensurepip` (Debian's python3-venv) it starts bare, and some pip or uv of the machine fills it."""
    complete = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV], capture_output=True, text=True, check=False
    )
    if complete.returncode == 0:
        return
    bare = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV], capture_output=True, text=True, check=False
    )
    if bare.returncode != 0 or _installer_of_the_machine() is None:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "This Python can make no complete virtual environment, and there is neither pip nor uv to fill it with.\n"
            "On Debian and Ubuntu: apt-get install python3-venv"
        )


def _first_installer() -> list[str]:
    if _works(BIN / "python", "-m", "pip", "--version"):
        return [str(BIN / "python"), "-m", "pip", "install"]
    return _installer_of_the_machine() or sys.exit("There is no pip in .venv: remove it and run `make setup` again.")


def _installer_of_the_machine() -> list[str] | None:
    uv = shutil.which("uv")
    if uv and _works(uv, "--version"):
        return [uv, "pip", "install", "--python", str(BIN / "python")]
    # `pip --python` exists from pip 22.3 on, which is what 3.11 ships with.
    pip = [sys.executable, "-m", "pip", "--python", str(BIN / "python")]
    return [*pip, "install"] if _works(*pip, "--version") else None


def _uv() -> list[str]:
    return [str(BIN / "uv"), "pip", "install", "--quiet", "--python", str(BIN / "python")]


def _node_is_new_enough() -> bool:
    node = _which("node")
    if node is None or _which("npm") is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return said.returncode == 0 and int(said.stdout.lstrip("v").split(".")[0]) >= OLDEST_NODE


def _which(program: str) -> str | None:
    return shutil.which(program, path=_environment()["PATH"])


def _environment() -> dict[str, str]:
    """Our own programs first; and the machine's own certificates, which know a proxy of the municipality where one is."""
    certificates = {"UV_SYSTEM_CERTS": "true"} if Path("/etc/ssl/certs/ca-certificates.crt").exists() else {}
    return {**certificates, **os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}


def _works(*command: str | Path) -> bool:
    arguments = [*command, "-c", ""] if len(command) == 1 else command
    try:
        return subprocess.run(arguments, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _run(program: str, *arguments: str, cwd: Path = ROOT) -> None:
    subprocess.run([_which(program) or program, *arguments], cwd=cwd, env=_environment(), check=True)


def _say(sentence: str) -> None:
    print(f"  {sentence} …", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
