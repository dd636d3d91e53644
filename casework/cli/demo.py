"""`casework demo`: loads the demonstration municipality into an empty database, with its cases at every stage.

Letters and notifications are made by the worker's own code, so this command stands above `workers`; `casework.demo` does not.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from casework.cli import language_option
from casework.demo.load import Loaded, load_demonstration
from casework.i18n import message
from casework.logs import silence_logs
from workers.execute import run_ready_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CASES, SEED = 600, 1
LOADING = message("Demonstration municipality")
LOADED = message("{cases} invented cases in {seconds} s, {tasks} tasks open now.")
THERE = message("There are cases here already. Nothing was changed.")
#: So that whoever looks around meanwhile does not wait for it.
NICENESS = 10


@click.command()
@click.option("--cases", default=CASES, type=click.IntRange(1, 10_000), help="How many cases.")
@click.option("--seed", default=SEED, help="The same seed tells the same stories.")
@click.option("--first", is_flag=True, help="Only the first of them, which show a bit of everything; go on without it.")
@click.option("--gently", is_flag=True, help="Leave the machine to others where they need it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def demo(*, cases: int, seed: int, first: bool, gently: bool, as_json: bool, language: str) -> None:
    """Load the demonstration municipality, its processes and invented cases, or go on where that was interrupted.

    A database with cases of its own is left as it is.
    """
    began = time.monotonic()
    if gently:
        os.nice(NICENESS)
    silence_logs()
    with _progress(language, is_shown=not as_json) as done:
        loaded = load_demonstration(run_ready_jobs, cases=cases, seed=seed, only_first=first, done=done)
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        print(json.dumps({**asdict(loaded), "seconds": seconds}))
    else:
        print(_said(loaded, seconds, language))


def _said(loaded: Loaded, seconds: float, language: str) -> str:
    if not loaded.cases:
        return THERE.text(language)
    about = message(LOADED.id, cases=loaded.cases, seconds=seconds, tasks=loaded.open_tasks)
    return about.text(language)


@contextmanager
def _progress(language: str, *, is_shown: bool) -> Iterator[Callable[[int, int], object]]:
    """A bar while there is something to load, where somebody sees it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, transient=True)
    is_seen = is_shown and progress.console.is_terminal
    task = progress.add_task(LOADING.text(language))

    def done(so_far: int, of: int) -> None:
        if is_seen:
            progress.start()
        progress.update(task, completed=so_far, total=of)

    try:
        yield done
    finally:
        if progress.live.is_started:
            progress.stop()
