// The properties of the chosen field of a form, or of the form when none is chosen. It takes the place of form-js' own panel, which
// knows nothing of our properties and offers what no page of ours can show.

import { walk, type Component } from '../form-file';
import { drawGroup, make } from '../panel/draw';
import { cursorIn } from '../panel/panel';
import type { Choices, Option } from '../place';
import { say } from '../words';
import { groupsOfForm } from './form-groups';

type Services = { get(name: string): any };

export class FormPanel {
  isReadOnly = false;

  constructor(private readonly host: HTMLElement, private readonly services: Services, private readonly choices: Choices) {
    const bus = services.get('eventBus');
    for (const event of ['selection.changed', 'changed', 'import.done']) bus.on(event, () => this.draw());
  }

  draw(): void {
    const form = this.services.get('formEditor')._getState().schema as Component | null;
    if (!form) return;
    const component = this.services.get('formFieldRegistry').get((this.services.get('selection').get() as Component | null)?.id ?? form.id) as Component | undefined;
    if (!component) return;
    const edit = (path: string[], value: unknown): void => this.services.get('modeling').editFormField(component, path, value);
    const cursor = cursorIn(this.host);
    const title = component.type === 'default' ? component.properties?.title || component.id : component.label || component.dateLabel || component.timeLabel || component.key || say(`field ${component.type}`);
    const drawing = { isReadOnly: this.isReadOnly, names: this.names(form) };
    this.host.replaceChildren(make('h2', '', String(title)), make('p', 'sg-note', say(`field ${component.type}`)), ...groupsOfForm({ component, edit, choices: this.choices }).map((group) => drawGroup(group, drawing)));
    cursor?.();
  }

  /** Puts the cursor into the first of these fields that is empty, else into the first that is there. */
  focus(names: string[]): void {
    const inputs = names.map((name) => this.host.querySelector<HTMLInputElement>(`[data-field="${CSS.escape(name)}"]`)).filter((one) => one !== null);
    const input = inputs.find((one) => !one.value) ?? inputs[0];
    const group = input?.closest('details');
    if (group) group.open = true;
    input?.focus();
  }

  /** Answers of the form, and facts of the case. */
  private names(form: Component): Option[] {
    const keys = walk(form).filter((one) => one.key).map((one) => ({ value: one.key!, label: `${one.key} – ${one.label ?? one.dateLabel ?? ''}` }));
    return [...keys, ...this.choices.facts];
  }
}
