// Offers names below a note while somebody writes @ and the beginning of one: up, down, Enter or Tab, Escape; or a click.
//
// The names are those of the boxes in the same form, which do the same without any script.

const WRITTEN = /(?:^|[^\w.@-])@([\p{L}'-]*(?: [\p{L}'-]+){0,3})$/u;
const MOST = 8;

export function offerNames(box: HTMLElement): void {
  const field = box.querySelector('textarea');
  const labels = field?.form?.querySelectorAll<HTMLLabelElement>('[name="mentioned_ids"] + label') ?? [];
  if (field && labels.length) new Names(box, field, [...labels].map((label) => label.textContent?.trim() ?? ''));
}

class Names {
  private readonly list = document.createElement('ul');
  private at = 0;

  constructor(box: HTMLElement, private readonly field: HTMLTextAreaElement, private readonly names: string[]) {
    this.list.id = `${field.id}-names`;
    this.list.className = 'sg-names nobullet-list';
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', box.dataset.mention ?? '');
    this.list.hidden = true;
    box.append(this.list);
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', this.list.id);
    field.addEventListener('input', () => this.offer());
    field.addEventListener('blur', () => this.close());
    field.addEventListener('keydown', (event) => this.pressed(event));
    this.list.addEventListener('mousedown', (event) => this.clicked(event));
  }

  private get written(): string | undefined {
    return WRITTEN.exec(this.field.value.slice(0, this.field.selectionStart))?.[1];
  }

  private offer(): void {
    const begun = this.written?.toLocaleLowerCase();
    const found = begun === undefined ? [] : this.names.filter((name) => fits(name.toLocaleLowerCase(), begun)).slice(0, MOST);
    this.list.replaceChildren(...found.map((name, number) => this.option(name, number)));
    this.list.hidden = found.length === 0;
    this.choose(0);
  }

  private option(name: string, number: number): HTMLLIElement {
    const option = document.createElement('li');
    option.id = `${this.list.id}-${number}`;
    option.setAttribute('role', 'option');
    option.textContent = name;
    return option;
  }

  private choose(at: number): void {
    const options = [...this.list.children];
    this.at = options.length ? (at + options.length) % options.length : 0;
    for (const [number, option] of options.entries()) option.setAttribute('aria-selected', String(number === this.at));
    if (options[this.at]) this.field.setAttribute('aria-activedescendant', options[this.at]!.id);
    else this.field.removeAttribute('aria-activedescendant');
    options[this.at]?.scrollIntoView({ block: 'nearest' });
  }

  private pressed(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    const does = { ArrowDown: () => this.choose(this.at + 1), ArrowUp: () => this.choose(this.at - 1), Enter: () => this.take(), Tab: () => this.take(), Escape: () => this.close() }[event.key];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  }

  private clicked(event: MouseEvent): void {
    event.preventDefault(); // the field keeps the focus
    this.at = [...this.list.children].indexOf(event.target as Element);
    this.take();
  }

  private take(): void {
    const name = this.list.children[this.at]?.textContent;
    const end = this.field.selectionStart;
    if (name) this.field.setRangeText(`${name} `, end - (this.written ?? '').length, end, 'end');
    this.close();
  }

  private close(): void {
    this.list.hidden = true;
    this.field.removeAttribute('aria-activedescendant');
  }
}

/** The beginning of the name, or of one word of it; what is complete is not offered again. */
function fits(name: string, begun: string): boolean {
  return name !== begun && (name.startsWith(begun) || name.split(' ').some((word) => word.startsWith(begun)));
}
