// The groups that the panel shows of an element, in the order in which one asks for them.

import { assigns, called, decision, form, handOff, inputs, job, outputs } from './work';
import type { Context } from './context';
import { deadlines, shownDeadlines } from './deadlines';
import { condition, fault, message, timer } from './events';
import type { Group } from './field';
import { loop, way, ways } from './flow';
import { general } from './general';
import { law } from './law';
import { unitOfLane, worker } from './people';
import { variables } from './process';
import { is } from './editing';

const KNOWN = ['bpmn:FlowNode', 'bpmn:SequenceFlow', 'bpmn:Process', 'bpmn:Lane'];
const ORDER = [general, unitOfLane, worker, form, decision, called, handOff, job, message, timer, condition, fault, ways, way, deadlines, shownDeadlines, loop, law, assigns, inputs, outputs, variables];

export function groupsOf(context: Context): Group[] {
  return is(context.of, ...KNOWN) ? ORDER.map((one) => one(context)).filter((one): one is Group => one !== undefined) : [];
}
