// The properties of the chosen element, or of the process when none is chosen. Ours, not bpmn-js-properties-panel: that one weighs
// four times as much, its groups are those of another engine, its npm package is marked deprecated, and its fields are not those of
// the other pages. We chose so on 2026-11-27, knowing that its FEEL fields colour and complete.

import type { Place } from '../place';
import { say } from '../words';
import { contextFor, names, type Maker } from './context';
import { drawGroup, make } from './draw';
import { text, type Editing, type Shape } from './editing';
import { groupsOf } from './groups';

type Bus = { on(events: string | string[], action: (event: any) => void): void };
type Services = { get(name: string): any };

export class Panel {
  private shape: Shape | undefined;
  isReadOnly = false;

  constructor(private readonly host: HTMLElement, private readonly services: Services, private readonly editing: Editing, private readonly place: Place, private readonly making: Maker) {
    const bus = services.get('eventBus') as Bus;
    bus.on(['selection.changed', 'import.done', 'root.set'], () => this.show());
    bus.on(['elements.changed', 'commandStack.changed'], () => this.again());
  }

  show(): void {
    const [first, ...more] = this.services.get('selection').get() as Shape[];
    const chosen = more.length ? undefined : first;
    this.shape = chosen?.labelTarget ?? chosen ?? this.process();
    this.draw();
  }

  /** Puts the cursor into a field of the element, as the mend of a finding asks. */
  focus(field: string): void {
    const input = this.host.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
    const group = input?.closest('details');
    if (group) group.open = true;
    input?.focus();
  }

  /** The pool of the process, else the canvas itself. */
  private process(): Shape | undefined {
    const [pool] = this.editing.all('bpmn:Participant');
    return pool ?? (this.services.get('canvas').getRootElement() as Shape);
  }

  private again(): void {
    if (!this.shape || !this.editing.shape(this.shape.id)) return this.show();
    this.draw();
  }

  private draw(): void {
    const shape = this.shape;
    if (!shape?.businessObject) return this.host.replaceChildren();
    const context = contextFor(shape, this.editing, this.place, this.making);
    const drawing = { isReadOnly: this.isReadOnly, names: names(context) };
    const title = text(context.of, 'name') || (context.of.$type === 'bpmn:Process' ? text(context.of, 'id') : kindOf(shape));
    const cursor = cursorIn(this.host);
    this.host.replaceChildren(make('h2', '', title), make('p', 'sg-note', kindOf(shape)), ...groupsOf(context).map((group) => drawGroup(group, drawing)));
    cursor?.();
  }
}

function kindOf(shape: Shape): string {
  const of = shape.businessObject;
  const [event] = (of.get('eventDefinitions') as { $type: string }[] | undefined) ?? [];
  const kind = shape.type.replace('bpmn:', '');
  const isProcess = kind === 'Participant' || kind === 'Process' || kind === 'Collaboration';
  return isProcess ? say('Process') : event ? `${say(`kind ${kind}`)}, ${say(`kind ${event.$type.replace('bpmn:', '')}`)}` : say(`kind ${kind}`);
}

/** Remembers which field is being written in, and gives what puts the cursor back there. */
export function cursorIn(host: HTMLElement): (() => void) | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !host.contains(active)) return undefined;
  const field = active.dataset.field;
  const summary = active.closest<HTMLElement>('[data-group]');
  const range = active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type === 'text') ? ([active.selectionStart, active.selectionEnd] as const) : undefined;
  const scrolled = host.scrollTop;
  return () => {
    const again = field ? host.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`) : host.querySelector<HTMLElement>(`[data-group="${summary?.dataset.group}"] > summary`);
    again?.focus({ preventScroll: true });
    if (range && (again instanceof HTMLInputElement || again instanceof HTMLTextAreaElement)) again.setSelectionRange(...range);
    host.scrollTop = scrolled;
  };
}
