"""Which sequence flows a token has taken, worked out from what a step passed."""

from __future__ import annotations

from tests.processes.project import BPMN, NS, tree

_SPLITS = ("exclusiveGateway", "inclusiveGateway")


class Flows:
    """`taken` and `all` hold (process id, flow id)."""

    def __init__(self, definition):
        self.taken, self.all, self._nodes = set(), set(), {}
        for process_id in definition.processes:
            root = tree(f"{process_id}.bpmn")
            for flow in root.iterfind(".//bpmn:sequenceFlow", BPMN):
                self.all.add((process_id, flow.get("id")))
            for node in root.iterfind(".//bpmn:process//*[@id]", BPMN):
                self._read(process_id, node, root)

    def _read(self, process_id, node, root):
        name = node.get("id")
        flows = root.findall(f".//bpmn:sequenceFlow[@sourceRef='{name}']", NS)
        if flows:
            tag = node.tag.rpartition("}")[2]
            self._nodes[process_id, name] = tag, [(f.get("id"), f.get("targetRef")) for f in flows]

    def see(self, step):
        """Note what one step took."""
        for passed in step.passed:
            if passed.how == "completed":
                tag, flows = self._nodes.get((passed.process_id, passed.element_id), ("", []))
                chooses = tag in _SPLITS and len(flows) > 1
                taken = {flow for flow, to in flows if not chooses or to in passed.chosen}
                self.taken |= {(passed.process_id, flow) for flow in taken}

    def see_error_end(self, process_id, element_id):
        """An error end that nobody around catches stops the step; the flow to it was taken all the same."""
        for (process, _), (_, flows) in self._nodes.items():
            self.taken |= {(process, flow) for flow, to in flows if (process, to) == (process_id, element_id)}
