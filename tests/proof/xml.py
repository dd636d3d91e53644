"""A model as BPMN 2.0 XML. Flags on the blocks choose between drawings that mean the same: explicit or implicit merges,
one gateway that both merges and splits, a shared join, a loop drawn four ways."""

from __future__ import annotations

from tests.proof.blocks import (
    COUNTS,
    Activity,
    Block,
    Boundary,
    Call,
    Cross,
    End,
    Escalate,
    EventGate,
    Inc,
    Loop,
    Model,
    Multi,
    Par,
    Seq,
    StdLoop,
    Task,
    Xor,
    item_name,
    walk,
)

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="defs" targetNamespace="urn:random">'
)
SHARED = (
    '<bpmn:message id="M1" name="hello"/><bpmn:signal id="G1" name="sig"/>'
    + "".join(f'<bpmn:error id="err_{c}" name="{c}" errorCode="{c}"/>' for c in ("E1", "E2"))
    + "".join(f'<bpmn:escalation id="esc_{c}" name="{c}" escalationCode="{c}"/>' for c in ("S1", "S2"))
)


def timer_xml(kind: str, text: str) -> str:
    inner = f'<bpmn:{kind} xsi:type="bpmn:tFormalExpression">{text}</bpmn:{kind}>'
    return f"<bpmn:timerEventDefinition>{inner}</bpmn:timerEventDefinition>"


EVENTS = {
    "timer": timer_xml("timeDuration", "P1D"),
    "cycle": timer_xml("timeCycle", "R/P1D"),
    "message": '<bpmn:messageEventDefinition messageRef="M1"/>',
    "signal": '<bpmn:signalEventDefinition signalRef="G1"/>',
    "conditional": "<bpmn:conditionalEventDefinition><bpmn:condition>x</bpmn:condition></bpmn:conditionalEventDefinition>",
    "terminate": "<bpmn:terminateEventDefinition/>",
    "plain": "",
}
Exit = tuple[str, str | None]  # a node and the condition on the flow that leaves it; "default" for a default flow
MERGES_IMPLICITLY = {
    "userTask",
    "receiveTask",
    "intermediateCatchEvent",
    "subProcess",
    "endEvent",
    "callActivity",
    "exclusiveGateway",
    "intermediateThrowEvent",
    "eventBasedGateway",
}


class Drawing:
    """Nodes and flows of one scope."""

    def __init__(self, flows: list[int]):
        self.nodes: dict[str, tuple[str, str, dict[str, str]]] = {}
        self.flows: list[tuple[str, str, str, str | None]] = []
        self.counter = flows
        self.leaving: list[list[Exit]] = []  # by loop, innermost last: exits of handlers that leave it
        self.skipping: dict[str, list[Exit]] = {}  # by host: exits of handlers that skip the next element

    def node(self, tag: str, name: str, inner: str = "", **attributes: str) -> str:
        self.nodes[name] = (tag, inner, attributes)
        return name

    def join(self, exits: list[Exit], target: str) -> None:
        """Flows from each exit; several exits meet in an exclusive gateway unless the target merges by itself."""
        if len(exits) > 1 and self.nodes[target][0] not in MERGES_IMPLICITLY:
            self.counter[0] += 1
            merge = self.node("exclusiveGateway", f"merge{self.counter[0]}")
            self.join(exits, merge)
            exits = [(merge, None)]
        for source, condition in exits:
            self.counter[0] += 1
            flow = f"F{self.counter[0]}"
            if condition == "default":
                self.nodes[source][2]["default"] = flow
            self.flows.append((flow, source, target, condition if condition != "default" else None))

    @staticmethod
    def numbered(flags: list[str]) -> list[str]:
        """Conditions that know their place: where two are true the first flow in the document wins."""
        return [*(f"{i}:{flag}" for i, flag in enumerate(flags)), "default"]

    def xml(self) -> str:
        parts = []
        for name, (tag, inner, attributes) in self.nodes.items():
            text = " ".join(f'{k}="{v}"' for k, v in attributes.items())
            parts.append(f'<bpmn:{tag} id="{name}" name="{name}" {text}>{inner}</bpmn:{tag}>')
        for flow, source, target, condition in sorted(self.flows, key=lambda f: f[3] or ""):
            text = (condition or "").rpartition(":")[2]
            inner = f"<bpmn:conditionExpression>{text}</bpmn:conditionExpression>" if text else ""
            parts.append(
                f'<bpmn:sequenceFlow id="{flow}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
            )
        return "\n".join(parts)

    # Each block gives its entry (None for nothing at all) and its exits.

    def scope(self, body: Block, prefix: str) -> None:
        start = self.node("startEvent", f"start_{prefix}")
        exits = self.follow([(start, None)], body)
        if exits:
            self.join(exits, self.node("endEvent", f"end_{prefix}"))

    def follow(self, exits: list[Exit], block: Block, before: Block | None = None) -> list[Exit]:
        """Draw `block` after `exits`; `before` is the block that they come from."""
        match block:
            case Seq():
                late: list[Exit] = []
                for item in block.items:
                    exits, before = self.follow(exits, item, before), item
                    exits, late = exits + late, self.skipping.get(getattr(item, "id", ""), [])
                return exits
            case Par(drawn="fused") if (
                isinstance(before, Par)
                and len(exits) == 1
                and exits[0][1] is None
                and self.nodes[exits[0][0]][0] == "parallelGateway"
            ):
                return self.parallel(block, exits[0][0])
        entry, left = self.draw(block)
        self.join(exits, entry)
        return left

    def draw(self, block: Block) -> tuple[str, list[Exit]]:
        if isinstance(block, Activity):
            return self.activity(block)
        return getattr(self, "draw_" + type(block).__name__.lower())(block)

    def draw_xor(self, block: Xor) -> tuple[str, list[Exit]]:
        split = self.node("exclusiveGateway", block.id)
        left: list[Exit] = []
        for flag, branch in zip(self.numbered(block.flags), block.branches, strict=True):
            left += self.follow([(split, flag)], branch)
        return split, self.merged(block.id, left) if block.merge else left

    def draw_cross(self, block: Cross) -> tuple[str, list[Exit]]:
        x1 = self.node("exclusiveGateway", block.id)
        m1, m2 = self.node("exclusiveGateway", block.id + "m1"), self.node("exclusiveGateway", block.id + "m2")
        for n, condition, branch in ((2, block.first, block.a), (3, "default", block.b)):
            exits = self.follow([(x1, condition)], branch)
            if not exits:
                continue
            x = self.node("exclusiveGateway", f"{block.id}x{n}")
            self.join(exits, x)
            self.join([(x, block.second)], m1)
            self.join([(x, "default")], m2)
        return x1, self.follow([(m1, None)], block.c) + self.follow([(m2, None)], block.d)

    def draw_par(self, block: Par) -> tuple[str, list[Exit]]:
        split = self.node("parallelGateway", block.id)
        return split, self.parallel(block, split)

    def draw_inc(self, block: Inc) -> tuple[str, list[Exit]]:
        split, join = self.node("inclusiveGateway", block.id), None
        flags = self.numbered(block.flags)
        left = [self.follow([(split, flag)], b) for flag, b in zip(flags, block.branches, strict=True)]
        if any(left):
            join = self.node("inclusiveGateway", block.id + "j")
            for exits in left:
                self.join(self.merged(f"{block.id}b{self.counter[0]}", exits), join)
        return split, [(join, None)] if join else []

    def draw_loop(self, block: Loop) -> tuple[str, list[Exit]]:
        self.leaving.append([])
        entry, exits = self.loop(block)
        return entry, exits + self.leaving.pop()

    def draw_eventgate(self, block: EventGate) -> tuple[str, list[Exit]]:
        gate = self.node("eventBasedGateway", block.id)
        left: list[Exit] = []
        for catch, branch in block.branches:
            entry, exits = self.activity(catch)
            self.join([(gate, None)], entry)
            left += self.follow(exits, branch)
        return gate, left

    def draw_end(self, block: End) -> tuple[str, list[Exit]]:
        return self.node("endEvent", block.id, event_xml(block.kind, block.code)), []

    def draw_escalate(self, block: Escalate) -> tuple[str, list[Exit]]:
        return self.node("intermediateThrowEvent", block.id, event_xml("escalation", block.code)), [(block.id, None)]

    def draw_seq(self, block: Seq) -> tuple[str, list[Exit]]:
        gate = self.node("exclusiveGateway", f"pass{self.counter[0]}")  # a sequence where one entry is needed
        self.counter[0] += 1
        return gate, self.follow([(gate, None)], block)

    def merged(self, name: str, exits: list[Exit]) -> list[Exit]:
        if len(exits) < 2:
            return exits
        merge = self.node("exclusiveGateway", name + "m")
        self.join(exits, merge)
        return [(merge, None)]

    def parallel(self, block: Par, split: str) -> list[Exit]:
        inner = self.node("parallelGateway", block.id + "s2") if block.drawn == "split2" else split
        if inner != split:
            self.join([(split, None)], inner)
        ends_ = [self.follow([(split if i == 0 else inner, None)], b) for i, b in enumerate(block.branches)]
        ends_ = [self.merged(f"{block.id}b{i}", exits) for i, exits in enumerate(ends_)]
        if not any(ends_):
            return []
        join = self.node("parallelGateway", block.id + "j")
        first = self.node("parallelGateway", block.id + "j2") if block.drawn == "join2" else join
        for i, exits in enumerate(ends_):
            self.join(exits, join if i == 0 else first)
        if first != join:
            self.join([(first, None)], join)
        if all(ends_):
            return [(join, None)]
        self.join(
            [(join, None)], self.node("endEvent", "end_" + join)
        )  # never reached: a branch ends everything before
        return []

    def loop(self, block: Loop) -> tuple[str, list[Exit]]:
        x = self.node("exclusiveGateway", block.id)
        if block.form == "mixed":
            self.join(self.follow([(x, block.flag)], block.body), x)
            return x, [(x, "default")]
        if block.form == "while":
            merge = self.node("exclusiveGateway", block.id + "m")
            self.join([(merge, None)], x)
            self.join(self.follow([(x, block.flag)], block.body), merge)
            return merge, [(x, "default")]
        if block.direct and isinstance(block.body, Task) and self.simple(block.body):
            entry, exits = self.draw(block.body)
        elif (
            block.direct
            and isinstance(block.body, Seq)
            and isinstance(block.body.items[0], Task)
            and self.simple(block.body.items[0])
        ):
            entry, exits = self.draw(block.body.items[0])
            exits = self.follow(exits, Seq(block.body.items[1:]))
        else:
            entry = self.node("exclusiveGateway", block.id + "m")
            exits = self.follow([(entry, None)], block.body)
        self.join(exits, x)
        if block.form == "repeat":
            self.join([(x, block.flag)], entry)
            return entry, [(x, "default")]
        if block.form == "until":
            self.join([(x, "default")], entry)
            return entry, [(x, block.flag)]
        x2 = self.node("exclusiveGateway", block.id + "x2")
        assert block.second is not None
        self.join(self.follow([(x, "default")], block.second), x2)
        self.join([(x2, block.flag2)], entry)
        return entry, [(x, block.flag), (x2, "default")]

    @staticmethod
    def simple(task: Task) -> bool:
        return not any(b.rejoin in ("before", "skip") for b in task.boundaries)

    def activity(self, block: Activity) -> tuple[str, list[Exit]]:
        tag, inner, attributes = activity_xml(block)
        body = getattr(block, "body", None)
        if body is not None:
            tag, inside = "subProcess", Drawing(self.counter)
            inside.scope(body, block.id)
            inner += inside.xml()
        entry = self.node(tag, block.id, inner, **attributes)
        exits: list[Exit] = [(block.id, None)]
        if any(b.rejoin == "before" for b in block.boundaries):
            entry = self.node("exclusiveGateway", block.id + "again")
            self.join([(entry, None)], block.id)
        for boundary in block.boundaries:
            exits += self.boundary(boundary, block.id, entry)
        return entry, exits

    def boundary(self, b: Boundary, host: str, entry: str) -> list[Exit]:
        cancel = str(b.interrupting).lower()
        self.node("boundaryEvent", b.id, event_xml(b.trigger, b.code), attachedToRef=host, cancelActivity=cancel)
        left = self.follow([(b.id, None)], b.handler)
        if b.rejoin == "after":
            return left
        if b.rejoin == "end" and left:
            self.join(left, self.node("endEvent", "end_" + b.id))
        elif b.rejoin == "before":
            self.join(left, entry)
        elif b.rejoin == "leave":
            self.leaving[-1].extend(left)
        elif b.rejoin == "skip":
            self.skipping.setdefault(host, []).extend(left)
        return []


def event_xml(kind: str, code: str) -> str:
    match kind:
        case "error" | "escalation":
            return f'<bpmn:{kind}EventDefinition {kind}Ref="{kind[:3]}_{code}"/>'
    return EVENTS[kind]


def activity_xml(block: Activity) -> tuple[str, str, dict[str, str]]:
    match block:
        case Task(kind="receive"):
            return "receiveTask", "", {"messageRef": "M1"}
        case Task(kind="message" | "timer"):
            return "intermediateCatchEvent", EVENTS[block.kind], {}
        case Call():
            return "callActivity", "", {"calledElement": block.process}
        case Multi():
            return "userTask", multi_xml(block), {}
        case StdLoop():
            most = f' loopMaximum="{block.maximum}"' if block.maximum else ""
            return (
                "userTask",
                (
                    f'<bpmn:standardLoopCharacteristics testBefore="{str(block.before).lower()}"{most}>'
                    f"<bpmn:loopCondition>{block.flag}</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"
                ),
                {},
            )
    return "userTask", "", {}


def multi_xml(block: Multi) -> str:
    item = item_name(block)
    if block.over in COUNTS:
        what = f"<bpmn:loopCardinality>{block.over}</bpmn:loopCardinality>"
    else:
        what = f"<bpmn:loopDataInputRef>{block.over}</bpmn:loopDataInputRef>"
        what += f'<bpmn:inputDataItem id="{block.id}_item" name="{item}"/>'
    stop = f"<bpmn:completionCondition>{block.stop}</bpmn:completionCondition>" if block.stop else ""
    sequential = str(block.sequential).lower()
    tag = "bpmn:multiInstanceLoopCharacteristics"
    return f'<{tag} isSequential="{sequential}">{what}{stop}</{tag}>'


def called_by(model: Model) -> dict[str, Block]:
    """The processes that are really called, from one call to the next."""
    found: dict[str, Block] = {}
    todo = [model.main]
    while todo:
        names = {block.process for block in walk(todo.pop()) if isinstance(block, Call)} - found.keys()
        found |= {name: model.called[name] for name in names}
        todo += [model.called[name] for name in names]
    return {name: body for name, body in model.called.items() if name in found}


def to_xml(model: Model) -> bytes:
    flows, processes = [0], []
    for name, body in {"main": model.main, **called_by(model)}.items():
        drawing = Drawing(flows)
        drawing.scope(body, name)
        processes.append(f'<bpmn:process id="{name}" isExecutable="true">{drawing.xml()}</bpmn:process>')
    return (HEAD + SHARED + "".join(processes) + "</bpmn:definitions>").encode()
