"""A new process that runs as it is: a start, one task with a form, an end, in the lane of a unit. Owners draw on from here."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import quoteattr

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" \
xmlns:sag="urn:sagsgang:bpmn:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
{definitions} targetNamespace="urn:sagsgang">
"""
_BODY = """  <bpmn:collaboration {collaboration}>
    <bpmn:participant {participant} name={name} processRef={process}/>
  </bpmn:collaboration>
  <bpmn:process id={process} name={name} sag:titleEn={name_en} isExecutable="true">
    <bpmn:laneSet id="baner">
      <bpmn:lane id={lane} name={lane_name} sag:nameEn={lane_name_en}>
        <bpmn:flowNodeRef>start</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>opgave</bpmn:flowNodeRef>
        <bpmn:flowNodeRef>slut</bpmn:flowNodeRef>
      </bpmn:lane>
    </bpmn:laneSet>
    <bpmn:startEvent id="start" name="Begynd" sag:nameEn="Begin"/>
    <bpmn:userTask id="opgave" name="Første opgave" sag:nameEn="First task" camunda:formKey={form}/>
    <bpmn:endEvent id="slut" name="Færdig" sag:nameEn="Done"/>
    <bpmn:sequenceFlow id="til_opgave" sourceRef="start" targetRef="opgave"/>
    <bpmn:sequenceFlow id="til_slut" sourceRef="opgave" targetRef="slut"/>
  </bpmn:process>
</bpmn:definitions>
"""
_NUMBERED = re.compile(r"F(\d+)[a-z]*")


def skeleton_diagram(process_id: str, names: tuple[str, str], lane: tuple[str, str, str], form: str) -> bytes:
    """BPMN without a picture; `names` and `lane` (key first) each in Danish and English."""
    words = {
        "definitions": f"id={quoteattr(f'definitions_{process_id}')}",
        "collaboration": f"id={quoteattr(f'{process_id}_samarbejde')}",
        "participant": f"id={quoteattr(f'{process_id}_pulje')}",
        "process": quoteattr(process_id),
        "name": quoteattr(names[0]),
        "name_en": quoteattr(names[1] or names[0]),
        "lane": quoteattr(lane[0]),
        "lane_name": quoteattr(lane[1]),
        "lane_name_en": quoteattr(lane[2]),
        "form": quoteattr(form),
    }
    return (_HEAD + _BODY).format(**words).encode()


def skeleton_form(key: str, names: tuple[str, str]) -> bytes:
    """A form with one field to write in; called after the process, with what tells it from that."""
    note = {
        "type": "textarea",
        "id": f"{key}_note",
        "key": "note",
        "label": "Hvad er der gjort?",
        "validate": {"required": True},
        "properties": {"labelEn": "What has been done?"},
    }
    titles = {"title": f"{names[0]}: første opgave", "titleEn": f"{names[1] or names[0]}: first task"}
    form = {"type": "default", "id": key, "schemaVersion": 16, "properties": titles, "components": [note]}
    return (json.dumps(form, ensure_ascii=False, indent=1) + "\n").encode()


def next_form_key(known: set[str]) -> str:
    """The next number that no form has, as `F35`."""
    numbers = [int(found[1]) for key in known if (found := _NUMBERED.fullmatch(key))]
    return f"F{max(numbers, default=0) + 1:02}"
