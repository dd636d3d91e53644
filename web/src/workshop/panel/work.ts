// What a step does: the form of a task, a decision, a called process, a job of a machine, a hand-off, what goes in and comes out.

import type { Option } from '../place';
import { say } from '../words';
import { attribute, offered, type Context } from './context';
import { is, text, type Words } from './editing';
import type { Field, Group, Item } from './field';

const TAKES_IN = ['bpmn:CallActivity', 'bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask', 'bpmn:UserTask', 'bpmn:ThrowEvent'];
const GIVES_OUT = ['bpmn:Activity', 'bpmn:CatchEvent'];
/** What each job takes in, in the order in which one thinks of it. */
const INPUTS: Record<string, string[]> = {
  handoff: ['action', 'toLane', 'occasion', 'form', 'dataClasses', 'legalBasis', 'movesResponsibility', 'dueDuration', 'dueCalendar', 'handoff_id', 'reason', 'result'],
  letter: ['template', 'recipient', 'form'],
  notify: ['about', 'to', 'within', 'handoff_id', 'level'],
  package: ['action', 'package_id', 'on', 'reason', 'occasion'],
  place: ['action', 'on', 'package_id', 'unit', 'reason'],
  consents: ['action', 'reason'],
};

/** The part that hands over (S3), and what whoever calls it says. */
const HANDS_OVER = 'sub_handover';
const OF_CALLS: Record<string, string[]> = { [HANDS_OVER]: ['modtagerLane', 'anledning', 'flytterAnsvar', 'svarFrist'] };
/** What some of them may be, as people say it. */
const KNOWN: Record<string, string[]> = {
  'sub_handover.flytterAnsvar': ['=false', '=true'],
  'sub_handover.svarFrist': ['P3D', 'P5D', 'P10D'],
  'handoff.action': ['offer', 'withdraw', 'complete'],
  'package.action': ['plan', 'approve', 'start', 'end', 'drop'],
  'place.action': ['wait', 'occupy', 'leave'],
  'consents.action': ['lapse'],
  'letter.recipient': ['child', 'custody', 'notifier', 'police', 'childrens_house', 'social_supervision', 'committee', 'association'],
  'notify.to': ['responsible', 'open_tasks', 'handoff_leaders'],
  'handoff.dueCalendar': ['working-days', 'calendar'],
};

export function form(context: Context): Group | undefined {
  const { of, choices, place } = context;
  if (!is(of, 'bpmn:UserTask')) return undefined;
  const key = text(of, 'camunda:formKey');
  return {
    name: 'form',
    title: say('Form'),
    rows: [[attribute(context, 'camunda:formKey', say('Form'), { name: 'form', kind: 'choice', options: offered(choices.forms, key, say('none: the task is only ticked off')) })]],
    links: key ? [{ label: say('Change the form'), href: `${place.urls.forms}?key=${encodeURIComponent(key)}` }] : [],
    making: { label: say('Title of a new form'), field: 'new-form', button: say('Make a new form'), make: async (title) => context.editing.set(context.shape, of, { 'camunda:formKey': await context.makeForm(title) }) },
  };
}

export function decision(context: Context): Group | undefined {
  const { of, choices, place } = context;
  if (!is(of, 'bpmn:BusinessRuleTask')) return undefined;
  const chosen = choices.decisions.find((one) => one.value === text(of, 'camunda:decisionRef'));
  return {
    name: 'decision',
    title: say('Decision'),
    rows: [
      [attribute(context, 'camunda:decisionRef', say('Decision table'), { name: 'decision', kind: 'choice', options: offered(choices.decisions, text(of, 'camunda:decisionRef'), say('none yet')) })],
      [attribute(context, 'camunda:resultVariable', say('The result becomes the variable'))],
    ],
    links: chosen ? [{ label: say('Change the decision table'), href: `${place.urls.decisions}?key=${encodeURIComponent(chosen.file)}` }] : [],
    making: { label: say('Title of a new decision'), field: 'new-decision', button: say('Make a new decision'), make: async (title) => context.editing.set(context.shape, of, { 'camunda:decisionRef': await context.makeDecision(title) }) },
  };
}

export function called(context: Context): Group | undefined {
  const { of, choices, place } = context;
  if (!is(of, 'bpmn:CallActivity')) return undefined;
  const key = text(of, 'calledElement');
  return {
    name: 'called',
    title: say('Called process'),
    rows: [[attribute(context, 'calledElement', say('Process'), { name: 'called', kind: 'choice', options: offered(choices.processes, key, say('none yet')) })]],
    links: choices.processes.some((one) => one.value === key) ? [{ label: say('Open its diagram'), href: `${place.urls.page}?key=${encodeURIComponent(key)}` }] : [],
    making: { label: say('Name of a new process'), field: 'new-process', button: say('Make a new process'), make: async (title) => context.editing.set(context.shape, of, { calledElement: await context.makeProcess(title, laneFor(context)) }) },
  };
}

/** The first task of what a step calls lies with the same unit; with the first one where nobody knows whose lane it is. */
function laneFor({ of, editing, choices }: Context): string {
  const lane = text(editing.laneOf(of), 'id');
  return choices.units.some((one) => one.value === lane) ? lane : '';
}

export function handOff(context: Context): Group | undefined {
  const { of } = context;
  if (!is(of, 'bpmn:CallActivity') || text(of, 'calledElement') !== HANDS_OVER) return undefined;
  return { name: 'handoff', title: say('Hand-off'), rows: OF_CALLS[HANDS_OVER]!.map((name) => [input(context, name)]) };
}

export function job(context: Context): Group | undefined {
  const { shape, of, editing, choices } = context;
  if (!is(of, 'bpmn:ServiceTask', 'bpmn:SendTask')) return undefined;
  const topic = text(of, 'camunda:topic');
  const set = (value: string): void => editing.set(shape, of, { 'camunda:topic': value, 'camunda:type': value ? 'external' : '' });
  return {
    name: 'job',
    title: topic === 'handoff' ? say('Hand-off') : say('Job'),
    rows: [
      [{ name: 'topic', label: say('Carried out by'), kind: 'choice', value: topic, options: offered(choices.topics, topic, is(of, 'bpmn:SendTask') ? say('nobody: it sends a message') : say('nobody yet')), set }],
      ...(INPUTS[topic] ?? []).map((name) => [input(context, name)]),
    ],
  };
}

function input(context: Context, name: string): Field {
  const { shape, of, editing } = context;
  const word = editing.words(of, 'sag:Input').find((one) => text(one, 'name') === name);
  const value = text(word, 'value');
  const set = (now: string): void => {
    if (word && now) editing.set(shape, word, { value: now });
    else if (word) editing.remove(shape, of, word);
    else if (now) editing.add(shape, of, 'sag:Input', { name, value: now });
  };
  const told = { name: `input.${name}`, label: say(`input ${name}`), value, set };
  const options = optionsOf(context, name);
  if (value.startsWith('=') && !options?.some((one) => one.value === value)) return { ...told, kind: 'feel' };
  return options ? { ...told, kind: 'choice', options: [...offered(options, value, '–'), { value: '=', label: say('by a formula') }] } : { ...told, kind: 'text' };
}

function optionsOf({ of, choices }: Context, name: string): Option[] | undefined {
  const whose = text(of, 'camunda:topic') || text(of, 'calledElement');
  const lists: Record<string, Option[]> = { template: choices.letters, form: choices.forms, toLane: choices.units, modtagerLane: choices.units, unit: choices.units };
  return lists[name] ?? KNOWN[`${whose}.${name}`]?.map((value) => ({ value, label: say(`${whose} ${value}`) }));
}

export function inputs(context: Context): Group | undefined {
  const known = INPUTS[text(context.of, 'camunda:topic')] ?? OF_CALLS[text(context.of, 'calledElement')] ?? [];
  return is(context.of, ...TAKES_IN) ? pairs(context, 'sag:Input', 'name', { name: 'inputs', title: say('What it is told'), label: say('Name'), adding: say('Add something told'), known }) : undefined;
}

export function outputs(context: Context): Group | undefined {
  const isTold = is(context.of, ...GIVES_OUT) || context.editing.words(context.of, 'sag:Output').length > 0;
  return isTold && !is(context.of, 'bpmn:ScriptTask') ? pairs(context, 'sag:Output', 'variable', { name: 'outputs', title: say('What comes of it'), label: say('Variable'), adding: say('Add a result') }) : undefined;
}

export function assigns(context: Context): Group | undefined {
  return is(context.of, 'bpmn:ScriptTask') ? pairs(context, 'sag:Assign', 'variable', { name: 'assigns', title: say('What it works out'), label: say('Variable'), adding: say('Work out one more') }) : undefined;
}

type Told = { name: string; title: string; label: string; adding: string; known?: string[] };

function pairs(context: Context, type: string, attributeName: string, { name, title, label, adding, known = [] }: Told): Group {
  const { shape, of, editing } = context;
  const found = editing.words(of, type).filter((one) => !known.includes(text(one, attributeName)));
  return { name, title, isQuiet: true, items: found.map(item), adding: { label: adding, add: () => editing.add(shape, of, type, { [attributeName]: '', value: '=' }) } };

  function item(word: Words, index: number): Item {
    const field = (key: string, said: string, kind: Field['kind']): Field => ({ name: `${name}.${index}.${key}`, label: said, kind, value: text(word, key), set: (value) => editing.set(shape, word, { [key]: value.trim() }) });
    return { title: text(word, attributeName), rows: [[field(attributeName, label, 'text')], [field('value', say('Value'), 'feel')]], remove: () => editing.remove(shape, of, word) };
  }
}
