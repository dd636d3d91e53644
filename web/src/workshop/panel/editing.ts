// Reads and changes the model of a diagram. Every change is one step that can be undone.

import { is as isOfType } from 'bpmn-js/lib/util/ModelUtil';

export type Words = { $type: string; $parent?: Words; get(name: string): any; set(name: string, value: unknown): void; [name: string]: any }; // a moddle object
export type Shape = { id: string; type: string; businessObject: Words; parent?: Shape; children?: Shape[]; host?: Shape; labelTarget?: Shape; incoming?: Shape[]; outgoing?: Shape[] };
type Attributes = Record<string, unknown>;
type Services = { get(name: string): any };

export class Editing {
  private readonly modeling: any;
  private readonly factory: any;
  private readonly registry: any;

  constructor(private readonly services: Services) {
    this.modeling = services.get('modeling');
    this.factory = services.get('bpmnFactory');
    this.registry = services.get('elementRegistry');
  }

  get definitions(): Words {
    return this.services.get('bpmnjs').getDefinitions();
  }

  /** Every element of the diagram of one of these types. */
  all(...types: string[]): Shape[] {
    return this.registry.filter((one: Shape) => !one.labelTarget && types.some((type) => isOfType(one, type)));
  }

  shape(id: string): Shape | undefined {
    return this.registry.get(id);
  }

  /** The pool that stands for a process; the canvas where there is none. */
  poolOf(process: string): Shape | undefined {
    return this.all('bpmn:Participant').find((one) => text(subject(one), 'id') === process);
  }

  /** The innermost lane that a step lies in. */
  laneOf(step: Words): Words | undefined {
    return this.all('bpmn:Lane').map((one) => one.businessObject).filter((one) => (one.get('flowNodeRef') as unknown[]).includes(step)).pop();
  }

  /** The `sag:` words of that type, as sag:Deadline. */
  words(of: Words, type: string): Words[] {
    return this.extensions(of).filter((one) => one.$type === type);
  }

  add(shape: Shape, of: Words, type: string, attributes: Attributes): void {
    const made = this.factory.create(type, attributes);
    const holder = of.get('extensionElements') as Words | undefined;
    if (holder) {
      made.$parent = holder;
      return this.modeling.updateModdleProperties(shape, holder, { values: [...holder.get('values'), made] });
    }
    const fresh = this.factory.create('bpmn:ExtensionElements', { values: [made] });
    made.$parent = fresh;
    fresh.$parent = of;
    this.modeling.updateModdleProperties(shape, of, { extensionElements: fresh });
  }

  remove(shape: Shape, of: Words, word: Words): void {
    const left = this.extensions(of).filter((one) => one !== word);
    if (left.length) this.modeling.updateModdleProperties(shape, of.get('extensionElements'), { values: left });
    else this.modeling.updateModdleProperties(shape, of, { extensionElements: undefined });
  }

  /** Empty texts are left out of the file. */
  set(shape: Shape, target: Words, attributes: Attributes): void {
    const kept = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, value === '' ? undefined : value]));
    if (target === shape.businessObject) this.modeling.updateProperties(shape, kept);
    else this.modeling.updateModdleProperties(shape, target, kept);
  }

  /** A new element behind this one, where there is room. */
  append(shape: Shape, type: string): Shape {
    return this.services.get('autoPlace').append(shape, this.services.get('elementFactory').createShape({ type }));
  }

  /** The flow leads out of another element from now on. */
  leadFrom(flow: Shape, from: Shape & { x?: number; y?: number; width?: number; height?: number }): void {
    this.modeling.reconnectStart(flow, from, { x: from.x! + from.width! / 2, y: from.y! + from.height! / 2 });
  }

  /** As if it were written on the picture. */
  rename(shape: Shape, name: string): void {
    this.modeling.updateLabel(shape, name);
  }

  /** The one word of that type: changed, made or, when nothing is left in it, taken away. */
  setOnly(shape: Shape, of: Words, type: string, attributes: Attributes): void {
    const [word] = this.words(of, type);
    const all = { ...(word ? plain(word) : {}), ...attributes };
    const isEmpty = Object.values(all).every((value) => value === '' || value === undefined);
    if (!word) return isEmpty ? undefined : this.add(shape, of, type, withoutEmpty(all));
    if (isEmpty) this.remove(shape, of, word);
    else this.set(shape, word, attributes);
  }

  /** A child of its own, as a condition: `undefined` when the text is empty. */
  setExpression(shape: Shape, of: Words, name: string, text: string): void {
    const made = text ? this.factory.create('bpmn:FormalExpression', { body: text }) : undefined;
    if (made) made.$parent = of;
    this.set(shape, of, { [name]: made });
  }

  setDocumentation(shape: Shape, of: Words, text: string): void {
    const made = text ? [this.factory.create('bpmn:Documentation', { text })] : [];
    for (const one of made) one.$parent = of;
    this.modeling.updateModdleProperties(shape, of, { documentation: made });
  }

  create(type: string, attributes: Attributes, parent: Words): Words {
    const made = this.factory.create(type, attributes);
    made.$parent = parent;
    return made;
  }

  /** The message, error or escalation of the file with that name or code; made when it is new. */
  rootElement(type: string, attribute: string, value: string): Words {
    const roots = this.definitions.get('rootElements') as Words[];
    const found = roots.find((one) => one.$type === type && one.get(attribute) === value);
    if (found) return found;
    const word = type.split(':')[1]!.toLowerCase();
    const made = this.create(type, { id: this.freeId(`${word}_${value.replace(/\W+/g, '_')}`), name: value, [attribute]: value }, this.definitions);
    roots.unshift(made);
    return made;
  }

  roots(type: string): Words[] {
    return (this.definitions.get('rootElements') as Words[]).filter((one) => one.$type === type);
  }

  private freeId(wanted: string): string {
    const ids = this.services.get('moddle').ids;
    return ids && ids.assigned(wanted) ? ids.nextPrefixed(`${wanted}_`) : wanted;
  }

  private extensions(of: Words): Words[] {
    return (of.get('extensionElements')?.get('values') as Words[] | undefined) ?? [];
  }
}

export function is(shape: Shape | Words, ...types: string[]): boolean {
  return types.some((type) => isOfType(shape as never, type));
}

/** The process that a pool stands for; other elements stand for themselves. */
export function subject(shape: Shape): Words {
  return (is(shape, 'bpmn:Participant') && shape.businessObject.get('processRef')) || shape.businessObject;
}

export function text(of: Words | undefined, name: string): string {
  return String(of?.get(name) ?? '');
}

function plain(word: Words): Attributes {
  return Object.fromEntries(word.$descriptor.properties.map((one: { name: string }) => one.name.split(':').pop()!).map((name: string) => [name, word.get(name)]));
}

function withoutEmpty(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== '' && value !== undefined));
}
