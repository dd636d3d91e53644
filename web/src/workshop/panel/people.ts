// Who does it: the unit of a lane, the unit and person of a task.

import { say } from '../words';
import { attribute, offered, type Context } from './context';
import { is, text } from './editing';
import type { Field, Group } from './field';

export function unitOfLane(context: Context): Group | undefined {
  const { shape, of, editing, choices } = context;
  if (!is(of, 'bpmn:Lane')) return undefined;
  const taken = editing.all('bpmn:Lane').filter((one) => one !== shape).map((one) => one.id);
  const options = choices.units.filter((one) => !taken.includes(one.value));
  const set = (value: string): void => {
    if (!value) return;
    const name = choices.units.find((one) => one.value === value)?.label ?? value;
    editing.set(shape, of, text(of, 'name') ? { id: value } : { id: value, name });
  };
  return {
    name: 'lane',
    title: say('Unit'),
    note: say('Tasks in this lane go to the inbox of this unit.'),
    rows: [[{ name: 'unit', label: say('Unit'), kind: 'choice', value: text(of, 'id'), options: offered(options, text(of, 'id')), set }]],
  };
}

export function worker(context: Context): Group | undefined {
  const { shape, of, editing, choices } = context;
  if (!is(of, 'bpmn:UserTask')) return undefined;
  const [assignment] = editing.words(of, 'sag:Assignment');
  const separation: Field = {
    name: 'separation',
    label: say('Only somebody who has done no task on this case'),
    kind: 'tick',
    value: text(assignment, 'separation') === 'true' ? 'true' : '',
    set: (value) => editing.setOnly(shape, of, 'sag:Assignment', { separation: value }),
  };
  return {
    name: 'worker',
    title: say('Who'),
    rows: [
      [attribute(context, 'camunda:candidateGroups', say('Unit'), { kind: 'choice', options: offered(choices.units, text(of, 'camunda:candidateGroups'), laneOf(context)) })],
      [{ name: 'to', label: say('Goes to'), kind: 'choice', value: known(text(assignment, 'to')), options: offered(PERSONS(), known(text(assignment, 'to')), say('the inbox of the unit')), set: (to) => editing.setOnly(shape, of, 'sag:Assignment', { to }) }],
      [separation],
    ],
  };
}

const PERSONS = (): { value: string; label: string }[] => [
  { value: 'responsible', label: say('the caseworker of the case') },
  { value: 'coordinator', label: say('the coordinator of the case') },
  { value: 'starter', label: say('whoever started the process') },
];

function known(to: string): string {
  return to === 'none' ? '' : to;
}

function laneOf({ editing, of }: Context): string {
  const lane = editing.laneOf(of);
  return lane ? say('that of the lane: {name}', { name: text(lane, 'name') || text(lane, 'id') }) : say('the one that is responsible for the case');
}
