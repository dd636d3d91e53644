"""Fields that a copy of the database does not give away: CPR numbers, and what else a column holds sealed.

A sealed value is key id (4 bytes), nonce (12), and AES-256-GCM-SIV with its tag; the column (`person.cpr`) is associated
data, so that a value moved to another column does not open. We chose SIV because it forgives a repeated nonce, knowing that
it costs a microsecond more. To find a value without opening all, keep its blind index beside it: a keyed HMAC.
The keys lie outside of the database: `casework.crypto.keys`.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from casework.crypto.keys import ID_LENGTH, Keyring, KeysError, keyring, reread, rotate

__all__ = ["Keyring", "KeysError", "UnreadableError", "blind_index", "decrypt", "encrypt", "is_current", "rotate"]

_NONCE_LENGTH = 12


class UnreadableError(Exception):
    """A sealed value was altered, belongs to another column, or its key is missing: restore the key file."""


def encrypt(text: str, column: str) -> bytes:
    """Seal `text` for `column` (`table.column`) under the current key; each time with other bytes."""
    keys = keyring()
    nonce = os.urandom(_NONCE_LENGTH)
    sealed = AESGCMSIV(keys.encryption[keys.current]).encrypt(nonce, text.encode(), column.encode())
    return keys.current + nonce + sealed


def decrypt(sealed: bytes, column: str) -> str:
    """Open what `encrypt` sealed for the same column, under whichever key."""
    key_id, nonce, rest = sealed[:ID_LENGTH], sealed[ID_LENGTH:][:_NONCE_LENGTH], sealed[ID_LENGTH + _NONCE_LENGTH :]
    try:
        return AESGCMSIV(_key(key_id)).decrypt(nonce, rest, column.encode()).decode()
    except (InvalidTag, ValueError):
        raise UnreadableError(f"a value of {column} does not open: altered, cut, or from another column") from None


def blind_index(text: str, column: str) -> bytes:
    """Give 32 bytes that are equal for equal texts of one column and tell nothing without the key.

    Give it the normalised text (`casework.cpr.normalise`). Its key is never rotated: equal must stay equal.
    """
    return hmac.digest(keyring().index, column.encode() + b"\0" + text.encode(), hashlib.sha256)


def is_current(sealed: bytes) -> bool:
    """Whether `sealed` is under the current key; after `rotate`, what is not is to be encrypted anew."""
    return sealed[:ID_LENGTH] == keyring().current


def _key(key_id: bytes) -> bytes:
    if key_id not in keyring().encryption:
        reread()  # another process may have rotated since we read the file
    try:
        return keyring().encryption[key_id]
    except KeyError:
        raise UnreadableError(f"the key {key_id.hex()} is not in the key file") from None
