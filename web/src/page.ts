// Comfort on every page; each page works without it.
//
//   /            puts the cursor in the search field            J K Enter T   walk, open and take rows of [data-rows]
//   form[data-autosave="URL"] posts itself there while it is written, and when the page is left

import { keepSaved } from './autosave';
import { walkRows } from './rows';

const SEARCH = '#find';

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === '/') focusSearch(event);
  else walkRows(event);
});

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) keepSaved(form);
document.querySelector<HTMLElement>('[role="alert"][tabindex]')?.focus();

function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>(SEARCH);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
