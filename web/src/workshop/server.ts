// Talks with the server: fetches and saves files of the draft, holds it, asks for findings. An ended session is told apart from
// everything else, because then the person can mend it: sign in again in another tab.

import { addressOf, type Place } from './place';

export type Saved = { revision: number; words: string };
export type Held = { isMine: boolean; byName: string };
export type Loaded = { content: string; revision: number };

export class Refused extends Error {
  constructor(readonly status: number, readonly words: string) {
    super(words || `HTTP ${status}`);
  }
}
export class SignedOut extends Error {}

export class Server {
  constructor(private readonly place: Place) {}

  async file(kind: string, key: string, released = false): Promise<Loaded> {
    const response = await this.ask(addressOf(this.place, kind, key) + (released ? '?released=1' : ''), { headers: { Accept: '*/*' } });
    return { content: await response.text(), revision: Number(response.headers.get('X-Revision') ?? 0) };
  }

  async save(kind: string, key: string, content: string, revision: number, leaving = false): Promise<Saved> {
    const response = await this.ask(addressOf(this.place, kind, key), { method: 'PUT', body: content, keepalive: leaving, headers: { 'If-Match': `"${revision}"`, 'Content-Type': 'application/octet-stream' } });
    return (await response.json()) as Saved;
  }

  async takeBack(kind: string, key: string): Promise<void> {
    await this.ask(addressOf(this.place, kind, key), { method: 'DELETE' });
  }

  async findings(file?: { kind: string; key: string }): Promise<unknown> {
    const which = file ? `?${new URLSearchParams({ kind: file.kind, key: file.key })}` : '';
    return (await this.ask(this.place.urls.findings + which)).json();
  }

  async hold(takeOver: boolean): Promise<Held> {
    return (await (await this.ask(this.place.urls.hold, { method: 'POST', body: new URLSearchParams(takeOver ? { take_over: '1' } : {}) })).json()) as Held;
  }

  async tidied(xml: string): Promise<string> {
    return (await this.ask(this.place.urls.tidy, { method: 'POST', body: xml, headers: { 'Content-Type': 'application/xml' } })).text();
  }

  /** A process with a first task in the lane, kept in the draft. */
  async addCalledProcess(name: string, lane: string): Promise<{ process_id: string; form: string }> {
    return (await this.ask(this.place.urls.called, { method: 'POST', body: new URLSearchParams({ name, lane }) })).json() as Promise<{ process_id: string; form: string }>;
  }

  /** Whether the same person is signed in (again); takes over the token of that session. */
  async isBack(): Promise<boolean> {
    const session = await this.session();
    if (!session.csrf_token || session.employee !== this.place.reader) return false;
    this.place.csrf = session.csrf_token;
    return true;
  }

  private async session(): Promise<{ employee: string | null; csrf_token: string | null }> {
    const response = await fetch(this.place.urls.session, { headers: { Accept: 'application/json' } });
    return (await response.json()) as { employee: string | null; csrf_token: string | null };
  }

  private async ask(url: string, request: RequestInit = {}, isAgain = false): Promise<Response> {
    const headers = { Accept: 'application/json', 'X-CSRFToken': this.place.csrf, ...request.headers };
    const response = await fetch(url, { ...request, headers, redirect: 'manual' });
    if (response.ok) return response;
    const said = (await response.json().catch(() => undefined)) as { words: string } | undefined;
    if (said) throw new Refused(response.status, said.words);
    const token = this.place.csrf;
    if (!(await this.isBack())) throw new SignedOut();
    if (!isAgain && token !== this.place.csrf) return this.ask(url, request, true); // signed in anew meanwhile
    throw new Refused(response.status, '');
  }
}
