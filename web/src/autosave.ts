// Saves a form on the server while it is written: what was typed survives a closed lid, a lost session, a dead battery.
//
// The answer is JSON {"draft_version": 7, "words": "Gemt kl. 09.12"}; a conflict (409) comes as {"words": "…"}. The words stand
// in the form's [data-saved]. Nothing is lost by a failure: the next change tries again. An ended session is another matter:
// the form stays as it is while the person signs in in a new tab; then it takes over the token of that session and goes on.

const PAUSE_MS = 1_500;
const AGAIN_MS = 10_000;

type Answer = { draft_version?: number; words?: string };
type Session = { employee: string | null; csrf_token: string | null };

export function keepSaved(form: HTMLFormElement): void {
  const saver = new Saver(form);
  form.addEventListener('input', () => saver.changed());
  form.addEventListener('submit', (event) => saver.handIn(event));
  document.addEventListener('submit', (event) => void saver.saveBefore(event));
  window.addEventListener('beforeunload', () => saver.leave()); // before the next page is asked for, which may show this draft
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') saver.leave();
    else void saver.comeBack();
  });
  window.addEventListener('focus', () => void saver.comeBack());
}

class Saver {
  private timer: number | undefined;
  private isDirty = false;
  private isSending = false;
  private isSignedOut = false;

  constructor(private readonly form: HTMLFormElement) {}

  changed(): void {
    this.isDirty = true;
    this.later(PAUSE_MS);
  }

  /** A button of the form posts all of it; without a session that would lead nowhere. */
  handIn(event: SubmitEvent): void {
    if (this.isSignedOut) {
      event.preventDefault();
      return this.sayWithLink(this.form.dataset.signedOut ?? '');
    }
    window.clearTimeout(this.timer);
    this.isDirty = false;
  }

  /** Another form of the page, as the one that changes the language: it goes off once the draft is kept. */
  async saveBefore(event: SubmitEvent): Promise<void> {
    const other = event.target as HTMLFormElement;
    if (other === this.form || !this.isDirty || this.isSignedOut) return;
    event.preventDefault();
    await this.save();
    this.isDirty = false; // one try: what could not be kept does not hold the person here
    other.requestSubmit(event.submitter);
  }

  /** The page goes away: the browser delivers this even when it is closed. */
  leave(): void {
    if (!this.isDirty || this.isSignedOut) return;
    if (navigator.sendBeacon(this.url, this.written())) this.isDirty = false;
  }

  /** Whether somebody has signed in again meanwhile; if it is the same person, everything goes on. */
  async comeBack(): Promise<void> {
    if (!this.isSignedOut) return;
    const session = await this.session();
    if (!session.employee || !session.csrf_token) return;
    if (session.employee !== this.form.dataset.reader) return this.say(this.form.dataset.someoneElse ?? '', true);
    for (const token of document.querySelectorAll<HTMLInputElement>('[name="csrf_token"]')) token.value = session.csrf_token;
    this.isSignedOut = false;
    await this.save();
  }

  /** Everything but files: they go with a button, not again every few seconds. */
  private written(): FormData {
    const data = new FormData(this.form);
    for (const name of [...data.keys()]) if (name.startsWith('upload:')) data.delete(name);
    return data;
  }

  private get url(): string {
    return this.form.dataset.autosave ?? '';
  }

  private later(ms: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), ms);
  }

  private async save(): Promise<void> {
    if (this.isSending) return this.later(PAUSE_MS);
    this.isSending = true;
    this.isDirty = false;
    try {
      await this.heard(await fetch(this.url, { method: 'POST', body: this.written(), headers: { Accept: 'application/json' } }));
    } catch {
      this.failed(this.form.dataset.offline ?? '');
    } finally {
      this.isSending = false;
    }
  }

  private async heard(response: Response): Promise<void> {
    const answer = (await response.json().catch(() => ({}))) as Answer;
    if (response.ok && answer.draft_version !== undefined) {
      const version = this.form.querySelector<HTMLInputElement>('[name="draft_version"]');
      if (version) version.value = String(answer.draft_version);
      return this.say(answer.words ?? '', false);
    }
    if (answer.words) return this.say(answer.words, true);
    if ((await this.session()).employee) return this.failed(this.form.dataset.offline ?? '');
    this.isSignedOut = this.isDirty = true;
    this.sayWithLink(this.form.dataset.signedOut ?? '');
  }

  private async session(): Promise<Session> {
    const response = await fetch(this.form.dataset.session ?? '', { headers: { Accept: 'application/json' } });
    return (await response.json()) as Session;
  }

  private failed(words: string): void {
    this.isDirty = true;
    this.say(words, true);
    this.later(AGAIN_MS);
  }

  private say(words: string, isOpen: boolean): void {
    const place = this.form.querySelector<HTMLElement>('[data-saved]');
    if (!place) return;
    place.classList.toggle('sg-save--open', isOpen);
    place.querySelector('[data-words]')!.textContent = words;
  }

  private sayWithLink(words: string): void {
    this.say(`${words} `, true);
    const link = document.createElement('a');
    link.href = this.form.dataset.signIn ?? '';
    link.target = '_blank';
    link.textContent = this.form.dataset.signInWords ?? '';
    this.form.querySelector('[data-words]')?.append(link);
  }
}
