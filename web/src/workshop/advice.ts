// Rules of bpmnlint that make a diagram easier to read, beside the lint of the server, which knows what can be executed.

import Linter from 'bpmnlint/lib/linter.js';
import duplicateFlows from 'bpmnlint/rules/no-duplicate-sequence-flows.js';
import fakeJoin from 'bpmnlint/rules/fake-join.js';
import overlapping from 'bpmnlint/rules/no-overlapping-elements.js';
import superfluousGateway from 'bpmnlint/rules/superfluous-gateway.js';
import type { Finding } from './findings';
import { say } from './words';

/** Without those that the server checks anyway, as labels, joins, ends and unconnected elements. */
const RULES: Record<string, unknown> = { 'fake-join': fakeJoin, 'no-duplicate-sequence-flows': duplicateFlows, 'no-overlapping-elements': overlapping, 'superfluous-gateway': superfluousGateway };

/** A new one each time: some of its rules remember what they have seen. */
function linter(): { lint(definitions: unknown): Promise<Record<string, Report[]>> } {
  return new Linter({
    config: { rules: Object.fromEntries(Object.keys(RULES).map((name) => [name, 'warn'])) },
    resolver: { resolveRule: async (_: string, name: string) => RULES[name], resolveConfig: async () => ({}) },
  } as never) as never;
}

type Report = { id: string; message: string };

type Modeler = { getDefinitions(): unknown; get(service: 'elementRegistry'): { get(id: string): { businessObject: { name?: string } } | undefined } };

export async function adviceOn(modeler: Modeler, place: { kind: string; key: string }): Promise<Finding[]> {
  const definitions = modeler.getDefinitions();
  if (!definitions) return []; // the file could not be read; the server says why
  const nameOf = (id: string): string => modeler.get('elementRegistry').get(id)?.businessObject.name || id;
  const reports = await linter().lint(definitions);
  return Object.entries(reports).flatMap(([rule, found]) =>
    found.map(({ id }) => ({ kind: place.kind, key: place.key, element: id, rule, severity: 'advice' as const, message: say(`advice ${rule}`, { name: nameOf(id) }), mend: say(`mend ${rule}`) })),
  );
}
