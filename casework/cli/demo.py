"""`casework demo`: loads the demonstration municipality into an empty database, with its cases at every stage.

Letters and notifications are made by the worker's own code, so this command stands above `workers`; `casework.demo` does not.
"""

from __future__ import annotations

import json
import logging
import time
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
import structlog
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from casework.cli import language_option
from casework.demo.load import Loaded, load_demonstration
from casework.i18n import message
from workers.execute import run_ready_jobs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CASES, SEED = 120, 1
LOADING = message("Demonstration municipality")
LOADED = message("{cases} invented cases in {seconds} s, {tasks} tasks open now.")
THERE = message("There are cases here already. Nothing was changed.")


@click.command()
@click.option("--cases", default=CASES, type=click.IntRange(1, 10_000), help="How many cases.")
@click.option("--seed", default=SEED, help="The same seed tells the same stories.")
@click.option("--if-empty", is_flag=True, help="Say nothing when there are cases already.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@language_option
def demo(*, cases: int, seed: int, if_empty: bool, as_json: bool, language: str) -> None:
    """Load the demonstration municipality, its processes and invented cases. A database with cases is left as it is."""
    began = time.monotonic()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with _progress(cases, language, is_shown=not as_json) as done:
        loaded = load_demonstration(run_ready_jobs, cases=cases, seed=seed, done=done)
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        print(json.dumps({**asdict(loaded), "seconds": seconds}))
    elif loaded.cases or not if_empty:
        print(_said(loaded, seconds, language))


def _said(loaded: Loaded, seconds: float, language: str) -> str:
    if not loaded.cases:
        return THERE.text(language)
    about = message(LOADED.id, cases=loaded.cases, seconds=seconds, tasks=loaded.open_tasks)
    return about.text(language)


@contextmanager
def _progress(cases: int, language: str, *, is_shown: bool) -> Iterator[Callable[[int], object]]:
    """A bar that appears with the first case, where somebody sees it: a database that has cases shows none."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, transient=True)
    is_seen = is_shown and progress.console.is_terminal
    task = progress.add_task(LOADING.text(language), total=cases)

    def done(number: int) -> None:
        if is_seen:
            progress.start()
        progress.update(task, completed=number)

    try:
        yield done
    finally:
        if progress.live.is_started:
            progress.stop()
