// What the editor could not read of a file: it is gone at the next save, so it is told while the file is still whole.

import type { Finding } from './findings';
import { say } from './words';

type Warning = { message: string };
const MOST_NAMES = 5;

export function lossesOf(warnings: Warning[], { kind, key }: { kind: string; key: string }): Finding[] {
  const told = (rule: string, words: string, names: string[]): Finding[] =>
    names.length ? [{ kind, key, element: '', rule, severity: 'warning', message: say(words, { names: listed(names) }), mend: say('Take the file away first if you need it whole.') }] : [];
  return [
    ...told('not-kept', 'The editor cannot read {names}. It falls out of the file when you change something.', namesIn(warnings, /^unparsable content <([^>]+)>/)),
    ...told('not-kept-reference', '{names} is named in the file but stands nowhere. The editor lets go of what names it.', namesIn(warnings, /^unresolved reference <([^>]+)>/)),
  ];
}

function namesIn(warnings: Warning[], pattern: RegExp): string[] {
  return [...new Set(warnings.map(({ message }) => pattern.exec(message)?.[1]).filter((name) => name !== undefined))];
}

function listed(names: string[]): string {
  const more = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).map((name) => `»${name}«`).join(', ') + (more > 0 ? ` ${say('and {count} more', { count: more })}` : '');
}
