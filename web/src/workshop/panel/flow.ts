// Which way a case goes, and how often a step is done.

import { say } from '../words';
import { attribute, type Context } from './context';
import { is, text, type Words } from './editing';
import type { Field, Group } from './field';

const CHOOSES = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'];

export function way(context: Context): Group | undefined {
  const { shape, of, editing } = context;
  const source = of.get('sourceRef') as Words | undefined;
  if (!is(of, 'bpmn:SequenceFlow') || !source || !is(source, ...CHOOSES)) return undefined;
  const isDefault = source.get('default') === of;
  const from = editing.shape(source.id as string)!;
  const otherwise: Field = { name: 'default', label: say('Taken when no other is'), kind: 'tick', value: isDefault ? 'true' : '', set: (value) => editing.set(from, source, { default: value ? of : undefined }) };
  const condition: Field = { name: 'condition', label: say('Taken when'), kind: 'feel', value: text(of.get('conditionExpression') as Words | undefined, 'body'), set: (value) => editing.setExpression(shape, of, 'conditionExpression', value.trim()) };
  return { name: 'way', title: say('Condition'), rows: isDefault ? [[otherwise]] : [[condition], [otherwise]] };
}

export function ways(context: Context): Group | undefined {
  const { shape, of, editing } = context;
  if (!is(of, ...CHOOSES)) return undefined;
  const flows = (shape.outgoing ?? []).map((one) => one.businessObject).filter((one) => is(one, 'bpmn:SequenceFlow')); // files need not list them
  if (flows.length < 2) return undefined;
  const name = (flow: Words): string => text(flow, 'name') || say('to {name}', { name: text(flow.get('targetRef') as Words, 'name') || text(flow.get('targetRef') as Words, 'id') });
  const value = text(of.get('default') as Words | undefined, 'id');
  const otherwise: Field = {
    name: 'otherwise', label: say('Taken when no other is'), kind: 'choice', value,
    options: [{ value: '', label: say('none') }, ...flows.map((one) => ({ value: text(one, 'id'), label: name(one) }))],
    set: (id) => editing.set(shape, of, { default: flows.find((one) => one.id === id) }),
  };
  const conditions = flows.filter((one) => one.id !== value).map((flow): Field[] => [{
    name: `way.${text(flow, 'id')}`, label: name(flow), kind: 'feel', value: text(flow.get('conditionExpression') as Words | undefined, 'body'),
    set: (now) => editing.setExpression(editing.shape(flow.id as string)!, flow, 'conditionExpression', now.trim()),
  }]);
  return { name: 'ways', title: say('Ways out'), rows: [...conditions, [otherwise]] };
}

export function loop(context: Context): Group | undefined {
  const { shape, of, editing } = context;
  const found = is(of, 'bpmn:Activity') ? (of.get('loopCharacteristics') as Words | undefined) : undefined;
  if (!found) return undefined;
  const expression = (name: string, label: string): Field => ({ name, label, kind: 'feel', value: text(found.get(name) as Words | undefined, 'body'), set: (value) => editing.setExpression(shape, found, name, value.trim()) });
  const rows: Field[][] = is(found, 'bpmn:StandardLoopCharacteristics')
    ? [[expression('loopCondition', say('Again as long as'))], [attribute(context, 'loopMaximum', say('At most so many times'), { target: found, set: (value) => editing.set(shape, found, { loopMaximum: Number(value) || undefined }) })]]
    : [
        [attribute(context, 'camunda:collection', say('Once for each of'), { target: found, kind: 'feel' }), attribute(context, 'camunda:elementVariable', say('Each is called'), { target: found })],
        [expression('loopCardinality', say('Or so many times'))],
        [expression('completionCondition', say('Done when'))],
      ];
  return { name: 'loop', title: say('Repetition'), rows };
}
