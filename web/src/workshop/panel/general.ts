// What every element has: its name in both languages and the words that its worker reads.

import { say } from '../words';
import { attribute, type Context } from './context';
import { is, text, type Words } from './editing';
import type { Group } from './field';

export function general(context: Context): Group {
  const { shape, of, editing } = context;
  const english = is(of, 'bpmn:Process') ? 'sag:titleEn' : 'sag:nameEn';
  const [documentation] = of.get('documentation') as Words[];
  return {
    name: 'general',
    title: say('General'),
    rows: [
      [attribute(context, 'name', is(of, 'bpmn:SequenceFlow') ? say('Text on the flow') : say('Name'), { set: (value) => (is(shape, 'bpmn:Participant') ? editing.rename(shape, value) : editing.set(shape, of, { name: value })) })],
      [attribute(context, english, say('Name in English'))],
      ...(is(of, 'bpmn:SequenceFlow', 'bpmn:Lane') ? [] : [[{ name: 'documentation', ...whatFor(of), kind: 'long' as const, value: text(documentation, 'text'), set: (value: string) => editing.setDocumentation(shape, of, value.trim()) }]]),
    ],
  };
}

/** Only a task has somebody who works with it. */
function whatFor(of: Words): { label: string; hint?: string } {
  return is(of, 'bpmn:UserTask', 'bpmn:ManualTask') ? { label: say('Guidance'), hint: say('What the worker reads beside the task.') } : { label: say('Description') };
}
