// The diagram of a process draft: bpmn-js with our own properties, and only what the engine carries out in its menus.
// Only process owners get this page; nothing of it reaches anybody else's.

import Modeler from 'bpmn-js/lib/Modeler';
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything';
import { adviceOn } from './advice';
import { find, openBench, type Bench, type Editor } from './bench';
import './diagram-editor.css';
import type { Finding } from './findings';
import { lossesOf } from './losses';
import { maker } from './making';
import { markElements } from './marks';
import { mendsOf } from './mends';
import { moddleExtensions } from './moddle';
import { offeredModule } from './offered';
import { Editing } from './panel/editing';
import { Panel } from './panel/panel';
import { placingModule } from './placing';
import { poolNameModule } from './pool-name';
import { onlyLook } from './read-only';
import { Tidying, wireTools } from './tools';
import { say } from './words';

void openBench(diagramEditor);

function diagramEditor(bench: Bench): Editor {
  const { place, server } = bench;
  const modeler = modelerIn(find('canvas'), bench);
  const editing = new Editing(modeler);
  const panel = new Panel(find('panel'), modeler, editing, place, maker(place, server));
  panel.isReadOnly = bench.isReadOnly;
  let losses: Finding[] = [];
  const tidying = new Tidying(modeler, server, bench.changed);
  const tools = { editing, panel, server, moddle: modeler.get('moddle') as never, key: place.key, show: select, tidy: () => tidying.tidy() };
  modeler.get<any>('eventBus').on('commandStack.changed', (event: { trigger?: string }) => event.trigger !== 'clear' && bench.changed());
  wireTools(find('bench'), modeler, tidying, bench);

  function select(id: string): void {
    const shape = editing.shape(id) ?? editing.poolOf(id);
    if (!shape) return;
    modeler.get<any>('selection').select(shape);
    modeler.get<any>('canvas').scrollToElement(shape, 80);
    panel.show();
  }

  return {
    select,
    async show(xml) {
      // A file without a picture, as programs write them, is drawn by the server.
      const { warnings } = await modeler.importXML(xml).catch(async () => modeler.importXML(await server.tidied(xml)));
      losses = lossesOf(warnings as never, place);
      fit(modeler);
      select(new URLSearchParams(window.location.search).get('element') ?? '');
    },
    content: async () => (await modeler.saveXML({ format: true })).xml ?? '',
    lock() {
      panel.isReadOnly = true;
      onlyLook(modeler);
      panel.show();
    },
    mends: (finding) => mendsOf(finding, tools),
    marked: (findings) => markElements(modeler, findings, place.key),
    advice: async () => [...losses, ...(await adviceOn(modeler, place))],
  };
}

function modelerIn(container: HTMLElement, workshop: Bench): Modeler {
  return new Modeler({
    container,
    moddleExtensions,
    additionalModules: [CreateAppendAnythingModule, offeredModule, placingModule, poolNameModule, { translate: ['value', say] }],
    workshop,
    bpmnRenderer: { defaultFillColor: 'var(--dia-fill)', defaultStrokeColor: 'var(--dia-ink)', defaultLabelColor: 'var(--ink)' },
    textRenderer: { defaultStyle: { fontFamily: '"IBM Plex Sans", sans-serif' }, externalStyle: { fontFamily: '"IBM Plex Sans", sans-serif' } },
  } as never);
}

const SMALLEST_READABLE = 0.55;
const USUAL = 0.75;
const ROOM_FOR_PALETTE = 150;

/** The whole where it can be read; a wide process begins at its left end, beside the palette. */
function fit(modeler: Modeler): void {
  const canvas = modeler.get<any>('canvas');
  if (canvas.zoom('fit-viewport', 'auto') > 1) canvas.zoom(1, 'auto');
  const scale = canvas.zoom() < SMALLEST_READABLE ? USUAL : canvas.zoom();
  const { inner, outer } = canvas.viewbox();
  canvas.viewbox({ x: inner.x - ROOM_FOR_PALETTE / scale, y: inner.y - 20, width: outer.width / scale, height: outer.height / scale });
}
