"""The thread that looks each second."""

from __future__ import annotations

import threading

from workers.rhythm import Rhythm

PATIENCE = 10


def test_looks_at_once_when_it_starts_and_when_it_is_rung():
    looks = threading.Semaphore(0)
    rhythm = Rhythm("jobs", looks.release, pause=1000)
    rhythm.start()
    assert looks.acquire(timeout=PATIENCE)

    rhythm.ring()

    assert looks.acquire(timeout=PATIENCE)
    rhythm.stop()


def test_goes_on_without_a_pause_while_something_is_left_over():
    left = [3]
    done = threading.Event()

    def work() -> bool:
        left[0] -= 1
        if left[0] == 0:
            done.set()
        return left[0] > 0

    rhythm = Rhythm("jobs", work, pause=1000)
    rhythm.start()

    assert done.wait(PATIENCE)
    rhythm.stop()


def test_a_round_that_breaks_is_logged_and_the_next_one_comes(logs):
    rounds = []
    second = threading.Event()

    def work() -> bool:
        rounds.append(1)
        if len(rounds) == 1:
            raise ZeroDivisionError
        second.set()
        return False

    rhythm = Rhythm("clock", work, pause=0.01)
    rhythm.start()
    assert second.wait(PATIENCE)
    rhythm.stop()

    assert logs[0]["event"] == "sweep failed"
    assert logs[0]["work"] == "clock"


def test_stopping_waits_for_what_is_being_done():
    began, finished = threading.Event(), []

    def work() -> bool:
        began.set()
        rhythm._stopping.wait(PATIENCE)
        finished.append(1)
        return False

    rhythm = Rhythm("jobs", work, pause=1000)
    rhythm.start()
    began.wait(PATIENCE)

    rhythm.stop()

    assert finished == [1]
    assert not rhythm._thread.is_alive()
