import re
from pathlib import Path

import pytest
from lxml import etree

from casework.config import ROOT
from casework.queries.guidance import guidance

DIAGRAMS = sorted((ROOT / "processes").rglob("*.bpmn"))


def test_leaves_out_remarks_on_sources():
    text = "Skriv den ind. Fristen løber (Barnets lov § 136 [C] og § 138 [I]). Sig det (til barnet)."

    assert guidance(text) == "Skriv den ind. Fristen løber. Sig det (til barnet)."


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.stem)
def test_no_worker_reads_a_confidence_mark(path: Path):
    shown = [guidance("".join(node.itertext())) for node in etree.parse(path).iter("{*}documentation")]

    assert [text for text in shown if re.search(r"\[(C|C-old|I|M|P)\]", text)] == []
