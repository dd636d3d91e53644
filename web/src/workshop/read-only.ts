// Lets one look at a diagram that somebody else is changing: move about, select, read; change nothing.

type Bus = { on(events: string | string[], priority: number, action: (event: any) => unknown): void };
type Services = { get(name: string): any };

const STARTS = ['shape.move.start', 'connect.start', 'create.start', 'resize.start', 'bendpoint.move.start', 'connectionSegment.move.start', 'spaceTool.selection.start', 'global-connect.start', 'element.dblclick', 'create.init', 'autoPlace'];
const FIRST = 10_000;

export function onlyLook(services: Services): void {
  const bus = services.get('eventBus') as Bus;
  bus.on(STARTS, FIRST, () => false);
  bus.on('commandStack.elements.delete.canExecute', FIRST, () => false);
  services.get('keyboard').unbind();
  services.get('directEditing').cancel();
  services.get('contextPad').close();
  services.get('palette')._update?.();
}
