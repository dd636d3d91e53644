// FEEL for Python: casework.feel calls `feel.answer(request)` inside V8, JSON in and out. Many expressions cost one call.
// Limits of time and memory are V8's and set in Python; here is only what JavaScript must say about values and syntax.

import { FeelFunction, SyntaxError as FeelSyntaxError, dateAndTime, evaluate, type EvaluationResult } from 'feelin';
import { namesRead } from './feel-names';
import { evaluated, shaped, tested, type Shaped } from './feel-prepared';
import { FunctionText, dateOfMoment, decode, encode, type Wire } from './feel-values';

type Context = Record<string, unknown>;
// A test is of the value that `subject` has, or without one of what the context has under "?".
type Job = { kind: 'value' | 'test' | 'check' | 'check-test'; expression: string; context: number; subject?: string };
type Request = { now: string; contexts: Wire[]; jobs: Job[] };
type Warning = { type: string; message: string; from: number; to: number };
type Answer =
  | { value: Wire; warnings: Warning[] }
  | { names: string[] }
  | { fault: 'syntax'; from: number; to: number }
  | { fault: 'size' };
// Many cells of a decision table test the same value: it is computed once, and kept with the context it is tested in.
type Place = Shaped & { subjects: Map<string, Shaped> };

// More than any variable needs, and quick to read in Python.
const MOST_CHARACTERS = 1_000_000;

// What V8 says when a string, a list or a chain of calls outgrows it.
const OUTGROWN = /^(Maximum call stack|Invalid (string|array|typed array) length|Array buffer allocation)/;

export function answer(request: string): string {
  const { now, contexts, jobs } = JSON.parse(request) as Request;
  const places = contexts.map((context) => place({ ...clock(now), ...(decode(context) as Context) }));
  return JSON.stringify(jobs.map((job) => attempt(job, places[job.context]!)));
}

function place(context: Context): Place {
  return { ...shaped(withFunctions(context)), subjects: new Map() };
}

/** now() and today() obey the clock of the application; a variable of that name comes before. */
function clock(now: string): Context {
  const moment = dateAndTime(now)!;
  const today = dateOfMoment(moment);
  return { now: new FeelFunction(() => moment, []), today: new FeelFunction(() => today, []) };
}

/** A function that Python gives is FEEL too, and sees all that its context holds. */
function withFunctions(context: Context): Context {
  for (const [name, value] of Object.entries(context)) {
    if (value instanceof FunctionText) context[name] = callable(value, context);
  }
  return context;
}

function callable({ parameters, body }: FunctionText, context: Context): FeelFunction {
  const call = (...args: unknown[]): unknown => {
    const given = parameters.map((name, index): [string, unknown] => [name, args[index] ?? null]);
    return evaluate(body, { ...context, ...Object.fromEntries(given) }).value;
  };
  return new FeelFunction(call, parameters);
}

function attempt(job: Job, place: Place): Answer {
  try {
    return limited(work(job, place));
  } catch (error) {
    return answerTo(error as Error, job.expression);
  }
}

function work({ kind, expression, subject }: Job, place: Place): Answer {
  switch (kind) {
    case 'value':
      return said(evaluated(expression, place));
    case 'test':
      return said(tested(expression, subject === undefined ? place : about(subject, place)));
    default:
      return { names: namesRead(expression, place.context, kind === 'check-test') };
  }
}

/** The context in which `?` is what the subject gives. */
function about(subject: string, place: Place): Shaped {
  const known = place.subjects.get(subject);
  if (known) return known;
  const made = shaped({ ...place.context, '?': evaluated(subject, place).value });
  place.subjects.set(subject, made);
  return made;
}

function said({ value, warnings }: EvaluationResult<unknown>): Answer {
  return { value: encode(value), warnings: warnings.map(({ type, message, position }) => ({ type, message, ...position })) };
}

function limited(result: Answer): Answer {
  return JSON.stringify(result).length > MOST_CHARACTERS ? { fault: 'size' } : result;
}

/** What an operation cannot do is null in FEEL (DMN 1.3, 10.3.2.1), with a warning; syntax and size are errors. */
function answerTo(error: Error, expression: string): Answer {
  if (error instanceof FeelSyntaxError) return { fault: 'syntax', ...error.position };
  if (OUTGROWN.test(error.message)) return { fault: 'size' };
  return { value: null, warnings: [{ type: 'NOT_COMPUTABLE', message: error.message, from: 0, to: expression.length }] };
}
