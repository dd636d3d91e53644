// What a group of the panel needs to know: the element, what can be chosen from, and how to change something.

import type { Choices, Option, Place } from '../place';
import { say } from '../words';
import { is, subject, text, type Editing, type Shape, type Words } from './editing';
import type { Field } from './field';

export type Context = {
  shape: Shape;
  of: Words; // the shape's moddle object; of a pool its process
  editing: Editing;
  place: Place;
  choices: Choices;
  makeForm(title: string): Promise<string>;
  makeDecision(title: string): Promise<string>;
  makeProcess(title: string, lane: string): Promise<string>;
};
/** Each gives the key of what it has made. */
export type Maker = Pick<Context, 'makeForm' | 'makeDecision' | 'makeProcess'>;

export function contextFor(shape: Shape, editing: Editing, place: Place, making: Maker): Context {
  return { shape, of: subject(shape), editing, place, choices: place.choices, ...making };
}

/** An attribute of the element itself, or of another moddle object of it. */
export function attribute(context: Context, name: string, label: string, more: Partial<Field> & { target?: Words; hint?: string } = {}): Field {
  const { target = context.of, ...rest } = more;
  return { name: `${target.$type}.${name}`, label, kind: 'text', value: text(target, name), set: (value) => context.editing.set(context.shape, target, { [name]: value.trim() }), ...rest };
}

/** With an empty first choice, and what is written in the file even when nobody offers it. */
export function offered(options: Option[], value: string, none?: string): Option[] {
  const known = !value || options.some((one) => one.value === value);
  return [...(none === undefined ? [] : [{ value: '', label: none }]), ...(known ? [] : [{ value, label: say('{name} (does not exist)', { name: value }) }]), ...options];
}

/** Names that an expression may read: variables of the process, and facts of the case. */
export function names({ editing, choices }: Context): Option[] {
  const processes = editing.definitions.get('rootElements').filter((one: Words) => is(one, 'bpmn:Process')) as Words[];
  const variables = processes.flatMap((one) => editing.words(one, 'sag:Variable')).map((one) => ({ value: text(one, 'name'), label: `${text(one, 'name')} – ${text(one, 'da')}` }));
  return [...variables, ...choices.facts].sort((one, other) => one.value.localeCompare(other.value));
}
