// Keeps an open page up to date: body[data-live="URL"] is asked every twenty seconds while the page is seen.
//
// The answer is JSON {"menu": {"/": 12}, "unread": 2, "bell": "<a …>", "stamp": "…", "words": "…"}, 304 when nothing has changed.
// Where the stamp is another than body[data-stamp], the [data-region]s of the page come anew (a page without anything to write
// in), or, where the page has none, its [data-news] says so: nothing that somebody is writing is touched.

const EVERY_MS = 20_000;
const SOONEST_MS = 2_000;
const SIGNED_OUT = 401;

type Answer = { menu: Record<string, number>; unread: number; bell: string; stamp?: string; draft?: number; words?: string };

export function keepUpToDate(body: HTMLElement): void {
  if (!body.dataset.live) return;
  const page = new Live(body, body.dataset.live);
  document.addEventListener('visibilitychange', () => page.look());
  window.addEventListener('focus', () => page.look());
  page.later();
}

class Live {
  private tag = '';
  private last = 0;
  private timer: number | undefined;
  private unread: number | undefined;

  constructor(private readonly body: HTMLElement, private readonly url: string) {}

  later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.look(), EVERY_MS);
  }

  /** Ask now, unless nobody sees the page or it was asked this very moment. */
  look(): void {
    if (document.visibilityState === 'hidden' || Date.now() - this.last < SOONEST_MS) return this.later();
    this.last = Date.now();
    void this.ask().then((goesOn) => { if (goesOn) this.later(); });
  }

  private async ask(): Promise<boolean> {
    try {
      const response = await fetch(this.url, { headers: { Accept: 'application/json', ...(this.tag && { 'If-None-Match': this.tag }) } });
      if (response.status === SIGNED_OUT) return false;
      if (response.ok) {
        await this.heard((await response.json()) as Answer);
        this.tag = response.headers.get('ETag') ?? '';
      }
    } catch {
      // offline: the next look tries again
    }
    return true;
  }

  private async heard(answer: Answer): Promise<void> {
    for (const [href, count] of Object.entries(answer.menu)) setCount(href, count);
    this.ring(answer);
    const draft = Number(document.querySelector<HTMLInputElement>('[name="draft_version"]')?.value ?? Infinity);
    const isOther = answer.stamp !== undefined && answer.stamp !== this.body.dataset.stamp;
    if (!isOther && !((answer.draft ?? 0) > draft)) return;
    if (document.querySelector('[data-region]')) await this.renew(answer);
    else tell(answer.words ?? '');
  }

  private ring(answer: Answer): void {
    const bell = document.getElementById('bell');
    if (bell && bell !== document.activeElement) bell.outerHTML = answer.bell;
    if (this.unread !== undefined && answer.unread > this.unread) say(document.getElementById('bell')?.innerText ?? '');
    this.unread = answer.unread;
  }

  private async renew(answer: Answer): Promise<void> {
    const response = await fetch(window.location.href, { headers: { Accept: 'text/html' } });
    if (!response.ok || response.redirected) return;
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
    const isNew = [...document.querySelectorAll<HTMLElement>('[data-region]')].map((region) => renewRegion(region, fresh));
    this.body.dataset.stamp = fresh.body.dataset.stamp ?? answer.stamp;
    if (isNew.includes(true)) say(answer.words ?? '');
  }
}

/** What has the focus, and the row that the keyboard is on, stay where they are, if they still are. */
function renewRegion(region: HTMLElement, fresh: Document): boolean {
  const other = fresh.getElementById(region.id);
  if (!other || other.innerHTML === region.innerHTML) return false;
  const focused = region.contains(document.activeElement) ? keyOf(document.activeElement!) : undefined;
  const here = region.querySelector('.is-here a')?.getAttribute('href');
  region.replaceChildren(...other.childNodes);
  const again = [...region.querySelectorAll<HTMLElement>('a, button')];
  again.find((one) => focused && keyOf(one) === focused)?.focus({ preventScroll: true });
  again.find((one) => here && one.getAttribute('href') === here)?.closest('tr')?.classList.add('is-here');
  return true;
}

function keyOf(element: Element): string {
  return element.getAttribute('href') ?? element.closest('form')?.getAttribute('action') ?? '';
}

function setCount(href: string, count: number): void {
  const place = document.querySelector(`.sg-nav a[href="${CSS.escape(href)}"] .sg-quiet`);
  if (place && place.textContent !== String(count)) place.textContent = String(count);
}

/** In a line of the page, with the way to what is new; once. */
function tell(words: string): void {
  const news = document.querySelector<HTMLElement>('[data-news]');
  if (!news?.hidden) return;
  news.hidden = false;
  news.querySelector('[data-words]')!.textContent = words; // after it is shown, so that it is read aloud
}

function say(words: string): void {
  const place = document.querySelector('[data-said]');
  if (place) place.textContent = words;
}
