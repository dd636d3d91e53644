"""The lock files: complete, by hash, and without a word about where packages came from."""

from __future__ import annotations

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from casework.config import ROOT

NAMES = ("requirements", "requirements-dev", "requirements-setup", "requirements-node")


def asked_for(name: str) -> list[Requirement]:
    lines = (ROOT / f"{name}.in").read_text().splitlines()
    words = [line.partition("#")[0].strip() for line in lines]
    return [Requirement(word) for word in words if word and not word.startswith("-r")]


def locked(name: str) -> list[tuple[Requirement, str]]:
    """Each pinned requirement with the lines below it."""
    parts = re.split(r"^(?=[a-z0-9])", (ROOT / f"{name}.txt").read_text(), flags=re.MULTILINE)[1:]
    return [(Requirement(part.partition("\\")[0].strip()), part) for part in parts]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_for_is_locked(name):
    versions = {canonicalize_name(one.name): str(one.specifier).lstrip("=") for one, _ in locked(name)}

    missing = [
        str(wanted)
        for wanted in asked_for(name)
        if not wanted.specifier.contains(versions.get(canonicalize_name(wanted.name), "0"), prereleases=True)
    ]

    assert missing == [], "run `make lock`"


@pytest.mark.parametrize("name", NAMES)
def test_every_package_is_pinned_by_hash(name):
    unsure = [str(one) for one, text in locked(name) if "--hash=sha256:" not in text or "==" not in str(one.specifier)]

    assert unsure == []


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_names_no_host_and_no_path_of_a_machine(name):
    assert not re.search(r"https?://|file:|(?<![\w-])/(?!\s)", (ROOT / f"{name}.txt").read_text())
