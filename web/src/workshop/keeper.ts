// Saves one file of the draft while it is worked on: a moment after each change, when the page is hidden, and when the session is
// back. Until the server has it, a copy lies in this browser. Whoever has been overtaken by somebody else keeps that copy.

import type { KeptHere } from './kept-here';
import { Refused, SignedOut, type Server } from './server';
import type { Status } from './status';
import type { File } from './place';
import { say } from './words';

const PAUSE_MS = 800;
const AGAIN_MS = 10_000;
const CONFLICT = 409;
const MOST_WHILE_LEAVING = 60_000; // what a browser sends for a page that is gone

class Unwritable extends Error {}

export class Keeper {
  private timer: number | undefined;
  private changes = 0;
  private savedChanges = 0;
  private isSending = false;
  private isSignedOut = false;
  private isStopped = false;

  constructor(
    private readonly file: File,
    private readonly server: Server,
    private readonly here: KeptHere,
    private readonly status: Status,
    private readonly content: () => Promise<string>,
    private readonly wasSaved: () => void,
  ) {
    document.addEventListener('visibilitychange', () => void (document.visibilityState === 'hidden' ? this.leave() : this.comeBack()));
    window.addEventListener('beforeunload', () => void this.leave());
    window.addEventListener('focus', () => void this.comeBack());
  }

  changed(): void {
    this.changes += 1;
    if (!this.isStopped && !this.isSignedOut) this.status.say(say('Not saved yet'));
    this.later(PAUSE_MS);
  }

  private get isDirty(): boolean {
    return this.changes > this.savedChanges;
  }

  /** Somebody else holds the draft now: what was not saved stays in this browser only. */
  stop(): void {
    this.isStopped = true;
    window.clearTimeout(this.timer);
  }

  private later(ms: number): void {
    window.clearTimeout(this.timer);
    if (!this.isStopped) this.timer = window.setTimeout(() => void this.save(), ms);
  }

  private async leave(): Promise<void> {
    if (this.isDirty && !this.isSending) await this.save(true);
  }

  private async comeBack(): Promise<void> {
    if (!this.isSignedOut || !(await this.server.isBack().catch(() => false))) return;
    this.isSignedOut = false;
    await this.save();
  }

  private async save(leaving = false): Promise<void> {
    if (this.isStopped) return;
    if (this.isSending) return this.later(PAUSE_MS);
    this.isSending = true;
    const upTo = this.changes;
    try {
      const content = await this.content().catch((error: unknown) => {
        throw new Unwritable(String(error));
      });
      this.here.keep(content, this.file.revision);
      const saved = await this.server.save(this.file.kind, this.file.key, content, this.file.revision, leaving && content.length < MOST_WHILE_LEAVING);
      this.file.revision = saved.revision;
      this.savedChanges = Math.max(this.savedChanges, upTo);
      if (!this.isDirty) this.here.drop();
      this.status.say(saved.words, 'saved');
      this.wasSaved();
    } catch (error) {
      this.failed(error);
    } finally {
      this.isSending = false;
    }
  }

  private failed(error: unknown): void {
    if (error instanceof SignedOut) {
      this.isSignedOut = true;
      return this.status.sayWithSignIn(say('You have been signed out. Your changes lie in this browser; they are saved when you have signed in again.'));
    }
    if (error instanceof Refused && error.status === CONFLICT) {
      this.stop();
      return this.status.overtaken(error.words);
    }
    if (error instanceof Unwritable) return this.status.say(say('The editor cannot write this file, so nothing is saved. Mend the file in the tool that drew it.'), 'open');
    if (error instanceof Refused && error.words) return this.status.say(error.words, 'open');
    console.error(error);
    this.status.say(say('No connection. Your changes lie in this browser and are saved as soon as it is back.'), 'open');
    this.later(AGAIN_MS);
  }
}
