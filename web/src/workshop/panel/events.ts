// What an event waits for or sends: a message, a moment, a condition, an error or an escalation.

import { say } from '../words';
import { offered, type Context } from './context';
import { start, units } from './deadlines';
import { is, text, type Words } from './editing';
import type { Field, Group } from './field';
import { keptAs, lengthOf, type Unit } from './length';

const KINDS = ['timeDuration', 'timeDate', 'timeCycle'] as const;

export function message(context: Context): Group | undefined {
  const { shape, of, editing, choices } = context;
  const definition = definitionOf(of, 'bpmn:MessageEventDefinition') ?? definitionOf(of, 'bpmn:SignalEventDefinition');
  const target = definition ?? (is(of, 'bpmn:ReceiveTask') || (is(of, 'bpmn:SendTask') && !text(of, 'camunda:topic')) ? of : undefined);
  if (!target) return undefined;
  const [type, reference] = is(target, 'bpmn:SignalEventDefinition') ? ['bpmn:Signal', 'signalRef'] : ['bpmn:Message', 'messageRef'];
  const name = text(target.get(reference) as Words | undefined, 'name');
  const known = [...new Set([...choices.messages, ...editing.roots(type).map((one) => text(one, 'name'))])].filter(Boolean).sort();
  const set = (value: string): void => editing.set(shape, target, { [reference]: value.trim() ? editing.rootElement(type, 'name', value.trim()) : undefined });
  const sends = is(of, 'bpmn:ThrowEvent', 'bpmn:SendTask');
  const tick = (word: string, label: string): Field => ({ name: word, label, kind: 'tick', value: text(of, `sag:${word}`) === 'true' ? 'true' : '', set: (value) => editing.set(shape, of, { [`sag:${word}`]: value }) });
  const [correlation] = editing.words(of, 'sag:Correlation');
  return {
    name: 'message',
    title: sends ? say('Message that is sent') : say('Message that is awaited'),
    rows: [
      [{ name: 'message', label: say('Message'), kind: 'choice', value: name, options: offered(known.map((one) => ({ value: one, label: one })), name, say('none yet')), set }],
      [{ name: 'correlation', label: say('Only the one with this key'), kind: 'feel', value: text(correlation, 'value'), set: (value) => editing.setOnly(shape, of, 'sag:Correlation', { value: value.trim() }) }],
      [sends ? tick('outward', say('It goes to other systems; no process awaits it')) : tick('byHand', say('A person at the case may say that it has happened'))],
    ],
    making: { label: say('Name of a new message'), field: 'new-message', button: say('Make a new message'), make: async (value) => set(value) },
  };
}

export function timer(context: Context): Group | undefined {
  const { shape, of, editing } = context;
  const definition = definitionOf(of, 'bpmn:TimerEventDefinition');
  if (!definition) return undefined;
  const kind = KINDS.find((one) => definition.get(one)) ?? 'timeDuration';
  const body = text(definition.get(kind) as Words | undefined, 'body');
  const [word] = editing.words(of, 'sag:Timer');
  const own = (name: string, label: string, more: Partial<Field> = {}): Field => ({ name: `timer.${name}`, label, kind: 'text', value: text(word, name), set: (value) => editing.setOnly(shape, of, 'sag:Timer', { [name]: value.trim() }), ...more });
  const setKind = (value: string): void => {
    const made = editing.create('bpmn:FormalExpression', { body: '' }, definition);
    editing.set(shape, definition, { ...Object.fromEntries(KINDS.map((one) => [one, undefined])), [value]: made });
  };
  const isStart = is(of, 'bpmn:StartEvent');
  return {
    name: 'timer',
    title: say('Time'),
    rows: [
      [{ name: 'kind', label: say('Happens'), kind: 'choice', value: kind, options: [{ value: 'timeDuration', label: say('after a while') }, { value: 'timeDate', label: say('at a moment') }, { value: 'timeCycle', label: say('again and again') }], set: setKind }],
      kind === 'timeDuration' ? timerLength(context, definition, body, text(word, 'calendar')) : [{ name: 'when', label: kind === 'timeDate' ? say('Moment, as a formula or a date') : say('Cycle, as R/P1M'), kind: 'feel', value: body, set: (value) => editing.setExpression(shape, definition, kind, value.trim()) }],
      ...(kind === 'timeDuration' ? start(own, text(word, 'start')) : []),
      ...(isStart ? [[own('late', say('On a new case of use for'), { hint: say('P2Y is 2 years; empty: only on that day') })], [own('single', say('Not while the process runs on the case'), { kind: 'tick', value: text(word, 'single') === 'true' ? 'true' : '' })]] : []),
    ],
  };
}

function timerLength({ shape, of, editing }: Context, definition: Words, body: string, calendar: string): Field[] {
  const now = lengthOf(body, calendar);
  const keep = (change: Partial<typeof now>): void => {
    const kept = keptAs({ ...now, ...change }, calendar);
    if (kept.duration !== body) editing.setExpression(shape, definition, 'timeDuration', kept.duration);
    const usual = kept.duration.includes('T') ? 'elapsed' : 'calendar';
    const wanted = !calendar && kept.calendar === usual ? '' : kept.calendar;
    if (wanted !== calendar) editing.setOnly(shape, of, 'sag:Timer', { calendar: wanted });
  };
  return [
    { name: 'timer.duration', label: say('After'), kind: now.unit === 'formula' ? 'feel' : 'text', value: now.amount, set: (amount) => keep({ amount: amount.trim() }) },
    { name: 'timer.unit', label: say('Counted in'), kind: 'choice', value: now.unit, options: units(now.unit), set: (unit) => keep({ unit: unit as Unit }) },
  ];
}

export function condition(context: Context): Group | undefined {
  const definition = definitionOf(context.of, 'bpmn:ConditionalEventDefinition');
  if (!definition) return undefined;
  const body = text(definition.get('condition') as Words | undefined, 'body');
  return { name: 'condition', title: say('Condition'), rows: [[{ name: 'condition', label: say('Happens when this becomes true'), kind: 'feel', value: body, set: (value) => context.editing.setExpression(context.shape, definition, 'condition', value.trim()) }]] };
}

export function fault(context: Context): Group | undefined {
  const { shape, of, editing } = context;
  const error = definitionOf(of, 'bpmn:ErrorEventDefinition');
  const target = error ?? definitionOf(of, 'bpmn:EscalationEventDefinition');
  if (!target) return undefined;
  const [type, reference, code] = error ? ['bpmn:Error', 'errorRef', 'errorCode'] : ['bpmn:Escalation', 'escalationRef', 'escalationCode'];
  const value = text(target.get(reference!) as Words | undefined, code!);
  const known = editing.roots(type!).map((one) => text(one, code!)).filter(Boolean);
  const set = (now: string): void => editing.set(shape, target, { [reference!]: now.trim() ? editing.rootElement(type!, code!, now.trim()) : undefined });
  return {
    name: 'fault',
    title: error ? say('Error') : say('Escalation'),
    rows: [[{ name: 'fault', label: say('Code'), kind: 'choice', value, options: offered(known.map((one) => ({ value: one, label: one })), value, is(of, 'bpmn:BoundaryEvent') ? say('every one') : say('none yet')), set }]],
    making: { label: say('A new code'), field: 'new-code', button: say('Use a new code'), make: async (now) => set(now) },
  };
}

function definitionOf(of: Words, type: string): Words | undefined {
  return ((of.get('eventDefinitions') as Words[] | undefined) ?? []).find((one) => one.$type === type);
}

