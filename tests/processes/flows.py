"""Which sequence flows a token has taken, worked out from what a step passed and what stands afterwards."""

from __future__ import annotations

from tests.processes.project import BPMN, NS, tree

_SPLITS = ("exclusiveGateway", "inclusiveGateway")


class Flows:
    """`taken` and `all` hold (process id, flow id)."""

    def __init__(self, definition):
        self.taken, self.all, self._nodes, self._entries = set(), set(), {}, {}
        for process_id in definition.processes:
            root = tree(f"{process_id}.bpmn")
            for flow in root.iterfind(".//bpmn:sequenceFlow", BPMN):
                self.all.add((process_id, flow.get("id")))
            for node in root.iterfind(".//bpmn:process//*[@id]", BPMN):
                self._read(process_id, node, root)

    def _read(self, process_id, node, root):
        tag, name = node.tag.rpartition("}")[2], node.get("id")
        flows = root.findall(f".//bpmn:sequenceFlow[@sourceRef='{name}']", NS)
        if flows:
            self._nodes[process_id, name] = (
                tag,
                node.get("default"),
                [(f.get("id"), f.get("targetRef")) for f in flows],
            )
        inner = node.find("bpmn:startEvent", NS)
        if tag == "callActivity":
            called = node.get("calledElement")
            first = tree(f"{called}.bpmn").find(".//bpmn:process/bpmn:startEvent", NS).get("id")
            self._entries[process_id, name] = (called, first)
        elif tag == "subProcess" and inner is not None:
            self._entries[process_id, name] = (process_id, inner.get("id"))

    def see(self, step):
        """Note what one step took."""
        order = [(p.process_id, p.element_id) for p in step.passed if p.how == "completed"]
        now = {(s.process_id, s.element_id) for s in step.opened}
        for place, key in enumerate(order):
            tag, default, flows = self._nodes.get(key, ("", None, []))
            entered = [  # two calls of one process begin alike: then that was entered which stands now
                (when, (key[0], to) not in now, flow)
                for flow, to in flows
                if (when := self._when((key[0], to), order, place, now)) is not None
            ]
            if len(flows) == 1 or tag not in _SPLITS:
                chosen = [flow for flow, _ in flows]
            elif tag == "exclusiveGateway":
                chosen = [min(entered)[-1]] if entered else []
            else:
                chosen = [flow for *_, flow in entered if flow != default] or [default]
            self.taken |= {(key[0], flow) for flow in chosen}

    def see_error_end(self, process_id, element_id):
        """An error end that nobody around catches stops the step; the flow to it was taken all the same."""
        for (process, _), (_, _, flows) in self._nodes.items():
            self.taken |= {(process, flow) for flow, to in flows if (process, to) == (process_id, element_id)}

    def _when(self, target, order, place, now):
        """At which place of the step the target was entered; None: not in this step."""
        names = {target, self._entries.get(target, target)}
        later = [i for i in range(place + 1, len(order)) if order[i] in names]
        if later:
            return later[0]
        return len(order) if target in now else None
