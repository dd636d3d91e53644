// Shows BPMN diagrams, with the steps that are done, current and overdue marked, or each as hot as it is slow or late, with a figure
// on it, or what was added, removed and changed between two versions. The outline or the table beside it says the same in words.
//
//   <div class="sg-dia" data-diagram="/processes/7/diagram.bpmn" aria-label="…"      or data-diagram="" with the XML inside of
//        data-done="A B" data-current="C" data-overdue="C"                            <script type="application/bpmn+xml">
//        data-heat='{"A": [4, "12,3"]}'
//        data-added="A" data-removed="B" data-changed="C D"
//        data-failed="…" data-zoom-in="…" data-zoom-out="…" data-fit="…"></div>       Texts come from the page's catalogue.

import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import './viewer.css';

type Canvas = {
  addMarker(element: string, marker: string): void;
  scroll(delta: { dx: number; dy: number }): void;
  zoom(scale?: number | 'fit-viewport', center?: 'auto'): number;
  resized(): void;
  viewbox(box?: Box): { inner: Box; outer: { width: number } };
};
type Box = { x: number; y: number; width: number; height: number };
type Registry = { get(id: string): Box | undefined };
type Overlays = { add(element: string, overlay: { position: { top: number; right: number }; html: HTMLElement }): void };

const MARKERS = { done: 'sg-is-done', current: 'sg-is-current', overdue: 'sg-is-overdue', added: 'sg-is-added', removed: 'sg-is-removed', changed: 'sg-is-changed' } as const;
const SIGNS = { added: '+', removed: '−', changed: '~' } as const; // colour alone says nothing to some
const SMALLEST_READABLE = 0.55;
const MARGIN = 20;
const ROOM_FOR_LOGO = 32;
const STEP = 60;
const KEYS: Record<string, (canvas: Canvas) => void> = {
  ArrowLeft: (canvas) => canvas.scroll({ dx: STEP, dy: 0 }),
  ArrowRight: (canvas) => canvas.scroll({ dx: -STEP, dy: 0 }),
  ArrowUp: (canvas) => canvas.scroll({ dx: 0, dy: STEP }),
  ArrowDown: (canvas) => canvas.scroll({ dx: 0, dy: -STEP }),
  '+': (canvas) => zoomBy(canvas, 1.2),
  '-': (canvas) => zoomBy(canvas, 1 / 1.2),
  '0': (canvas) => fit(canvas),
};

for (const host of document.querySelectorAll<HTMLElement>('[data-diagram]')) void show(host);

async function show(host: HTMLElement): Promise<void> {
  try {
    const xml = await source(host);
    await document.fonts.load('12px "IBM Plex Sans"'); // labels are wrapped by the width they have at import
    const viewer = await drawn(host, xml);
    const canvas = viewer.get('canvas') as Canvas;
    const registry = viewer.get('elementRegistry') as Registry;
    mark(host, canvas, registry);
    heat(host, canvas, registry, viewer.get('overlays') as Overlays);
    sign(host, registry, viewer.get('overlays') as Overlays);
    arrange(host, canvas, registry);
    listen(host, canvas);
    host.dataset.ready = 'true';
  } catch (error) {
    console.error(error);
    host.replaceChildren(host.dataset.failed ?? '');
    host.dataset.ready = 'failed';
  }
}

async function source(host: HTMLElement): Promise<string> {
  const inline = host.querySelector('script[type="application/bpmn+xml"]');
  if (inline) return inline.textContent ?? '';
  const response = await fetch(host.dataset.diagram ?? '', { headers: { Accept: 'application/xml' } });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.text();
}

async function drawn(host: HTMLElement, xml: string): Promise<NavigatedViewer> {
  const viewer = new NavigatedViewer({
    container: host,
    zoomScroll: { enabled: false }, // the wheel belongs to the page; with Ctrl it zooms, see `listen`
    bpmnRenderer: { defaultFillColor: 'var(--dia-fill)', defaultStrokeColor: 'var(--dia-ink)', defaultLabelColor: 'var(--ink)' },
    textRenderer: { defaultStyle: { fontFamily: '"IBM Plex Sans", sans-serif' }, externalStyle: { fontFamily: '"IBM Plex Sans", sans-serif' } },
  } as ConstructorParameters<typeof NavigatedViewer>[0]);
  await viewer.importXML(xml);
  const svg = host.querySelector('.djs-container svg')!;
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', host.getAttribute('aria-label') ?? '');
  if (host.tabIndex === 0) svg.removeAttribute('tabindex'); // one stop for the keyboard is enough
  return viewer;
}

function mark(host: HTMLElement, canvas: Canvas, registry: Registry): void {
  for (const [state, marker] of Object.entries(MARKERS)) {
    for (const id of idsIn(host, state)) {
      if (registry.get(id)) canvas.addMarker(id, marker);
    }
  }
}

/** Each element of a heat map has its level, 0 to 4, and a figure in a corner. */
function heat(host: HTMLElement, canvas: Canvas, registry: Registry, overlays: Overlays): void {
  const levels = JSON.parse(host.dataset.heat ?? '{}') as Record<string, [number, string]>;
  for (const [id, [level, said]] of Object.entries(levels)) {
    if (!registry.get(id)) continue;
    canvas.addMarker(id, `sg-is-h${level}`);
    overlays.add(id, { position: { top: -12, right: 24 }, html: figure(said) });
  }
}

/** What differs from the other version has a sign in a corner. */
function sign(host: HTMLElement, registry: Registry, overlays: Overlays): void {
  for (const [state, text] of Object.entries(SIGNS)) {
    for (const id of idsIn(host, state)) {
      if (registry.get(id)) overlays.add(id, { position: { top: -16, right: 16 }, html: figure(text, `sg-dia-sign--${state}`) });
    }
  }
}

function figure(text: string, more = ''): HTMLElement {
  const html = document.createElement('span');
  html.className = `sg-dia-figure ${more}`;
  html.textContent = text;
  return html;
}

function idsIn(host: HTMLElement, state: string): string[] {
  return (host.dataset[state] ?? '').split(' ').filter(Boolean);
}

/** Readable, and whole where there is room: a wide process starts at its present step. As tall as the drawing needs. */
function arrange(host: HTMLElement, canvas: Canvas, registry: Registry): void {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.max(SMALLEST_READABLE, Math.min(1, outer.width / (inner.width + 2 * MARGIN)));
  host.style.height = `${Math.ceil((inner.height + 2 * MARGIN) * scale) + ROOM_FOR_LOGO}px`; // the style sheet has the bounds
  canvas.resized();
  const width = outer.width / scale;
  const height = host.clientHeight / scale;
  const step = ['current', 'added', 'removed', 'changed'].flatMap((state) => idsIn(host, state)).map((id) => registry.get(id)).find((one) => one?.x !== undefined) ?? inner;
  canvas.viewbox({
    x: startOf(inner.x, inner.width, step.x + (step.width ?? 0) / 2, width),
    y: startOf(inner.y, inner.height, step.y + (step.height ?? 0) / 2, height),
    width,
    height,
  });
}

/** Where a window of `size` begins: the drawing's own beginning when it fits, else with `point` in its middle. */
function startOf(begin: number, length: number, point: number, size: number): number {
  if (length + 2 * MARGIN <= size + 1) return begin - MARGIN;
  return Math.min(Math.max(point - size / 2, begin - MARGIN), begin + length + MARGIN - size);
}

/** The whole drawing, but never larger than drawn. */
function fit(canvas: Canvas): void {
  if (canvas.zoom('fit-viewport', 'auto') > 1) canvas.zoom(1, 'auto');
}

function zoomBy(canvas: Canvas, factor: number): void {
  canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), 'auto');
}

function listen(host: HTMLElement, canvas: Canvas): void {
  host.addEventListener('keydown', (event) => {
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    move(canvas);
  });
  host.addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoomBy(canvas, event.deltaY < 0 ? 1.1 : 1 / 1.1);
  }, { passive: false });
  addButtons(host, canvas);
}

function addButtons(host: HTMLElement, canvas: Canvas): void {
  const { zoomIn, zoomOut, fit: whole } = host.dataset;
  if (!zoomIn || !zoomOut || !whole) return;
  const bar = document.createElement('div');
  bar.className = 'sg-dia-tools';
  bar.append(button('+', zoomIn, KEYS['+']!, canvas), button('−', zoomOut, KEYS['-']!, canvas), button('⤢', whole, KEYS['0']!, canvas));
  host.before(bar);
}

function button(sign: string, name: string, action: (canvas: Canvas) => void, canvas: Canvas): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = sign;
  made.title = name;
  made.setAttribute('aria-label', name);
  made.addEventListener('click', () => action(canvas));
  return made;
}
