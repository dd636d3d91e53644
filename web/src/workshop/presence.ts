// One person at a time changes a draft. Whoever has it open holds it, again every half minute; who comes second may look, sees who
// has it, and can take it over with one button.

import type { Place } from './place';
import { Refused, type Server } from './server';
import type { Status } from './status';
import { say } from './words';

const BEAT_MS = 30_000;

export async function holdDraft(place: Place, server: Server, status: Status, lost: () => void): Promise<boolean> {
  const held = await server.hold(false).catch(() => ({ isMine: place.isMine, byName: '' }));
  if (!held.isMine) {
    askToTakeOver(server, status, held.byName);
    return false;
  }
  const beat = window.setInterval(() => void again(), BEAT_MS);
  async function again(): Promise<void> {
    if (document.visibilityState === 'hidden') return; // a forgotten tab keeps nobody out
    const now = await server.hold(false).catch((error: unknown) => ({ isMine: !(error instanceof Refused && error.status === 409), byName: '' }));
    if (now.isMine) return;
    window.clearInterval(beat);
    lost();
    askToTakeOver(server, status, now.byName);
  }
  return true;
}

function askToTakeOver(server: Server, status: Status, name: string): void {
  const words = name ? say('{name} works on this draft right now. You can look at it.', { name }) : say('This draft cannot be changed now. You can look at it.');
  status.ask(words, name ? [[say('Take over'), () => void server.hold(true).then(() => window.location.reload())]] : []);
}
