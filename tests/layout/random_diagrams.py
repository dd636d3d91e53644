"""Random diagrams, the same for the same seed: block-structured as people draw them, and wild graphs as nobody should."""

from __future__ import annotations

import random

from tests.layout.diagrams import document, flows, nodes, process, subprocess

WORDS = ["Registrér", "henvendelse", "Vurdér", "barnets", "sikkerhed", "Send", "kvittering", "Indhent", "Partshøring"]
TASKS = ["userTask", "serviceTask", "sendTask", "callActivity", "businessRuleTask"]


def structured(seed, size):
    """A process of about `size` nodes in one to four lanes: sequences, splits, loops, boundary events, subprocesses."""
    return _Writer(seed, size).document()


def wild(seed, size):
    """Any nodes with any flows between them, itself included."""
    rng = random.Random(seed)
    kinds = [*TASKS, "startEvent", "endEvent", "exclusiveGateway", "parallelGateway", "intermediateCatchEvent"]
    refs = [f"n{number}" for number in range(size)]
    content = nodes("\n".join(f"{rng.choice(kinds)} {ref} {_words(rng)}" for ref in refs))
    pairs = {(rng.choice(refs), rng.choice(refs)) for _ in range(round(size * 1.3))}
    content += flows("\n".join(f"{a} {b} {rng.choice(['', 'ja', 'nej'])}" for a, b in sorted(pairs)))
    lanes = {f"lane{number}": [ref for ref in refs if hash_of(ref) % 3 == number] for number in range(3)}
    return document(process("p", content, lanes if rng.random() < 0.7 else None), pools=[("pool", "p")])


def hash_of(ref):
    """A number that does not change from run to run."""
    return sum(ref.encode())


def _words(rng):
    return " ".join(rng.choices(WORDS, k=rng.randint(0, 3)))


class _Writer:
    def __init__(self, seed, size):
        self.rng, self.left, self.count = random.Random(seed), size, 0
        self.lanes = {f"Enhed_{number}": [] for number in range(self.rng.randint(1, 4))}
        self.lane = self.rng.choice(list(self.lanes))

    def document(self):
        nodes_, edges = [], []
        start = self.node(nodes_, "startEvent")
        last = self.block(nodes_, edges, start)
        end = self.node(nodes_, "endEvent")
        edges.append((last, end, ""))
        return document(process("p", self.text(nodes_, edges), self.lanes), pools=[("pool", "p")])

    def node(self, nodes_, kind, extra="", *, in_lane=True):
        self.count += 1
        self.left -= 1
        ref = f"n{self.count}"
        nodes_.append(f"{kind} {ref} {extra}{_words(self.rng)}")
        if in_lane:
            if self.rng.random() < 0.25:
                self.lane = self.rng.choice(list(self.lanes))
            self.lanes[self.lane].append(ref)
        return ref

    def block(self, nodes_, edges, before, depth=0):
        while self.left > 0:
            part = self.rng.choice([self.task, self.task, self.task, self.split, self.loop, self.embedded])
            before = part(nodes_, edges, before, depth)
            if depth and self.rng.random() < 0.45:
                break
        return before

    def task(self, nodes_, edges, before, depth):
        ref = self.node(nodes_, self.rng.choice(TASKS))
        edges.append((before, ref, ""))
        if self.rng.random() < 0.2:
            lane = self.lane
            event = self.node(nodes_, "boundary", f"{ref} ", in_lane=False)
            self.lanes[lane].append(event)
            self.lane = lane
            after = self.node(nodes_, "userTask")
            end = self.node(nodes_, "endEvent")
            edges += [(event, after, ""), (after, end, "")]
        return ref

    def split(self, nodes_, edges, before, depth):
        if depth > 2:
            return self.task(nodes_, edges, before, depth)
        kind = self.rng.choice(["exclusiveGateway", "parallelGateway"])
        split, branches = self.node(nodes_, kind), self.rng.randint(2, 3)
        edges.append((before, split, ""))
        ends = [self.block(nodes_, edges, self.first(nodes_, edges, split, kind), depth + 1) for _ in range(branches)]
        join = self.node(nodes_, kind)
        edges += [(end, join, "") for end in ends]
        return join

    def first(self, nodes_, edges, split, kind):
        ref = self.node(nodes_, self.rng.choice(TASKS))
        edges.append((split, ref, self.rng.choice(["ja", "nej", "intet behov"]) if kind.startswith("ex") else ""))
        return ref

    def loop(self, nodes_, edges, before, depth):
        top = self.node(nodes_, "exclusiveGateway")
        edges.append((before, top, ""))
        ref = self.task(nodes_, edges, top, depth)
        bottom = self.node(nodes_, "exclusiveGateway")
        edges += [(ref, bottom, ""), (bottom, top, "igen")]
        return bottom

    def embedded(self, nodes_, edges, before, depth):
        if depth or self.left < 6:
            return self.task(nodes_, edges, before, depth)
        ref = self.node(nodes_, "subprocess")
        lanes, self.lanes, self.lane = self.lanes, {"inside": []}, "inside"
        inner, inner_edges = [], []
        start = self.node(inner, "startEvent")
        last = self.block(inner, inner_edges, start, 2)
        end = self.node(inner, "endEvent")
        inner_edges.append((last, end, ""))
        nodes_[nodes_.index(next(n for n in nodes_ if n.startswith(f"subprocess {ref} ")))] = subprocess(
            ref, "Delproces", self.text(inner, inner_edges)
        )
        self.lanes = lanes
        self.lane = next(lane for lane, refs in lanes.items() if ref in refs)
        edges.append((before, ref, ""))
        return ref

    def text(self, nodes_, edges):
        written = "".join(line if line.startswith("<") else nodes(line) for line in nodes_)
        return written + flows("\n".join(" ".join(edge) for edge in edges))
