// htmx keeps parts of a page up to date while somebody writes there. It is fetched when somebody first comes to such a part:
// most pages are only read. Answers that were given before it has come count as given when it is there.

const PART = '[hx-post]';

export function fetchHtmxWhenNeeded(): void {
  const source = document.querySelector<HTMLMetaElement>('meta[name="htmx-source"]')?.content;
  if (!source) return;
  const changed = new Set<EventTarget>();
  const comes = (event: Event): void => {
    if (!(event.target instanceof Element) || !event.target.closest(PART)) return;
    if (event.type === 'change') changed.add(event.target);
    if (!('waits' in document.documentElement.dataset)) load(source, ready);
  };
  const ready = (): void => {
    for (const kind of ['focusin', 'change']) document.removeEventListener(kind, comes);
    delete document.documentElement.dataset.waits;
    for (const one of changed) one.dispatchEvent(new Event('change', { bubbles: true }));
  };
  for (const kind of ['focusin', 'change']) document.addEventListener(kind, comes);
}

/** `ready` runs after htmx has looked through the page, which it does in a timer of its own. */
function load(source: string, ready: () => void): void {
  const script = document.createElement('script');
  script.src = source;
  script.addEventListener('load', () => setTimeout(ready));
  script.addEventListener('error', () => delete document.documentElement.dataset.waits); // the next answer tries again
  document.documentElement.dataset.waits = '';
  document.head.append(script);
}
