// Mends that a machine can make: what the draft has lost is put back as it was released, a way that is always open is chosen, or the
// field that is asked for is shown.

import type { Finding, Mend } from './findings';
import { is, subject, text, type Editing, type Shape, type Words } from './panel/editing';
import type { Panel } from './panel/panel';
import type { Server } from './server';
import { say } from './words';

/** The field of the panel that answers a finding. */
const FIELDS: Record<string, [string, string]> = {
  'user-task-without-form': ['form', 'Choose a form'],
  'unknown-form': ['form', 'Choose a form'],
  'no-decision': ['decision', 'Choose a decision'],
  'unknown-decision': ['decision', 'Choose a decision'],
  'no-called-process': ['called', 'Choose a process'],
  'unknown-process': ['called', 'Choose a process'],
  'job-without-topic': ['topic', 'Choose who carries it out'],
  'unknown-handler': ['topic', 'Choose who carries it out'],
  'no-template': ['input.template', 'Choose a letter'],
  'unknown-template': ['input.template', 'Choose a letter'],
  'message-without-name': ['message', 'Choose a message'],
  'unknown-lane': ['unit', 'Choose a unit'],
  'flow-without-condition': ['condition', 'Write the condition'],
};

type Moddle = { fromXML(xml: string): Promise<{ rootElement: Words; elementsById: Record<string, Words> }> };
export type Tools = { editing: Editing; panel: Panel; server: Server; moddle: Moddle; key: string; show(id: string): void; tidy(): Promise<void> };

export function mendsOf(finding: Finding, tools: Tools): Mend[] {
  const shape = tools.editing.shape(finding.element) ?? tools.editing.poolOf(finding.element);
  const field = FIELDS[finding.rule];
  if (!shape) return [];
  if (field) return [{ label: say(field[1]), act: () => { tools.show(finding.element); tools.panel.focus(field[0]); } }];
  if (finding.severity === 'approval') return [{ label: say('Put it back as released'), act: () => putBack(finding, tools) }];
  return drawnMends(finding.rule, shape, tools);
}

/** What can be mended on the picture itself. */
function drawnMends(rule: string, shape: Shape, tools: Tools): Mend[] {
  switch (rule) {
    case 'may-find-no-way': {
      const last = shape.outgoing?.at(-1)?.businessObject;
      return last ? [{ label: say('Let “{name}” be taken otherwise', { name: nameOf(last) }), act: () => chooseDefault(shape, last, tools) }] : [];
    }
    case 'several-ways-out':
      return [
        { label: say('Take one of the ways'), act: () => putBetween('bpmn:ExclusiveGateway', shape, tools) },
        { label: say('Take all ways'), act: () => putBetween('bpmn:ParallelGateway', shape, tools) },
      ];
    case 'no-way-out':
      return [{ label: say('Let it end here'), act: () => tools.show(tools.editing.append(shape, 'bpmn:EndEvent').id) }];
    case 'no-overlapping-elements':
      return [{ label: say('Tidy up'), act: () => tools.tidy() }];
    case 'condition-ignored':
    case 'default-with-condition':
      return [{ label: say('Delete the condition'), act: () => tools.editing.setExpression(shape, shape.businessObject, 'conditionExpression', '') }];
  }
  return [];
}

/** A gateway behind the element, out of which all of its flows lead. */
function putBetween(type: string, shape: Shape, { editing, show }: Tools): void {
  const flows = (shape.outgoing ?? []).filter((one) => is(one, 'bpmn:SequenceFlow'));
  const gateway = editing.append(shape, type);
  for (const flow of flows) editing.leadFrom(flow, gateway);
  show(gateway.id);
}

function chooseDefault(shape: Shape, flow: Words, { editing, show }: Tools): void {
  editing.set(shape, shape.businessObject, { default: flow });
  const drawn = editing.shape(flow.id as string);
  if (drawn && flow.get('conditionExpression')) editing.setExpression(drawn, flow, 'conditionExpression', '');
  show(shape.id);
}

/** The deadlines that are met at the element, or are its own, as they are released: those that differ or are gone. */
async function putBack(finding: Finding, { editing, server, moddle, key, show }: Tools): Promise<void> {
  const released = await server.file('diagram', finding.key || key, true);
  const { elementsById } = await moddle.fromXML(released.content);
  for (const owner of Object.values(elementsById)) {
    const lost = withDeadlines(owner, editing).filter((one) => [owner.id, text(one, 'met')].includes(finding.element));
    const shape = editing.shape(owner.id as string) ?? editing.poolOf(owner.id as string);
    if (shape) for (const one of lost) restore(shape, one, editing);
  }
  show(finding.element);
}

function withDeadlines(owner: Words, editing: Editing): Words[] {
  return is(owner, 'bpmn:FlowElement', 'bpmn:Process') ? editing.words(owner, 'sag:Deadline') : [];
}

function restore(shape: Shape, was: Words, editing: Editing): void {
  const of = subject(shape);
  const kept = Object.fromEntries(ATTRIBUTES.map((name) => [name, text(was, name)]));
  const now = editing.words(of, 'sag:Deadline').find((one) => text(one, 'key') === kept.key);
  if (now) editing.set(shape, now, kept);
  else editing.add(shape, of, 'sag:Deadline', Object.fromEntries(Object.entries(kept).filter(([, value]) => value)));
}

const ATTRIBUTES = ['key', 'class', 'duration', 'calendar', 'start', 'law', 'e1', 'e2', 'e3', 'met', 'until', 'pauses'];

function nameOf(flow: Words): string {
  return text(flow, 'name') || text(flow.get('targetRef') as Words, 'name') || text(flow, 'id');
}
