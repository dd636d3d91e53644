// What can be drawn: only what the engine carries out. Everything else is taken out of the menus of bpmn-js; a file from elsewhere
// that holds it can still be opened, and the lint says what to draw instead.

type Entries = Record<string, { group?: { id: string; name: string } | string; [more: string]: unknown }>;
type Menu = { registerProvider(id: string, priority: number, provider: object): void };

const PRIORITY = 200; // after the providers of bpmn-js

const ACTIVITIES = ['user-task', 'service-task', 'send-task', 'receive-task', 'manual-task', 'rule-task', 'script-task', 'call-activity', 'expanded-subprocess', 'subprocess'];
const GATEWAYS = ['exclusive-gateway', 'parallel-gateway', 'inclusive-gateway', 'event-based-gateway'];
const EVENTS = [
  'none-start-event', 'none-start', 'message-start', 'timer-start', 'signal-start',
  'none-end-event', 'none-end', 'message-end', 'error-end', 'escalation-end', 'terminate-end',
  'message-intermediate-catch', 'timer-intermediate-catch', 'conditional-intermediate-catch', 'signal-intermediate-catch',
  'none-intermediate-throwing', 'none-intermediate-throw', 'message-intermediate-throw', 'escalation-intermediate-throw',
  'message-boundary', 'timer-boundary', 'conditional-boundary', 'signal-boundary', 'error-boundary', 'escalation-boundary',
  'non-interrupting-message-boundary', 'non-interrupting-timer-boundary', 'non-interrupting-conditional-boundary', 'non-interrupting-signal-boundary', 'non-interrupting-escalation-boundary',
];
const FLOWS = ['sequence-flow', 'default-flow', 'conditional-flow'];
const KNOWN = new Set([...ACTIVITIES, ...GATEWAYS, ...EVENTS, ...FLOWS]);
const HEADERS = new Set(['toggle-parallel-mi', 'toggle-sequential-mi', 'toggle-loop', 'toggle-non-interrupting']);
const IN_PALETTE = new Set(['hand-tool', 'lasso-tool', 'space-tool', 'global-connect-tool', 'tool-separator', 'create.start-event', 'create.end-event', 'create.exclusive-gateway', 'create.task', 'create.subprocess-expanded', 'create']);
const IN_PAD = new Set(['append', 'append.end-event', 'append.gateway', 'append.append-task', 'append.receive-task', 'append.message-intermediate-event', 'append.timer-intermediate-event', 'append.condition-intermediate-event', 'append.signal-intermediate-event', 'append.text-annotation', 'connect', 'replace', 'delete', 'align-elements', 'lane-insert-above', 'lane-insert-below', 'lane-divide-two', 'lane-divide-three']);

function isOffered(id: string): boolean {
  return KNOWN.has(id.replace(/^(replace-with|create|append)-/, ''));
}

type Providers = { registerProvider(priority: number, provider: object): void };
type Pad = Providers & { isOpen(): boolean; getPad(target: object): { html: Element }; _current: { html: Element }; _createHtml(target: object): Element };
type Workshop = { isReadOnly: boolean };

class OfferedMenus {
  static $inject = ['popupMenu', 'contextPad', 'palette', 'config.workshop', 'userTasks'];

  constructor(menu: Menu, pad: Pad, palette: Providers, workshop: Workshop, tasks: UserTasks) {
    const only = (keep: (id: string) => boolean) => (entries: Entries) => filtered(entries, (id) => !workshop.isReadOnly && keep(id));
    for (const id of ['bpmn-replace', 'bpmn-create', 'bpmn-append']) {
      menu.registerProvider(id, PRIORITY, { getPopupMenuEntries: () => only(isOffered), getPopupMenuHeaderEntries: () => only((one) => HEADERS.has(one)) });
    }
    // bpmn-js itself still calls this, and diagram-js complains of it in the console.
    pad.getPad = (target) => ({ html: pad.isOpen() ? pad._current.html : pad._createHtml(target) });
    const inPad = only((id) => IN_PAD.has(id));
    pad.registerProvider(PRIORITY, { getContextPadEntries: (from: object) => (entries: Entries) => tasks.appended(inPad(entries), from), getMultiElementContextPadEntries: () => inPad });
    const inPalette = only((id) => IN_PALETTE.has(id));
    palette.registerProvider(PRIORITY, { getPaletteEntries: () => (entries: Entries) => tasks.created(inPalette(entries)) });
  }
}

/** The task that one click makes is one with a form for a person, not the bare task of the standard that does nothing. */
class UserTasks {
  static $inject = ['elementFactory', 'create', 'autoPlace', 'translate'];

  constructor(private readonly factory: any, private readonly create: any, private readonly autoPlace: any, private readonly translate: (text: string) => string) {}

  appended(entries: Entries, from: object): Entries {
    const append = (event: unknown): void => this.autoPlace.append(from, this.task()) ?? this.create.start(event, this.task(), { source: from });
    return this.swapped(entries, 'append.append-task', 'Append user task', { click: append, dragstart: (event: unknown) => this.create.start(event, this.task(), { source: from }) });
  }

  created(entries: Entries): Entries {
    const start = (event: unknown): void => this.create.start(event, this.task());
    return this.swapped(entries, 'create.task', 'Create user task', { click: start, dragstart: start });
  }

  private swapped(entries: Entries, id: string, title: string, action: object): Entries {
    const found = entries[id];
    return found ? { ...entries, [id]: { ...found, className: 'bpmn-icon-user-task', title: this.translate(title), action } } : entries;
  }

  private task(): object {
    return this.factory.createShape({ type: 'bpmn:UserTask' });
  }
}

function filtered(entries: Entries, keep: (id: string) => boolean): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([id]) => keep(id)));
}

export const offeredModule = { __init__: ['offeredMenus'], offeredMenus: ['type', OfferedMenus], userTasks: ['type', UserTasks] };
