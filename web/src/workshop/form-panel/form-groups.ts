// What the panel shows of a field of a form, or of the form itself: what form-js calls things, and our own properties beside them
// (casework/forms/component.py says what each means).

import type { Component } from '../form-file';
import type { Field, Group, Item } from '../panel/field';
import { offered } from '../panel/context';
import type { Choices, Option } from '../place';
import { say } from '../words';

export type Edit = (path: string[], value: unknown) => void;
type Told = { component: Component; edit: Edit; choices: Choices };

const ASKED = ['textfield', 'textarea', 'number', 'checkbox', 'radio', 'select', 'checklist', 'taglist', 'datetime', 'filepicker'];
const WITH_OPTIONS = ['radio', 'select', 'checklist', 'taglist'];
const TEXTS = ['textfield', 'textarea'];

export function groupsOfForm(told: Told): Group[] {
  const { component } = told;
  if (component.type === 'default') return [formItself(told)];
  return [words(told), sources(told, component), answers(told), options(told), showing(told), rules(told)].filter((one): one is Group => one !== undefined);
}

function formItself(told: Told): Group {
  return {
    name: 'form', title: say('Form'),
    rows: [
      [own(told, 'title', say('Title'))], [own(told, 'titleEn', say('Title in English'))], [law(told)],
      [own(told, 'reads', say('Forms that must be read first'), { hint: say('Keys with spaces between them, as F19 F11|F24: of F11 and F24 the newest.') })],
      [tick(told, 'decision', say('What is answered decides something about the child'))],
    ],
  };
}

function words(told: Told): Group {
  const { component } = told;
  const label = component.type === 'datetime' ? (component.subtype === 'time' ? 'timeLabel' : 'dateLabel') : 'label';
  const isText = component.type === 'text';
  return {
    name: 'words', title: say('Words'),
    rows: isText
      ? [[plain(told, ['text'], say('Text'), 'long')], [own(told, 'textEn', say('Text in English'), { kind: 'long' })]]
      : [
          [plain(told, [label], say('Question or heading'), 'long')], [own(told, 'labelEn', say('In English'), { kind: 'long' })],
          [plain(told, ['description'], say('Hint'), 'long')], [own(told, 'descriptionEn', say('Hint in English'), { kind: 'long' })],
        ],
  };
}

/** Where the answer goes, where it comes from, and by which rule it is asked. */
function sources(told: Told, { type }: Component): Group | undefined {
  if (!ASKED.includes(type) && type !== 'expression' && type !== 'dynamiclist') return undefined;
  const key = type === 'dynamiclist' ? 'path' : 'key';
  return {
    name: 'sources', title: say('Where it comes from and goes'),
    rows: [
      [plain(told, [key], say('Key'))],
      ...(type === 'expression' ? [[plain(told, ['expression'], say('Worked out as'), 'feel')], [tick(told, 'silent', say('Worked out without being shown'))]] : []),
      [own(told, 'variable', say('Becomes the process variable')), own(told, 'fact', say('Becomes the fact of the case'))],
      ...(ASKED.includes(type) ? [[own(told, 'prefill', say('Filled in with'), { kind: 'feel' as const })]] : []),
      [law(told)],
    ],
  };
}

function answers(told: Told): Group | undefined {
  const { component } = told;
  if (!ASKED.includes(component.type)) return undefined;
  const widgets: Option[] = [{ value: 'scale', label: say('a scale') }, { value: 'cpr', label: say('a CPR number') }, { value: 'employee', label: say('a colleague') }];
  const isScale = component.properties?.widget === 'scale';
  return {
    name: 'answers', title: say('Answer'),
    rows: [
      [required(told)],
      ...(['textfield', 'number'].includes(component.type) ? [[own(told, 'widget', say('Shown as'), { kind: 'choice' as const, options: offered(widgets, component.properties?.widget ?? '', say('as usual')) })]] : []),
      ...(isScale ? [[own(told, 'low', say('Low end')), own(told, 'lowEn', say('In English'))], [own(told, 'high', say('High end')), own(told, 'highEn', say('In English'))]] : []),
      ...(TEXTS.includes(component.type) ? [[tick(told, 'words', say("The child's own words"))]] : []),
    ],
  };
}

function options(told: Told): Group | undefined {
  const { component, edit } = told;
  if (!WITH_OPTIONS.includes(component.type)) return undefined;
  const values = (component.values ?? []) as Record<string, string>[];
  const set = (index: number, name: string, value: string): void => edit(['values'], values.map((one, at) => (at === index ? { ...one, [name]: value } : one)));
  const item = (option: Record<string, string>, index: number): Item => ({
    title: option.label ?? '',
    rows: [
      [{ name: `option.${index}.label`, label: say('Text'), kind: 'text', value: option.label ?? '', set: (value) => set(index, 'label', value) }, { name: `option.${index}.labelEn`, label: say('In English'), kind: 'text', value: option.labelEn ?? '', set: (value) => set(index, 'labelEn', value) }],
      [{ name: `option.${index}.value`, label: say('Kept as'), kind: 'text', value: String(option.value ?? ''), set: (value) => set(index, 'value', value) }],
    ],
    remove: () => edit(['values'], values.filter((_, at) => at !== index)),
  });
  return {
    name: 'options', title: say('Options'), isQuiet: values.length > 3,
    rows: component.valuesKey || component.type === 'select' ? [[plain(told, ['valuesKey'], say('From the list'))]] : [],
    items: values.map(item),
    adding: { label: say('Add an option'), add: () => edit(['values'], [...values, { label: '', labelEn: '', value: `valg${values.length + 1}` }]) },
  };
}

function showing(told: Told): Group | undefined {
  return { name: 'showing', title: say('When it is shown'), isQuiet: !told.component.conditional?.hide, rows: [[plain(told, ['conditional', 'hide'], say('Hidden when'), 'feel')], ...(ASKED.includes(told.component.type) ? [[flag(told, 'readonly', say('Can only be read'))]] : [])] };
}

function rules(told: Told): Group | undefined {
  const { type } = told.component;
  const rows: Field[][] = [];
  if (type === 'datetime') rows.push([tick(told, 'past', say('Not in the future'))], [tick(told, 'future', say('Not in the past'))], [own(told, 'minDate', say('Not before'), { kind: 'feel' })], [own(told, 'maxDate', say('Not after'), { kind: 'feel' })]);
  if (type === 'number') rows.push([limit(told, 'min', say('At least')), limit(told, 'max', say('At most'))]);
  if (TEXTS.includes(type)) rows.push([limit(told, 'minLength', say('Signs at least')), limit(told, 'maxLength', say('Signs at most'))], [plain(told, ['validate', 'pattern'], say('Pattern'))]);
  if (type === 'dynamiclist') rows.push([own(told, 'minRows', say('Rows at least')), own(told, 'maxRows', say('Rows at most'))], [own(told, 'item', say('One row is called')), own(told, 'itemEn', say('In English'))]);
  if (type === 'checklist' || type === 'taglist') rows.push([own(told, 'minChoices', say('Chosen at least')), own(told, 'maxChoices', say('Chosen at most'))]);
  if (ASKED.includes(type)) rows.push([own(told, 'message', say('Said when it is wrong'))], [own(told, 'messageEn', say('In English'))]);
  return rows.length ? { name: 'rules', title: say('Limits'), isQuiet: true, rows } : undefined;
}

/** One of our own properties: texts, and taken away when empty. */
function own({ component, edit }: Told, name: string, label: string, more: Partial<Field> = {}): Field {
  const properties = (component.properties ?? {}) as Record<string, unknown>;
  const set = (value: string): void => {
    const { [name]: _, ...rest } = properties;
    edit(['properties'], value.trim() ? { ...properties, [name]: value.trim() } : rest);
  };
  return { name: `own.${name}`, label, kind: 'text', value: String(properties[name] ?? ''), set, ...more };
}

function tick(told: Told, name: string, label: string): Field {
  return own(told, name, label, { kind: 'tick' });
}

function law(told: Told): Field {
  const value = String(told.component.properties?.law ?? '');
  return own(told, 'law', say('By which rule'), { kind: 'choice', options: offered(told.choices.laws, value, say('none')) });
}

/** What form-js itself knows. */
function plain({ component, edit }: Told, path: string[], label: string, kind: Field['kind'] = 'text'): Field {
  const [outer, inner] = path as [string, string | undefined];
  const value = inner ? component[outer]?.[inner] : component[outer];
  const set = (now: string): void => {
    if (!inner) return edit(path, now.trim() || undefined);
    const { [inner]: _, ...rest } = (component[outer] ?? {}) as Record<string, unknown>;
    const all = now.trim() ? { ...component[outer], [inner]: now.trim() } : rest;
    edit([outer], Object.keys(all).length ? all : undefined);
  };
  return { name: path.join('.'), label, kind, value: String(value ?? ''), set };
}

function limit(told: Told, name: string, label: string): Field {
  const { component, edit } = told;
  const set = (value: string): void => {
    const { [name]: _, ...rest } = (component.validate ?? {}) as Record<string, unknown>;
    const number = Number(value.replace(',', '.'));
    edit(['validate'], value.trim() ? { ...component.validate, [name]: Number.isFinite(number) ? number : value.trim() } : rest);
  };
  return { name: `validate.${name}`, label, kind: 'text', value: String(component.validate?.[name] ?? ''), set };
}

function required({ component, edit }: Told): Field {
  const now = component.validate?.required;
  if (typeof now === 'string') return { name: 'required', label: say('Must be answered when'), kind: 'feel', value: now, set: (value) => edit(['validate'], { ...component.validate, required: value.trim() || undefined }) };
  const set = (value: string): void => {
    const { required: _, ...rest } = (component.validate ?? {}) as Record<string, unknown>;
    edit(['validate'], value ? { ...component.validate, required: true } : rest);
  };
  return { name: 'required', label: say('Must be answered'), kind: 'tick', value: now ? 'true' : '', set };
}

function flag({ component, edit }: Told, name: string, label: string): Field {
  return { name, label, kind: 'tick', value: component[name] ? 'true' : '', set: (value) => edit([name], value ? true : undefined) };
}
