// Opens and saves files as the editors do, without a browser: the same readers and writers with the same descriptors. For tests.
// Reads from the standard input [{"kind": "diagram", "content": "…"}, …] and writes the contents as they would be saved.

import { FieldFactory, FormFieldRegistry, FormFields, FormLayouter, Importer, PathRegistry } from '@bpmn-io/form-js-viewer';
import { BpmnModdle } from 'bpmn-moddle';
import EventBus from 'diagram-js/lib/core/EventBus';
import { DmnModdle } from 'dmn-moddle';
import { FormFile, type Component } from './form-file';
import { moddleExtensions } from './moddle';

type File = { kind: 'diagram' | 'decision' | 'form'; content: string };
const OPEN = { diagram: openDiagram, decision: openDecision, form: openForm };

async function openDiagram(content: string): Promise<string> {
  const moddle = new BpmnModdle(moddleExtensions as never) as any;
  const { rootElement } = await moddle.fromXML(content, 'bpmn:Definitions');
  return (await moddle.toXML(rootElement, { format: true })).xml;
}

async function openDecision(content: string): Promise<string> {
  const moddle = new DmnModdle() as any;
  const { rootElement } = await moddle.fromXML(content, 'dmn:Definitions');
  return (await moddle.toXML(rootElement, { format: true })).xml;
}

async function openForm(content: string): Promise<string> {
  const [bus, fields] = [new EventBus(), new FormFields()] as any[];
  const registry = new (FormFieldRegistry as any)(bus);
  const paths = new (PathRegistry as any)(registry, fields, { get: () => undefined });
  const factory = new (FieldFactory as any)(registry, paths, fields);
  const file = new FormFile(content);
  const { schema } = new (Importer as any)(registry, paths, factory, new (FormLayouter as any)(bus)).importSchema(file.schema);
  file.isRead(schema as Component);
  return file.content(schema as Component);
}

let text = '';
process.stdin.setEncoding('utf8');
for await (const part of process.stdin) text += part;
const saved: string[] = [];
for (const file of JSON.parse(text) as File[]) saved.push(await OPEN[file.kind](file.content));
process.stdout.write(JSON.stringify(saved));
