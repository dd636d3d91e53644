"""Reading diagrams from strangers: BPMN, DMN, any XML, within limits and without entities.

What a diagram means is not known here: the engine reads processes, `casework.decisions` reads tables.
"""

from casework.diagrams.names import (
    BPMN,
    BPMNDI,
    CAMUNDA,
    DC,
    DI,
    DMN_NAMESPACES,
    NAMESPACES,
    SAG,
    XSI,
    ZEEBE,
    bpmn,
    local,
)
from casework.diagrams.reading import MOST_BYTES, MOST_ELEMENTS, DiagramError, read

__all__ = [
    "BPMN",
    "BPMNDI",
    "CAMUNDA",
    "DC",
    "DI",
    "DMN_NAMESPACES",
    "MOST_BYTES",
    "MOST_ELEMENTS",
    "NAMESPACES",
    "SAG",
    "XSI",
    "ZEEBE",
    "DiagramError",
    "bpmn",
    "local",
    "read",
]
