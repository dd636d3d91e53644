// The buttons around the canvas: undo, redo, find, zoom, and tidying up, which the server's layout does.

import type { Server } from './server';
import { say } from './words';

const BEFORE_BPMN_JS = 2_000;

type Modeler = { get(name: string): any; importXML(xml: string): Promise<unknown>; saveXML(options: object): Promise<{ xml?: string }> };

/** A whole new layout is no step of bpmn-js' own undo, so what was there before is kept beside it. */
export class Tidying {
  private before: string | undefined;

  constructor(private readonly modeler: Modeler, private readonly server: Server, private readonly changed: () => void) {}

  async tidy(): Promise<void> {
    const { xml = '' } = await this.modeler.saveXML({ format: true });
    const tidied = await this.server.tidied(xml);
    this.before = xml;
    await this.modeler.importXML(tidied);
    this.changed();
  }

  get canUndo(): boolean {
    return this.before !== undefined && !this.modeler.get('commandStack').canUndo();
  }

  async undo(): Promise<void> {
    const xml = this.before!;
    this.before = undefined;
    await this.modeler.importXML(xml);
    this.changed();
  }
}

export function wireTools(bench: HTMLElement, modeler: Modeler, tidying: Tidying, workshop: { isReadOnly: boolean }): void {
  const canvas = modeler.get('canvas');
  const stack = modeler.get('commandStack');
  const zoom = (factor: number) => () => canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), 'auto');
  const actions: Record<string, () => unknown> = {
    undo: () => (tidying.canUndo ? tidying.undo() : stack.undo()),
    redo: () => stack.redo(),
    tidy: () => tidying.tidy(),
    find: () => window.setTimeout(() => modeler.get('searchPad').toggle()), // after this click, which would close it again
    in: zoom(1.2),
    out: zoom(1 / 1.2),
    whole: () => canvas.zoom('fit-viewport', 'auto'),
  };
  const buttons = [...bench.querySelectorAll<HTMLButtonElement>('[data-do]')];
  for (const one of buttons) one.addEventListener('click', () => void actions[one.dataset.do!]?.());
  const show = (): void => {
    const possible: Record<string, boolean> = { undo: stack.canUndo() || tidying.canUndo, redo: stack.canRedo(), tidy: true };
    for (const one of buttons) one.disabled = one.dataset.do! in possible && (workshop.isReadOnly || !possible[one.dataset.do!]);
    bench.querySelector('[data-zoom]')!.textContent = say('{percent} %', { percent: Math.round(canvas.zoom() * 100) });
  };
  for (const event of ['commandStack.changed', 'canvas.viewbox.changed', 'import.done']) modeler.get('eventBus').on(event, show);
  show();
  modeler.get('keyboard').addListener(BEFORE_BPMN_JS, ({ keyEvent }: { keyEvent: KeyboardEvent }) => {
    const isUndo = (keyEvent.ctrlKey || keyEvent.metaKey) && !keyEvent.shiftKey && keyEvent.key.toLowerCase() === 'z';
    if (!isUndo || !tidying.canUndo) return undefined;
    void tidying.undo();
    return true;
  });
}
