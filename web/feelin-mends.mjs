// feelin 8.2 reckons time on the wall clock where the DMN standard (1.3, 10.3.2.3.6) wants instants. Deadlines depend on it, so
// the bundle is mended here; the build stops when a new version of feelin no longer has one of these lines.

import { readFile } from 'node:fs/promises';

// Decision, November 2026: a date and time without a zone means Danish time, in here as on screen.
const ZONE = "'Europe/Copenhagen'";

const MENDS = [
  {
    why: 'differences between zoned instants ignore their zones: 10:00Z - 10:00+01:00 would be zero',
    find: `    const left = toPlainDateTime(a);
    const right = toPlainDateTime(b);`,
    put: `    if (isDateTime(a) && isDateTime(b) && (a.zone !== null || b.zone !== null)) {
        return new FeelDuration(instantOf(a).since(instantOf(b)), false);
    }
    const left = toPlainDateTime(a);
    const right = toPlainDateTime(b);`,
  },
  {
    why: 'the instant of a date and time, also for offsets with seconds, which Temporal does not know',
    find: `function subtractTemporals(a, b) {`,
    put: `function instantOf(t) {
    const seconds = offsetZoneSeconds(t.zone);
    return seconds === null
        ? t.value.toZonedDateTime(t.zone ?? ${ZONE}).toInstant()
        : t.value.toZonedDateTime('UTC').toInstant().subtract({ seconds });
}
function subtractTemporals(a, b) {`,
  },
  {
    why: 'a date and 36 hours are a date in DMN, not a moment in UTC',
    find: `            return new FeelDateTime(temporal.value.toPlainDateTime().add(d), 'UTC');`,
    put: `            return new FeelDate(temporal.value.toPlainDateTime().add(d).toPlainDate());`,
  },
  {
    why: 'years and months duration() keeps the odd days',
    find: `{ largestUnit: 'month' }`,
    put: `{ largestUnit: 'month', smallestUnit: 'month' }`,
  },
  {
    why: 'PT24H becomes P1D, which over a change to summer time is 23 hours',
    find: `    const shifted = temporal.value.toZonedDateTime(temporal.zone).add(d);`,
    put: `    const exact = dur.yearsMonths ? d : d.round({ largestUnit: 'hour' });
    const shifted = temporal.value.toZonedDateTime(temporal.zone).add(exact);`,
  },
  {
    why: 'a moment in the hour that comes twice in October would slip to its first turn',
    find: `    return new FeelDateTime(shifted.toPlainDateTime(), temporal.zone);`,
    put: `    const kept = shifted.toPlainDateTime().toZonedDateTime(temporal.zone).equals(shifted);
    return new FeelDateTime(shifted.toPlainDateTime(), kept ? temporal.zone : shifted.offset);`,
  },
  {
    why: 'a date and time without a zone is compared as if it were UTC',
    find: `        const zone = (_a = value.zone) !== null && _a !== void 0 ? _a : 'UTC';`,
    put: `        const zone = value.zone ?? (value instanceof FeelTime ? 'UTC' : ${ZONE});`,
  },
  {
    why: 'P200D = P201D would be true: durations over 180 days are compared by whole months',
    find: `    const total = (d, unit) => d.value.total({ unit, relativeTo: REFERENCE_DATE });`,
    put: `    if (!a.yearsMonths && !b.yearsMonths) {
        return toComparable(a) === toComparable(b);
    }
    const total = (d, unit) => d.value.total({ unit, relativeTo: REFERENCE_DATE });`,
  },
  {
    why: 'durations cannot be multiplied and divided',
    find: `case '*': return nullable((a, b) => a * b, 'multiply', ['number']);
                case '/': return nullable((a, b) => !b ? null : a / b, 'divide', ['number']);`,
    put: `case '*': return (a, b) => multiplied(a(context), b(context), nullable((a, b) => a * b, 'multiply', ['number']));
                case '/': return (a, b) => divided(a(context), b(context), nullable((a, b) => !b ? null : a / b, 'divide', ['number']));`,
  },
  {
    why: 'nor be negative',
    find: `                    return op(context)(() => 0, value);`,
    put: `                    const given = value(context);
                    return isDuration(given) ? sized(given, -sizeOf(given)) : op(context)(() => 0, () => given);`,
  },
  {
    why: 'how long a duration is: in months, or in milliseconds',
    find: `function subtractTemporals(a, b) {`,
    put: `function sizeOf(d) {
    return d.yearsMonths ? d.value.years * 12 + d.value.months : toComparable(d);
}
function sized(like, size) {
    const whole = Math.trunc(size);
    return new FeelDuration(Temporal.Duration.from(like.yearsMonths ? { months: whole } : { milliseconds: whole }), like.yearsMonths);
}
function multiplied(a, b, numbers) {
    if (isDuration(a) && typeof b === 'number') return sized(a, sizeOf(a) * b);
    if (isDuration(b) && typeof a === 'number') return sized(b, sizeOf(b) * a);
    return numbers(() => a, () => b);
}
function divided(a, b, numbers) {
    if (isDuration(a) && typeof b === 'number') return b ? sized(a, sizeOf(a) / b) : null;
    if (isDuration(a) && isDuration(b) && a.yearsMonths === b.yearsMonths) return sizeOf(b) ? sizeOf(a) / sizeOf(b) : null;
    return numbers(() => a, () => b);
}
function subtractTemporals(a, b) {`,
  },
  {
    why: 'the context of a process has a moment called "now"; now() must mean the same and not fail',
    find: `    if (isRange(fn)) {
        return new FeelFunction((value) => fn.includes(value), ['value']);`,
    put: `    if (isDateTime(fn)) {
        return new FeelFunction(() => fn, []);
    }
    if (isRange(fn)) {
        return new FeelFunction((value) => fn.includes(value), ['value']);`,
  },
];

// Not wrong, only slow: a hundred conditions over the same facts copied and read them a hundred times.
MENDS.push({
  why: 'src/feel-prepared.ts keeps what has been parsed, which feelin does not offer',
  find: `export { FeelDate,`,
  put: `export { InterpreterContext, interpreter, FeelDate,`,
});

export const mendFeelin = {
  name: 'feelin-mends',
  setup(build) {
    build.onLoad({ filter: /feelin\/dist\/index\.js$/ }, async ({ path }) => ({
      contents: MENDS.reduce(mended, await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

function mended(source, { why, find, put }) {
  if (source.split(find).length !== 2) throw new Error(`feelin has changed, look again at the mend "${why}"`);
  return source.replace(find, () => put);
}
