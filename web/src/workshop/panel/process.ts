// What the process as a whole declares: the variables that it decides by.

import { say } from '../words';
import type { Context } from './context';
import { is, text, type Words } from './editing';
import type { Field, Group, Item } from './field';

const TYPES = ['string', 'boolean', 'number', 'date', 'datetime', 'duration', 'list', 'context'];

export function variables(context: Context): Group | undefined {
  const { shape, of, editing } = context;
  if (!is(of, 'bpmn:Process')) return undefined;
  return {
    name: 'variables',
    title: say('Variables'),
    note: say('Flags, dates, ids and choices that the process decides by. Text stays in the forms.'),
    isQuiet: true,
    items: editing.words(of, 'sag:Variable').map(item),
    adding: { label: say('Add a variable'), add: () => editing.add(shape, of, 'sag:Variable', { name: '', type: 'string', da: '', en: '' }) },
  };

  function item(word: Words, index: number): Item {
    const field = (name: string, label: string, more: Partial<Field> = {}): Field => ({ name: `variable.${index}.${name}`, label, kind: 'text', value: text(word, name), set: (value) => editing.set(shape, word, { [name]: value.trim() }), ...more });
    return {
      title: text(word, 'name'),
      rows: [[field('name', say('Name')), field('type', say('Type'), { kind: 'choice', options: TYPES.map((one) => ({ value: one, label: say(`type ${one}`) })) })], [field('da', say('In Danish')), field('en', say('In English'))]],
      remove: () => editing.remove(shape, of, word),
    };
  }
}
