// Expressions are parsed once and kept: the same conditions, cells and timers are asked all day. How one is parsed depends on
// the names around it ("barnets alder" may be one name or two), so it is kept for the shape of its context.

import { InterpreterContext, interpreter, type EvaluationResult } from 'feelin';

type Context = Record<string, unknown>;
type Kind = 'value' | 'test';
type Prepared = { root: (context: Context) => unknown; notes: InterpreterContext };

const MOST_PREPARED = 3_000;
const prepared = new Map<string, Prepared>();
const shapes = new Map<string, number>();

/** A context with the number of its shape: contexts with the same names, however deep, have the same. */
export type Shaped = { context: Context; shape: number };

export function shaped(context: Context): Shaped {
  return { context, shape: numberOf(shapeOf(context)) };
}

/** As feelin's `evaluate`, of values that are FEEL values already. */
export function evaluated(expression: string, { context, shape }: Shaped): EvaluationResult<unknown> {
  return run('value', expression, context, shape, (result) => result);
}

/** As feelin's `unaryTest`. */
export function tested(expression: string, { context, shape }: Shaped): EvaluationResult<unknown> {
  return run('test', expression, context, shape, (test) => (test as (value: unknown) => unknown)(context['?'] ?? null));
}

function run(kind: Kind, expression: string, context: Context, shape: number, finish: (result: unknown) => unknown): EvaluationResult<unknown> {
  const { root, notes } = prepare(kind, expression, context, shape);
  notes.warnings = [];
  const value = finish(root(context));
  return { value, warnings: notes.warnings };
}

function prepare(kind: Kind, expression: string, context: Context, shape: number): Prepared {
  const key = `${kind} ${shape} ${expression}`;
  const known = prepared.get(key);
  if (known) return known;
  const notes = new InterpreterContext();
  const parse = kind === 'test' ? interpreter.unaryTest : interpreter.evaluate;
  const { root } = parse.call(interpreter, expression, context, undefined, notes);
  if (prepared.size >= MOST_PREPARED) prepared.clear();
  prepared.set(key, { root, notes });
  return { root, notes };
}

function numberOf(shape: string): number {
  const known = shapes.get(shape);
  if (known !== undefined) return known;
  if (shapes.size >= MOST_PREPARED) forgetAll();
  shapes.set(shape, shapes.size);
  return shapes.size - 1;
}

function forgetAll(): void {
  shapes.clear();
  prepared.clear();
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(shapeOf))].join()}]`;
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return '';
  return `{${Object.entries(value).map(([name, inner]) => JSON.stringify(name) + shapeOf(inner)).join()}}`;
}
