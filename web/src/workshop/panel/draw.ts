// Draws groups of fields with the parts of the Danish design system. What stands in a field is written back when one leaves it, or
// a moment after the last key.

import type { Option } from '../place';
import { Refused } from '../server';
import { say } from '../words';
import type { Field, Group, Item, Making } from './field';

const PAUSE_MS = 500;
const opened = new Map<string, boolean>(); // by name of the group, as somebody has left it

export type Drawing = { isReadOnly: boolean; names: Option[] };

export function drawGroup(group: Group, drawing: Drawing): HTMLElement {
  const place = make('details', 'sg-prop');
  place.dataset.group = group.name;
  place.open = opened.get(group.name) ?? (!group.isQuiet || Boolean(group.items?.length && group.items.length < 4));
  place.addEventListener('toggle', () => opened.set(group.name, place.open));
  const count = group.items?.length ? ` ${group.items.length}` : '';
  const head = make('summary', '');
  head.append(make('span', 'sg-strong', group.title), make('span', 'sg-quiet', count));
  place.append(head);
  if (group.note) place.append(make('p', 'sg-note', group.note));
  place.append(...(group.rows ?? []).map((row) => drawRow(row, drawing)), ...(group.items ?? []).map((item) => drawItem(item, drawing)));
  for (const link of group.links ?? []) place.append(drawLink(link.label, link.href));
  if (!drawing.isReadOnly) place.append(...[drawAdding(group), group.making && drawMaking(group.making)].filter((one): one is HTMLElement => Boolean(one)));
  return place;
}

function drawItem(item: Item, drawing: Drawing): HTMLElement {
  const place = make('div', item.rows.length ? 'sg-prop-item' : 'sg-prop-line');
  const head = make('p', 'sg-row');
  head.append(make('span', item.rows.length ? 'sg-strong' : '', item.title));
  if (item.tag) head.append(make('span', `sg-class${item.tag === 'LOV' ? ' sg-class--law' : ''}`, item.tag));
  if (item.remove && !drawing.isReadOnly) head.append(button(say('Remove'), item.remove, `: ${item.title}`, 'sg-end'));
  const [first, ...others] = item.rows.map((row) => drawRow(row, drawing));
  place.append(...[head, first, item.note && drawNote(item.note), ...others].filter((one): one is HTMLElement => Boolean(one)));
  return place;
}

function drawNote(note: Promise<string>): HTMLElement {
  const place = make('p', 'sg-note');
  void note.then((words) => { place.textContent = words; });
  return place;
}

function drawRow(row: Field[], drawing: Drawing): HTMLElement {
  const place = make('div', 'sg-prop-row');
  place.append(...row.map((field) => drawField(field, drawing)));
  return place;
}

function drawField(field: Field, drawing: Drawing): HTMLElement {
  const id = `prop-${field.name.replace(/[^\w-]/g, '_')}`;
  const place = make('div', 'form-group');
  const label = make('label', field.kind === 'tick' ? '' : 'form-label', field.label);
  label.htmlFor = id;
  if (field.of) label.append(make('span', 'sr-only', `: ${field.of}`));
  const input = inputOf(field);
  input.id = id;
  input.dataset.field = field.name;
  if (drawing.isReadOnly) input.disabled = true;
  if (field.kind === 'tick') place.append(input, label);
  else place.append(label, input);
  if (field.kind === 'feel' && !drawing.isReadOnly) place.append(namesFor(input as HTMLTextAreaElement, field, drawing.names));
  if (field.hint) {
    const hint = make('span', 'form-hint', field.hint);
    hint.id = `${id}-hint`;
    input.setAttribute('aria-describedby', hint.id);
    place.append(hint);
  }
  return place;
}

function inputOf(field: Field): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  if (field.kind === 'choice') return selectOf(field);
  if (field.kind === 'tick') return tickOf(field);
  const isLong = field.kind === 'long' || field.kind === 'feel';
  const input = isLong ? make('textarea', `form-input${field.kind === 'feel' ? ' sg-feel' : ''}`) : make('input', 'form-input');
  input.value = field.value;
  input.placeholder = field.placeholder ?? '';
  input.spellcheck = field.kind === 'long';
  if (input instanceof HTMLTextAreaElement) input.rows = Math.min(6, Math.max(field.kind === 'long' ? 3 : 1, Math.ceil(field.value.length / 40)));
  else input.autocomplete = 'off';
  writeBack(input, field);
  return input;
}

function writeBack(input: HTMLInputElement | HTMLTextAreaElement, field: Field): void {
  let timer: number | undefined;
  let written = field.value;
  const write = (): void => {
    window.clearTimeout(timer);
    if (input.value === written) return;
    written = input.value;
    field.set(input.value);
  };
  input.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(write, PAUSE_MS);
  });
  input.addEventListener('change', write);
  input.addEventListener('blur', write);
}

function selectOf(field: Field): HTMLSelectElement {
  const input = make('select', 'form-select');
  for (const option of field.options ?? []) input.add(new Option(option.label, option.value, false, option.value === field.value));
  input.value = field.value;
  input.addEventListener('change', () => field.set(input.value));
  return input;
}

function tickOf(field: Field): HTMLInputElement {
  const input = make('input', 'form-checkbox');
  input.type = 'checkbox';
  input.checked = field.value === 'true';
  input.addEventListener('change', () => field.set(input.checked ? 'true' : ''));
  return input;
}

/** A list that puts a known name where the cursor is. */
function namesFor(input: HTMLTextAreaElement, field: Field, names: Option[]): HTMLElement {
  const list = make('select', 'form-select sg-insert');
  list.setAttribute('aria-label', say('Insert a name into: {label}', { label: field.label }));
  list.add(new Option(say('Insert a name'), ''));
  for (const name of names) list.add(new Option(name.label, name.value));
  list.addEventListener('change', () => {
    input.setRangeText(list.value, input.selectionStart, input.selectionEnd, 'end');
    input.dispatchEvent(new Event('change'));
  });
  return list;
}

function drawAdding(group: Group): HTMLElement | undefined {
  const { adding } = group;
  if (!adding) return undefined;
  if (!adding.options) return button(adding.label, () => adding.add(''));
  const list = make('select', 'form-select');
  list.setAttribute('aria-label', adding.label);
  list.dataset.field = `${group.name}.add`;
  list.add(new Option(adding.label, ''));
  for (const option of adding.options) list.add(new Option(option.label, option.value));
  list.addEventListener('change', () => list.value && adding.add(list.value));
  return list;
}

function drawMaking(making: Making): HTMLElement {
  const place = make('div', 'sg-prop-row sg-prop-new');
  const group = make('div', 'form-group');
  const label = make('label', 'form-label', making.label);
  const input = make('input', 'form-input');
  input.id = label.htmlFor = `prop-${making.field}`;
  input.autocomplete = 'off';
  group.append(label, input);
  const told = make('p', 'form-error-message');
  told.setAttribute('role', 'alert');
  const done = (): void => void (input.value.trim() && making.make(input.value.trim()).catch((error: unknown) => { told.textContent = wordsOf(error); }));
  input.addEventListener('keydown', (event) => event.key === 'Enter' && done());
  place.append(group, button(making.button, done), told);
  return place;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Refused)) console.error(error);
  return (error instanceof Refused && error.words) || say('It could not be made. Try again in a moment.');
}

function drawLink(label: string, href: string): HTMLElement {
  const place = make('p', '');
  const link = make('a', '', label);
  link.href = href;
  place.append(link);
  return place;
}

export function button(label: string, action: () => void, more = '', className = ''): HTMLButtonElement {
  const made = make('button', `button button-tertiary sg-small ${className}`, label);
  made.type = 'button';
  if (more) made.append(make('span', 'sr-only', more));
  made.addEventListener('click', action);
  return made;
}

export function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text = ''): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
