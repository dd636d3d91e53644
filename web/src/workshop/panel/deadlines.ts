// Deadlines of an element or of the process: how long, counted how and from what, how binding, by which rule, and who is told when.

import type { Option } from '../place';
import { say } from '../words';
import { offered, type Context } from './context';
import { is, text, type Words } from './editing';
import type { Field, Group, Item } from './field';
import { keptAs, lengthOf, UNITS, type Unit } from './length';

const WITH_DEADLINE = ['bpmn:UserTask', 'bpmn:SubProcess', 'bpmn:CallActivity', 'bpmn:Process'];
const UNIT_WORDS: Record<Unit, () => string> = {
  minutes: () => say('minutes'),
  hours: () => say('hours'),
  'working-days': () => say('working days'),
  days: () => say('days'),
  'days-with-start': () => say('days, the first one counted'),
  weeks: () => say('weeks'),
  months: () => say('months'),
  years: () => say('years'),
  formula: () => say('by a formula'),
  other: () => say('as written'),
};
const STARTS: [string, () => string][] = [
  ['', () => say('when the step opens')],
  ['=modtagetTid', () => say('the notification was received')],
  ['=kendskabsDato', () => say('the municipality knew of it')],
  ['=afgoerelsesDato', () => say('the decision')],
  ['=anbringelsesDato', () => say('the placement began')],
  ['=foedselsdato + duration("P18Y")', () => say('the 18th birthday')],
];
const OTHER = '=';

export function deadlines(context: Context): Group | undefined {
  const { of, editing, shape } = context;
  if (!is(of, ...WITH_DEADLINE)) return undefined;
  const found = editing.words(of, 'sag:Deadline');
  return {
    name: 'deadline',
    title: say('Deadline'),
    note: is(of, 'bpmn:Process') ? say('Deadlines of the process run from before anybody has looked, and end at a step.') : undefined,
    items: found.map((word, index) => item(context, word, index)),
    adding: { label: say('Add a deadline'), add: () => editing.add(shape, of, 'sag:Deadline', { key: freeKey(context), class: 'LOKAL', duration: 'P10D', calendar: 'working-days' }) },
  };
}

function item(context: Context, word: Words, index: number): Item {
  const { shape, of, editing } = context;
  const field = (name: string, label: string, more: Partial<Field> = {}): Field => ({
    name: `deadline.${index}.${name}`, label, kind: 'text', value: text(word, name), set: (value) => editing.set(shape, word, { [name]: value.trim() }), ...more,
  });
  const isLaw = text(word, 'class') === 'LOV';
  return {
    title: text(word, 'key'),
    tag: text(word, 'class'),
    remove: () => editing.remove(shape, of, word),
    note: example(context.place.urls.example, text(word, 'duration'), text(word, 'calendar')),
    rows: [
      length(context, word, field),
      ...start(field, text(word, 'start')),
      [field('class', say('How binding'), { kind: 'choice', options: classes() })],
      [field('law', say('By which rule'), { kind: 'choice', options: offered(context.choices.laws, text(word, 'law'), say('none')) })],
      ...(is(of, 'bpmn:Process') ? [[steps(context, field, 'met', say('Met when this is done')), steps(context, field, 'until', say('Falls away when this is done'))]] : []),
      rung(context, word, field, 'e1', say('Reminder after')),
      rung(context, word, field, 'e2', say('Leader told after')),
      rung(context, word, field, 'e3', say('Told again after')),
      [field('key', say('Name of the deadline'))],
      ...(isLaw ? [] : [[field('pauses', say('Stands still while these wait'), { hint: say('Ids of steps with spaces between them.') })]]),
    ],
  };
}

const examples = new Map<string, Promise<string>>();

/** When it would be due if it began now, in words of the server, which knows holidays. */
function example(url: string, duration: string, calendar: string): Promise<string> {
  const address = `${url}?${new URLSearchParams({ duration, calendar })}`;
  if (duration.startsWith('=')) return Promise.resolve('');
  if (!examples.has(address)) examples.set(address, fetch(address).then((response) => (response.ok ? response.json() : { words: '' })).then((answer: { words: string }) => answer.words).catch(() => ''));
  return examples.get(address)!;
}

/** Number and unit are two fields of one thing. */
export function length(context: Context, word: Words, field: (name: string, label: string, more?: Partial<Field>) => Field): Field[] {
  const now = lengthOf(text(word, 'duration'), text(word, 'calendar'));
  const keep = (change: Partial<typeof now>): void => context.editing.set(context.shape, word, keptAs({ ...now, ...change }, text(word, 'calendar')));
  return [
    field('duration', say('At the latest'), { kind: now.unit === 'formula' ? 'feel' : 'text', value: now.amount, set: (amount) => keep({ amount: amount.trim() }) }),
    field('unit', say('Counted in'), { kind: 'choice', value: now.unit, options: units(now.unit), set: (unit) => keep({ unit: unit as Unit }) }),
  ];
}

/** A warning counts in hours, or in days of the deadline's own calendar. Without a number it comes as usual. */
function rung(context: Context, word: Words, field: (name: string, label: string, more?: Partial<Field>) => Field, name: string, label: string): Field[] {
  const written = text(word, name);
  const calendar = text(word, 'calendar') === 'elapsed' || written.includes('T') ? '' : text(word, 'calendar');
  const now = lengthOf(written, calendar);
  const unit = written ? now.unit : 'hours';
  const keep = (change: Partial<typeof now>): void => {
    const all = { amount: now.amount, unit, ...change };
    context.editing.set(context.shape, word, { [name]: all.amount ? keptAs(all, calendar).duration : '' });
  };
  return [
    field(name, label, { value: now.amount, placeholder: say('as usual'), set: (amount) => keep({ amount: amount.trim() }) }),
    field(`${name}.unit`, say('Counted in'), { of: label, kind: 'choice', value: unit, options: units(unit).filter((one) => rungUnits(text(word, 'calendar')).includes(one.value as Unit) || one.value === unit), set: (value) => keep({ unit: value as Unit }) }),
  ];
}

function rungUnits(calendar: string): Unit[] {
  if (calendar === 'working-days') return ['hours', 'working-days'];
  return calendar === 'calendar-with-start' ? ['hours', 'days-with-start'] : ['hours', 'days', 'weeks', 'months'];
}

export function units(now: Unit): Option[] {
  return UNITS.filter((one) => one !== 'other' || now === one).map((one) => ({ value: one, label: UNIT_WORDS[one]() }));
}

export function start(field: (name: string, label: string, more?: Partial<Field>) => Field, value: string): Field[][] {
  const isKnown = STARTS.some(([known]) => known === value);
  const options = [...STARTS.map(([one, label]) => ({ value: one, label: label() })), { value: OTHER, label: say('by a formula') }];
  const choice = field('start', say('From'), { kind: 'choice', value: isKnown ? value : OTHER, options });
  return isKnown ? [[choice]] : [[choice], [field('start', say('From, as a formula'), { name: `${choice.name}.feel`, kind: 'feel' })]];
}

function classes(): Option[] {
  return [
    { value: 'LOV', label: say('the law (LOV)') },
    { value: 'LOKAL', label: say('our own promise (LOKAL)') },
    { value: 'INTERN', label: say('a reminder among colleagues (INTERN)') },
  ];
}

function steps({ editing }: Context, field: (name: string, label: string, more?: Partial<Field>) => Field, name: string, label: string): Field {
  const options = editing.all('bpmn:Activity', 'bpmn:Event').map((one) => ({ value: one.id, label: text(one.businessObject, 'name') || one.id }));
  const made = field(name, label, { kind: 'choice' });
  return { ...made, options: offered(options, made.value, '–') };
}

function freeKey({ editing, shape }: Context): string {
  const taken = new Set(editing.all('bpmn:Activity', 'bpmn:Participant').flatMap((one) => editing.words(one.businessObject, 'sag:Deadline')).map((one) => text(one, 'key')));
  const wanted = shape.businessObject.id as string;
  return taken.has(wanted) ? `${wanted}_${taken.size}` : wanted;
}

export function shownDeadlines(context: Context): Group | undefined {
  const { shape, of, editing, choices } = context;
  if (!is(of, 'bpmn:UserTask')) return undefined;
  const found = editing.words(of, 'sag:DeadlineRef');
  const taken = found.map((one) => text(one, 'key'));
  return {
    name: 'shown',
    title: say('Deadlines of others that are shown here'),
    isQuiet: true,
    items: found.map((word) => ({ title: choices.deadlines.find((one) => one.value === text(word, 'key'))?.label ?? text(word, 'key'), rows: [], remove: () => editing.remove(shape, of, word) })),
    adding: { label: say('Show a deadline'), options: choices.deadlines.filter((one) => !taken.includes(one.value)), add: (key) => editing.add(shape, of, 'sag:DeadlineRef', { key }) },
  };
}
