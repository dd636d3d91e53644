"""The key file of an installation: `keys` in the data folder, made at the first start, readable by its owner only.

With `SAGSGANG_KEYS` it lies elsewhere, for several hosts to share, and must exist: two hosts that each make their own could
not read each other's values. Losing the file is losing the sealed values; it belongs in another backup than the database.
"""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from casework.config import settings
from casework.errors import CaseworkError
from casework.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ID_LENGTH = 4
_KEY_LENGTH = 32
_OWNER_ONLY = 0o600


class KeysError(CaseworkError):
    """The key file is missing or broken; nothing sealed can be read or written."""

    code = "keys"


@dataclass(frozen=True)
class Keyring:
    """`encryption` holds a key of 32 bytes for each key id (4 bytes); `current` seals, `index` makes blind indexes."""

    current: bytes
    encryption: Mapping[bytes, bytes] = field(repr=False)
    index: bytes = field(repr=False)


def keyring() -> Keyring:
    """Give the keys of this installation, as last read; made where none were configured and none are there yet."""
    return _kept(key_file())


def reread() -> None:
    """Read the key file again at the next use."""
    _kept.cache_clear()


def key_file() -> Path:
    """Where the keys of this installation lie."""
    return settings().keys or settings().data / "keys"


def rotate() -> None:
    """Add a key and make it the current one. Older keys stay, for what was sealed under them."""
    keys = keyring()
    key_id = os.urandom(ID_LENGTH)
    _replace(key_file(), Keyring(key_id, {**keys.encryption, key_id: os.urandom(_KEY_LENGTH)}, keys.index))
    reread()


@cache
def _kept(path: Path) -> Keyring:
    if settings().keys is None and not path.exists():
        _create(path)
    return _read(path)


def _create(path: Path) -> None:
    """Make the file in one step: of several processes that start together, one wins and all read the same keys."""
    key_id = os.urandom(ID_LENGTH)
    draft = _draft(path, Keyring(key_id, {key_id: os.urandom(_KEY_LENGTH)}, os.urandom(_KEY_LENGTH)))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _replace(path: Path, keys: Keyring) -> None:
    _draft(path, keys).replace(path)


def _draft(path: Path, keys: Keyring) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.urandom(8).hex()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w") as file:
        json.dump(_to_json(keys), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _to_json(keys: Keyring) -> dict[str, Any]:
    return {
        "current": keys.current.hex(),
        "encryption": {key_id.hex(): base64.b64encode(key).decode() for key_id, key in keys.encryption.items()},
        "index": base64.b64encode(keys.index).decode(),
    }


def _read(path: Path) -> Keyring:
    try:
        data = json.loads(path.read_bytes())
        encryption = {bytes.fromhex(key_id): base64.b64decode(key) for key_id, key in data["encryption"].items()}
        keys = Keyring(bytes.fromhex(data["current"]), encryption, base64.b64decode(data["index"]))
    except OSError:
        raise KeysError(message("The key file {path} cannot be read.", path=str(path))) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _broken(path) from None
    if keys.current not in encryption or {len(key) for key in (*encryption.values(), keys.index)} != {_KEY_LENGTH}:
        raise _broken(path)
    return keys


def _broken(path: Path) -> KeysError:
    return KeysError(message("The key file {path} is broken. Restore it from the backup.", path=str(path)))
