// Saves a form on the server while it is written: what was typed survives a closed lid, a lost session, a dead battery.
//
// The answer is JSON {"draft_version": 7, "words": "Gemt kl. 09.12"}; a conflict (409) or an ended session (401) comes as
// {"words": "…"}. The words stand in the form's [data-saved]. Nothing is lost by a failure: the next change tries again.

const PAUSE_MS = 1_500;
const AGAIN_MS = 10_000;

export function keepSaved(form: HTMLFormElement): void {
  const saver = new Saver(form);
  form.addEventListener('input', () => saver.changed());
  form.addEventListener('submit', () => saver.stop());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') saver.leave();
  });
}

class Saver {
  private timer: number | undefined;
  private isDirty = false;
  private isSending = false;

  constructor(private readonly form: HTMLFormElement) {}

  changed(): void {
    this.isDirty = true;
    this.later(PAUSE_MS);
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.isDirty = false;
  }

  /** The page goes away: the browser delivers this even when it is closed. */
  leave(): void {
    if (this.isDirty && navigator.sendBeacon(this.url, new FormData(this.form))) this.stop();
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
      await this.heard(await fetch(this.url, { method: 'POST', body: new FormData(this.form), headers: { Accept: 'application/json' } }));
    } catch {
      this.failed(this.form.dataset.offline ?? '');
    } finally {
      this.isSending = false;
    }
  }

  private async heard(response: Response): Promise<void> {
    const answer = (await response.json().catch(() => ({}))) as { draft_version?: number; words?: string };
    if (!response.ok) return response.status === 409 || response.status === 401 ? this.say(answer.words ?? '', true) : this.failed(answer.words ?? '');
    const version = this.form.querySelector<HTMLInputElement>('[name="draft_version"]');
    if (version && answer.draft_version !== undefined) version.value = String(answer.draft_version);
    this.say(answer.words ?? '', false);
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
}
