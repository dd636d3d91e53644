// What the three editors have in common: opens the file, holds the draft, saves while one works, asks for findings after each
// pause, and brings back what never reached the server.

import { Findings, type Finding, type Mend } from './findings';
import { Keeper } from './keeper';
import { KeptHere } from './kept-here';
import { readPlace, type Place } from './place';
import { holdDraft } from './presence';
import { restore } from './restoring';
import { Server } from './server';
import { Status } from './status';
import { say } from './words';

export type Bench = { place: Place; server: Server; isReadOnly: boolean; changed(): void; moved(): void };
export type Editor = {
  show(content: string): Promise<void>;
  content(): Promise<string>;
  lock(): void; // from now on one may only look
  select(element: string): void;
  mends?(finding: Finding): Mend[];
  marked?(findings: Finding[]): void;
  advice?(): Promise<Finding[]>;
  stack?(): Stack; // what the buttons for undoing work on, where the editor has no tools of its own
};
type Stack = { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean };

export function find(name: string): HTMLElement {
  return document.querySelector<HTMLElement>(`[data-${name}]`)!;
}

/** `make` is given the bench when it is known who may change what. */
export async function openBench(make: (bench: Bench) => Editor): Promise<void> {
  const canvas = find('canvas');
  const place = readPlace();
  const server = new Server(place);
  const status = new Status(find('saved'), find('notice'), place.urls.signIn);
  if (!canvas.checkVisibility()) return onlyFindings(place, server);
  try {
    await open(make, place, server, status);
    canvas.dataset.ready = 'true';
  } catch (error) {
    console.error(error);
    const goBack = (): void => void server.takeBack(place.kind, place.key).then(() => window.location.reload());
    status.ask(say('The file cannot be shown. It may be broken; see the findings.'), place.isMine && place.revision ? [[say('Go back to the released file'), goBack]] : []);
    canvas.dataset.ready = 'failed';
  }
  canvas.dataset.milliseconds = String(Math.round(performance.now()));
}

/** A phone has no room for drawing, nor for the list of files: what is wrong in any of them can be read there. */
function onlyFindings({ choices }: Place, server: Server): void {
  const names: Record<string, { value: string; label: string }[]> = { diagram: choices.processes, form: choices.forms, decision: choices.decisions.map(({ file, label }) => ({ value: file, label })) };
  const fileOf = ({ kind, key }: Finding): string => names[kind]?.find((one) => one.value === key)?.label ?? key;
  new Findings(find('findings'), server, undefined, { fileOf, mends: () => [], marked: () => undefined }).ask();
}

async function open(make: (bench: Bench) => Editor, place: Place, server: Server, status: Status): Promise<void> {
  const lost = { lock: (): void => undefined };
  const [file, isMine] = await Promise.all([server.file(place.kind, place.key), mayHold(place, server, status, () => lost.lock()), document.fonts.load('12px "IBM Plex Sans"')]);
  place.revision = file.revision;
  const here = new KeptHere(`sagsgang:${place.draft}:${place.kind}:${place.key}`);
  const bench: Bench = { place, server, isReadOnly: !isMine, changed: () => keeper.changed(), moved: () => undefined };
  const findings = new Findings(find('findings'), server, place, {
    show: (one) => showFinding(one, place, editor),
    mends: (one) => (bench.isReadOnly ? [] : (editor.mends?.(one) ?? [])),
    marked: (all) => editor.marked?.(all),
  });
  const keeper = new Keeper(place, server, here, status, () => editor.content(), () => findings.ask());
  findings.ask();
  const editor = make(bench);
  findings.advice = () => editor.advice?.() ?? Promise.resolve([]);
  if (editor.stack) bench.moved = undoButtons(bench, editor.stack);
  await editor.show(file.content);
  findings.ask(); // with what the editor says of the file
  const lock = (): void => {
    bench.isReadOnly = true;
    editor.lock();
  };
  lost.lock = () => {
    keeper.stop();
    lock();
  };
  if (bench.isReadOnly) return lock();
  restore(here, file, status, async (content) => {
    await editor.show(content);
    keeper.changed();
  });
}

/** Gives what shows anew whether there is something to undo. */
function undoButtons(bench: Bench, stack: () => Stack): () => void {
  const [undo, redo] = ['undo', 'redo'].map((name) => find('bench').querySelector<HTMLButtonElement>(`[data-do="${name}"]`)!) as [HTMLButtonElement, HTMLButtonElement];
  undo.addEventListener('click', () => stack().undo());
  redo.addEventListener('click', () => stack().redo());
  return () => {
    undo.disabled = bench.isReadOnly || !stack().canUndo();
    redo.disabled = bench.isReadOnly || !stack().canRedo();
  };
}

async function mayHold(place: Place, server: Server, status: Status, lost: () => void): Promise<boolean> {
  return place.isMine && holdDraft(place, server, status, lost);
}

/** Here, or in the editor of the file that it is about. */
function showFinding(finding: Finding, { kind, key, urls }: Place, editor: Editor): void {
  if (finding.kind === kind && finding.key === key) return editor.select(finding.element);
  const page = { form: urls.forms, decision: urls.decisions }[finding.kind] ?? urls.page;
  window.location.href = `${page}?key=${encodeURIComponent(finding.key)}`;
}
