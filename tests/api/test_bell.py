"""Wake-ups from the web server to the workers."""

from __future__ import annotations

import threading

import pytest
import redis

from api import bell as module
from api.bell import TASK, Bell, ring_for_workers
from casework import wake
from tests.services.ports import free_port


@pytest.fixture
def no_other_listeners(monkeypatch):
    monkeypatch.setattr(wake, "_listeners", [])


def waiting(valkey) -> int:
    with redis.Redis.from_url(valkey.url) as client:
        return client.llen("celery")


def test_a_ring_becomes_a_celery_message_without_content(valkey, no_other_listeners):
    ring_for_workers(valkey.url)

    wake.ring()

    with redis.Redis.from_url(valkey.url) as client:
        _, sent = client.brpop(["celery"], timeout=10)
    assert f'"task": "{TASK}"'.encode() in sent
    assert b'"argsrepr": "()"' in sent


def test_without_a_broker_nobody_listens(no_other_listeners):
    ring_for_workers("")

    wake.ring()

    assert wake._listeners == []


def test_a_ring_does_not_wait_for_the_broker_and_many_become_few(valkey, monkeypatch):
    bell, may_send, sent = Bell(valkey.url), threading.Event(), threading.Semaphore(0)

    def send() -> None:
        may_send.wait(10)
        sent.release()

    monkeypatch.setattr(bell, "send", send)
    for _ in range(1000):
        bell.ring()
    may_send.set()

    assert sent.acquire(timeout=10)
    more = sum(sent.acquire(timeout=0.2) for _ in range(3))
    assert more <= 1


def test_a_wake_up_that_cannot_be_sent_is_counted_and_forgotten():
    before = module._lost._value.get()

    Bell(f"redis://127.0.0.1:{free_port()}/0").send()

    assert module._lost._value.get() == before + 1


def test_the_bell_works_again_when_the_broker_comes_back_empty(valkey):
    bell = Bell(valkey.url)
    bell.send()
    valkey.kill()
    bell.send()

    valkey.start()
    bell.send()

    assert waiting(valkey) == 1
