"""The key file: made once, private, shared when configured, and never replaced in silence."""

import json
import multiprocessing

import pytest

from casework.crypto import KeysError, UnreadableError, decrypt, encrypt, rotate
from casework.crypto.keys import key_file, keyring


def test_is_made_at_the_first_start_for_its_owner_only(data_folder):
    encrypt("x", "a.b")

    assert key_file() == data_folder / "keys"
    assert key_file().stat().st_mode & 0o777 == 0o600
    assert [file.name for file in data_folder.iterdir()] == ["keys"]


@pytest.mark.usefixtures("data_folder")
def test_a_restart_reads_the_same_keys(restart):
    sealed = encrypt("Emil", "a.b")

    restart()

    assert decrypt(sealed, "a.b") == "Emil"


def _current(_):
    return keyring().current


def test_processes_that_start_together_agree_on_the_keys(data_folder):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        keys = pool.map(_current, [data_folder] * 8, chunksize=1)

    assert len(set(keys)) == 1


@pytest.mark.usefixtures("data_folder")
def test_a_rotation_by_another_process_is_noticed(restart):
    encrypt("x", "a.b")
    before = key_file().read_bytes()
    rotate()
    sealed, after = encrypt("Emil", "a.b"), key_file().read_bytes()
    key_file().write_bytes(before)
    restart()
    keyring()

    key_file().write_bytes(after)

    assert decrypt(sealed, "a.b") == "Emil"


@pytest.mark.usefixtures("data_folder")
def test_a_rotated_file_is_still_for_its_owner_only():
    rotate()

    assert key_file().stat().st_mode & 0o777 == 0o600


def test_other_keys_are_told_from_altered_values(data_folder, restart):
    sealed = encrypt("Emil", "a.b")
    key_file().unlink()
    restart()

    with pytest.raises(UnreadableError, match="is not in the key file"):
        decrypt(sealed, "a.b")


def test_reads_the_configured_file(data_folder, tmp_path, settings, restart):
    encrypt("x", "a.b")
    shared = key_file().rename(tmp_path / "shared-keys")
    settings(SAGSGANG_KEYS=str(shared))
    restart()

    assert decrypt(encrypt("Emil", "a.b"), "a.b") == "Emil"
    assert not (data_folder / "keys").exists()


@pytest.mark.usefixtures("data_folder")
def test_a_configured_file_that_is_missing_is_not_made(tmp_path, settings, restart):
    settings(SAGSGANG_KEYS=str(tmp_path / "elsewhere"))
    restart()

    with pytest.raises(KeysError, match="cannot be read"):
        encrypt("x", "a.b")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: {},
        lambda _: [],
        lambda keys: {**keys, "current": "00000000"},
        lambda keys: {**keys, "current": "not hex"},
        lambda keys: {**keys, "index": "c2hvcnQ="},
        lambda keys: {**keys, "encryption": {"00": "ab"}},
        lambda keys: {**keys, "encryption": []},
    ],
)
@pytest.mark.usefixtures("data_folder")
def test_a_broken_file_is_named(damage, restart):
    encrypt("x", "a.b")
    key_file().write_text(json.dumps(damage(json.loads(key_file().read_text()))))
    restart()

    with pytest.raises(KeysError, match="is broken"):
        encrypt("x", "a.b")


@pytest.mark.usefixtures("data_folder")
def test_keys_are_not_shown_where_objects_are_printed():
    assert "encryption" not in repr(keyring())
