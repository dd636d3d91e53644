// A form as it lies in its file, and as form-js has it. Reading, form-js adds what it would draw anyway, as an outline around every
// group, and sorts everything anew; writing, we leave out again what nobody has chosen, and keep the order of the file.

export type Component = { type: string; id: string; key?: string; path?: string; components?: Component[]; [name: string]: any };

export class FormFile {
  /** As form-js can read it: it refuses two fields with one id. To us an id means nothing, so the second gets one of its own. */
  readonly schema: Component;
  private readonly written = new Map<string, Component>();
  private readonly read = new Map<string, Component>();

  constructor(content: string) {
    this.schema = withOwnIds(JSON.parse(content) as Component, new Set());
    for (const one of walk(this.schema)) this.written.set(one.id, one);
  }

  /** What form-js has made of it. */
  isRead(schema: Component): void {
    for (const one of walk(schema)) this.read.set(one.id, structuredClone({ ...one, components: undefined }));
  }

  /** The schema version that form-js writes is its own and says nothing about ours, so that of the file stays. */
  content(schema: Component): string {
    return `${JSON.stringify(this.cleaned({ ...schema, schemaVersion: this.schema.schemaVersion }), null, 2)}\n`;
  }

  private cleaned(component: Component): Component {
    const [before, read] = [this.written.get(component.id) ?? ({} as Component), this.read.get(component.id)];
    const isAdded = (name: string): boolean => name.startsWith('_') || (!(name in before) && read !== undefined && isSame(read[name], component[name]));
    const names = [...new Set([...Object.keys(before), ...Object.keys(component)])].filter((name) => component[name] !== undefined && !isAdded(name));
    return Object.fromEntries(names.map((name) => [name, name === 'components' ? component.components!.map((one) => this.cleaned(one)) : component[name]])) as Component;
  }
}

export function walk(component: Component): Component[] {
  return [component, ...(component.components ?? []).flatMap(walk)];
}

function withOwnIds(component: Component, taken: Set<string>): Component {
  let { id } = component;
  for (let count = 2; id && taken.has(id); count += 1) id = `${component.id}_${count}`;
  taken.add(id);
  return { ...component, ...(id ? { id } : {}), ...(component.components ? { components: component.components.map((one) => withOwnIds(one, taken)) } : {}) };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
