// Values on their way between Python and FEEL. JSON has no dates: they travel as {"\0": [kind, text]}; Python's side is casework/feel/wire.py.

import {
  FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime, dateAndTime, duration, isFunction, parseDate, parseTime,
} from 'feelin';

export type Wire = null | boolean | number | string | Wire[] | { [key: string]: Wire };

const TAG = '\0';

/** A function as Python writes it down; web/src/feel.ts makes it callable. */
export class FunctionText {
  constructor(readonly parameters: string[], readonly body: string) {}
}

const READERS: Record<string, (text: never) => unknown> = {
  function: ([parameters, body]: [string[], string]) => new FunctionText(parameters, body),
  date: (text: string) => parseDate(text),
  time: (text: string) => parseTime(text),
  moment: (text: string) => dateAndTime(text),
  duration: (text: string) => duration(text),
  // A context that itself has the key of the tag.
  context: (entries: [string, Wire][]) => Object.fromEntries(entries.map(([key, value]) => [key, decode(value)])),
};

export function decode(wire: Wire): unknown {
  if (wire === null || typeof wire !== 'object') return wire;
  if (Array.isArray(wire)) return wire.map(decode);
  if (TAG in wire) return read(wire[TAG] as [string, never]);
  return Object.fromEntries(Object.entries(wire).map(([key, value]) => [key, decode(value)]));
}

function read([kind, text]: [string, never]): unknown {
  const value = READERS[kind]!(text);
  if (value === null) throw new Error(`a ${kind} that FEEL cannot hold: ${text}`);
  return value;
}

export function encode(value: unknown): Wire {
  if (value === undefined || value === null || isFunction(value) || typeof value === 'function') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object') return value as boolean | string;
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof FeelDate) return tagged('date', value);
  if (value instanceof FeelTime) return tagged('time', value);
  if (value instanceof FeelDateTime) return tagged('moment', value);
  if (value instanceof FeelDuration) return tagged(value.yearsMonths ? 'months' : 'duration', value);
  if (value instanceof FeelRange) return tagged('range', value);
  return encodeContext(Object.entries(value));
}

function encodeContext(entries: [string, unknown][]): Wire {
  const encoded = entries.map(([key, value]): [string, Wire] => [key, encode(value)]);
  return entries.some(([key]) => key === TAG) ? { [TAG]: ['context', encoded] } : Object.fromEntries(encoded);
}

function tagged(kind: string, value: { toString(): string }): Wire {
  return { [TAG]: [kind, value.toString()] };
}

export function dateOfMoment(moment: FeelDateTime): FeelDate {
  return new FeelDate(moment.unwrap().toPlainDate());
}
