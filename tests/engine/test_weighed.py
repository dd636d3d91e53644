"""A step tells what each gateway asked, what it was answered, and what the expressions could read."""

from __future__ import annotations

from casework.engine import compile_definition, start
from tests import diagrams as d


def stepped(kind, **variables):
    content = d.process(
        d.start(), d.node(kind, "g"), d.user("a"), d.user("b"), d.user("c"), d.end(),
        flows="start g, g a if =x > 1, g b if =y, g c else, a end, b end, c end",
    )  # fmt: skip
    return start(compile_definition("p", [content]), variables=variables, facts={"y": True}, now=None)


def test_an_exclusive_gateway():
    step = stepped("exclusiveGateway", x=2)

    (weighed,) = step.weighed
    assert weighed.flows == (("a", "=x > 1", True), ("b", "=y", True))
    assert (weighed.known["x"], weighed.known["y"]) == (2, True)
    assert [one.chosen for one in step.passed if one.task_id == weighed.task_id] == [("a",)]


def test_an_inclusive_gateway_and_nothing_known():
    step = stepped("inclusiveGateway", x=None)

    assert step.weighed[0].flows == (("a", "=x > 1", None), ("b", "=y", True))
