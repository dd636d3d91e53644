// By which rules of law a step is taken.

import { say } from '../words';
import type { Context } from './context';
import { is, text } from './editing';
import type { Group } from './field';

export function law(context: Context): Group | undefined {
  const { shape, of, editing, choices } = context;
  if (!is(of, 'bpmn:Activity', 'bpmn:Event', 'bpmn:Process')) return undefined;
  const found = editing.words(of, 'sag:Law');
  const taken = found.map((one) => text(one, 'key'));
  return {
    name: 'law',
    title: say('Legal basis'),
    isQuiet: true,
    items: found.map((word) => {
      const rule = choices.laws.find((one) => one.value === text(word, 'key'));
      return { title: rule?.label ?? say('{name} (does not exist)', { name: text(word, 'key') }), rows: [], remove: () => editing.remove(shape, of, word) };
    }),
    adding: { label: say('Add a rule'), options: choices.laws.filter((one) => !taken.includes(one.value)), add: (key) => editing.add(shape, of, 'sag:Law', { key }) },
  };
}
