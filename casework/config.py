"""Settings from the environment, with defaults that run the embedded demonstration. Read once, at the first use."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

TIME_ZONE = ZoneInfo("Europe/Copenhagen")
ROOT = Path(__file__).parent.parent


def _environment(name: str, default: str) -> str:
    return os.environ.get(f"SAGSGANG_{name}", default)


def _data_folder() -> Path:
    return Path(_environment("DATA", str(ROOT / "var")))


def _database_url() -> str:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{_data_folder() / 'sagsgang.sqlite'}"
    return url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)


@dataclass(frozen=True)
class Settings:
    """`SAGSGANG_<NAME>` in the environment, save `DATABASE_URL` and `REDIS_URL`, which every platform knows."""

    #: Database, keys, letters, logs of an installation.
    data: Path = field(default_factory=_data_folder)
    #: The key file of sealed fields; none given: `keys` in the data folder, made at the first start.
    keys: Path | None = field(default_factory=lambda: Path(k) if (k := _environment("KEYS", "")) else None)
    #: SQLAlchemy URL; SQLite in the data folder when none is given.
    database_url: str = field(default_factory=_database_url)
    #: Empty: no wake-ups are sent, the sweep alone finds the work.
    redis_url: str = field(default_factory=lambda: os.environ.get("REDIS_URL", ""))
    #: Sign-in by choosing a persona, without password. Refused unless the request comes from loopback.
    demonstration: bool = field(default_factory=lambda: _environment("DEMONSTRATION", "0") == "1")
    #: Where diagrams, decisions, scenarios and law sources lie.
    processes: Path = field(default_factory=lambda: Path(_environment("PROCESSES", str(ROOT / "processes"))))
    #: Where form-js schemas lie.
    forms: Path = field(default_factory=lambda: Path(_environment("FORMS", str(ROOT / "forms"))))
    #: Municipal closed days, `MM-DD` each, that do not count as working days; empty: public holidays only.
    closed_days: tuple[str, ...] = field(
        default_factory=lambda: tuple(d for d in _environment("CLOSED_DAYS", "").split(",") if d)
    )
    #: `folder` keeps letters in the data folder, `smtp` sends them.
    letter_connector: str = field(default_factory=lambda: _environment("LETTERS", "folder"))
    #: With `smtp`: the mailbox of whoever prints letters or hands them to Digital Post. Never the recipient's own.
    letters_to: str = field(default_factory=lambda: _environment("LETTERS_TO", ""))
    #: `host:port` of the mail server; empty: notifications are kept in the outbox folder.
    smtp: str = field(default_factory=lambda: _environment("SMTP", ""))
    #: Sender of e-mail.
    mail_from: str = field(default_factory=lambda: _environment("MAIL_FROM", "sagsgang@kommune.example"))
    #: From this hour on (of the municipality's clock) working days have their one e-mail for who wants one a day.
    digest_hour: int = field(default_factory=lambda: int(_environment("DIGEST_HOUR", "7")))
    #: The address under which people reach the pages, for links in e-mail.
    public_url: str = field(default_factory=lambda: _environment("PUBLIC_URL", "http://127.0.0.1:8000"))

    @property
    def letters(self) -> Path:
        """Where the folder connector puts letters."""
        return self.data / "letters"

    @property
    def outbox(self) -> Path:
        """Where notifications are kept when no mail server is configured."""
        return self.data / "outbox"

    @property
    def sign_of_life(self) -> Path:
        """Touched by every worker each second: its age says whether they still look for what is due."""
        return self.data / "worker.alive"


@cache
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
