"""One V8 for each process, made when it is needed."""

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casework.config import ROOT
from casework.feel import FeelMissingError, evaluate, sandbox


def test_threads_share_one_and_do_not_mix_their_answers():
    with ThreadPoolExecutor(max_workers=8) as threads:
        results = list(threads.map(lambda n: evaluate("n * 2", {"n": n}), range(200)))

    assert results == [n * 2 for n in range(200)]


def test_works_where_an_event_loop_runs():
    async def ask():
        sandbox._state.racer = None
        return evaluate("1 + 1", {})

    assert asyncio.run(ask()) == 2


FORKED = """
import os, sys, threading
from casework.feel import FeelError, evaluate
evaluate("1", {})
try:
    evaluate("for a in 1..1000, b in 1..1000, c in 1..1000 return a", {})
except FeelError:
    pass
child = os.fork()
if child == 0:
    sys.exit(evaluate("40 + 2", {}))
_, status = os.waitpid(child, 0)
print(os.waitstatus_to_exitcode(status), evaluate("1 + 1", {}))
"""


def test_a_forked_child_makes_its_own_and_both_end():
    run = subprocess.run(
        [sys.executable, "-c", FORKED], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )

    assert run.stdout.split() == ["42", "2"]
    assert run.returncode == 0


def test_nothing_is_loaded_before_the_first_expression():
    code = "import casework.feel.sandbox as s; print(s._state.racer)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=ROOT, check=True)

    assert run.stdout.strip() == "None"


def test_says_what_to_do_when_the_interpreter_was_not_built(monkeypatch):
    monkeypatch.setattr(
        sandbox, "INTERPRETER", Path(os.devnull) / "feel.js" if os.name == "nt" else ROOT / "build" / "no.js"
    )
    monkeypatch.setattr(sandbox._state, "racer", None)

    with pytest.raises(FeelMissingError, match="make setup"):
        evaluate("1", {})
