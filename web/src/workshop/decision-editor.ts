// A file of decisions: dmn-js, one view for the picture and one for each decision, saved while one works.

import Modeler from 'dmn-js/lib/Modeler';
import { find, openBench, type Bench, type Editor } from './bench';
import './decision-editor.css';
import type { Finding } from './findings';
import { lossesOf } from './losses';
import { say } from './words';

type View = { id: string; name?: string; type: string; element: { id: string; name?: string } };

/** What a column can hold. */
const TYPES = ['string', 'boolean', 'number', 'date', 'time', 'dateTime', 'dayTimeDuration', 'yearMonthDuration'];

void openBench(decisionEditor);

function decisionEditor(bench: Bench): Editor {
  const said = { additionalModules: [{ translate: ['value', sayOfTables] }], dataTypes: TYPES };
  const editor = new Modeler({ container: find('canvas'), drd: said, decisionTable: said, literalExpression: said, boxedExpression: said } as never) as any;
  const tabs = find('views');
  let losses: Finding[] = [];
  editor.on('viewer.created', ({ viewer }: { viewer: any }) => viewer.on('commandStack.changed', (event: { trigger?: string }) => {
    if (event.trigger !== 'clear') bench.changed();
    bench.moved();
  }));
  editor.on('views.changed', ({ views, activeView }: { views: View[]; activeView?: View }) => {
    drawTabs(views, activeView);
    bench.moved();
  });

  function drawTabs(views: View[], active?: View): void {
    tabs.replaceChildren(...views.map((view) => {
      const item = document.createElement('li');
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = view.type === 'drd' ? say('Picture') : (view.element.name ?? view.element.id);
      if (view.element === active?.element) button.setAttribute('aria-current', 'true');
      button.addEventListener('click', () => void open(view));
      item.append(button);
      return item;
    }));
  }

  /** The picture begins below the box with its name. */
  async function open(view: View): Promise<void> {
    await editor.open(view);
    if (view.type === 'drd') editor.getActiveViewer().get('canvas').scroll({ dx: 40, dy: 100 });
  }

  return {
    async show(xml) {
      losses = lossesOf((await editor.importXML(xml)).warnings, bench.place);
      const views = editor.getViews() as View[];
      const first = views.find((one) => one.type !== 'drd');
      if (first) await editor.open(first);
    },
    advice: async () => losses,
    content: async () => (await editor.saveXML({ format: true })).xml,
    lock() {
      find('canvas').inert = true;
    },
    stack: () => editor.getActiveViewer()?.get('commandStack') ?? NOTHING,
    select(element) {
      const views = editor.getViews() as View[];
      const found = views.find((one) => one.element.id === element) ?? views.find((one) => JSON.stringify(ids(one.element)).includes(`"${element}"`));
      if (found) void open(found);
    },
  };
}

/** The palette of forms says »Input« too, of something else. */
function sayOfTables(template: string, replacements?: Record<string, unknown>): string {
  return say(template === 'Input' ? 'Input cell' : template, replacements);
}

/** The ids of everything inside of a decision: rules, cells, inputs. */
function ids(element: any): string[] {
  const table = element.decisionLogic;
  const parts = [table, ...(table?.input ?? []), ...(table?.output ?? []), ...(table?.rule ?? [])];
  return parts.filter(Boolean).map((one: { id: string }) => one.id);
}

const NOTHING = { undo: () => undefined, redo: () => undefined, canUndo: () => false, canRedo: () => false };
