// Findings as marks at the elements of the diagram: a shape and words, never colour alone.

import { severityWords, type Finding } from './findings';
import { make } from './panel/draw';

type Services = { get(name: string): any };

const TYPE = 'finding';

export function markElements(services: Services, findings: Finding[], key: string): void {
  const overlays = services.get('overlays');
  const registry = services.get('elementRegistry');
  overlays.remove({ type: TYPE });
  const byElement = new Map<string, Finding[]>();
  for (const one of findings) {
    if (one.kind === 'diagram' && one.key === key && registry.get(one.element)) byElement.set(one.element, [...(byElement.get(one.element) ?? []), one]);
  }
  for (const [id, found] of byElement) {
    const shape = registry.get(id);
    if (shape.waypoints) overlays.add(id, TYPE, { position: middle(shape), html: sign(found) });
    else overlays.add(id, TYPE, { position: { top: -8, left: -8 }, html: sign(found) });
  }
}

function sign(findings: Finding[]): HTMLElement {
  const worst = findings.find((one) => one.severity === 'error') ?? findings[0]!;
  const place = make('span', `sg-mark-sign sg-mark-sign--${worst.severity}`, worst.severity === 'error' ? '!' : '?');
  place.title = findings.map((one) => `${severityWords(one)}: ${one.message}`).join('\n');
  return place;
}

function middle({ waypoints }: { waypoints: { x: number; y: number }[] }): { top: number; left: number } {
  const point = waypoints[Math.floor(waypoints.length / 2)]!;
  const left = Math.min(...waypoints.map((one) => one.x));
  const top = Math.min(...waypoints.map((one) => one.y));
  return { left: point.x - left - 8, top: point.y - top - 8 };
}
