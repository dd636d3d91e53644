// Asks what to do with what lies in this browser and never reached the server.

import type { KeptHere } from './kept-here';
import type { Loaded } from './server';
import type { Status } from './status';
import { language, say } from './words';

export function restore(here: KeptHere, file: Loaded, status: Status, use: (content: string) => Promise<void>): void {
  const copy = here.copy;
  if (!copy || copy.content === file.content) return here.drop();
  const at = new Date(copy.at).toLocaleString(language === 'da' ? 'da-DK' : 'en-GB', { dateStyle: 'short', timeStyle: 'short' });
  const words = copy.revision === file.revision ? say('Your changes of {at} were not saved; they lie in this browser.', { at }) : say('Your changes of {at} were not saved, and somebody has saved this file since.', { at });
  status.ask(words, [
    [say('Use my changes'), () => void use(copy.content)],
    [say('Throw them away'), () => here.drop()],
  ]);
}
