// Comfort on every page; each page works without it.
//
//   /            puts the cursor in the search field            J K Enter T   walk, open and take rows of [data-rows]
//   form[data-autosave="URL"] posts itself there while it is written, and when the page is left
//   details[data-fold] is closed where the window is narrow
//   details[data-menu] closes when one goes on; a link into closed details opens them
//   body[data-live] is kept up to date while it is seen
//   a[data-slow] says that its file is being made
//   [data-mention] offers the names of the form's boxes while somebody writes @ and a name in its textarea
//   form[data-choose] says in its [data-count] how many boxes are ticked

import { keepSaved } from './autosave';
import { fetchHtmxWhenNeeded } from './htmx-when-needed';
import { keepUpToDate } from './live';
import { offerNames } from './mention';
import { walkRows } from './rows';
import { sayThatItTakesAMoment } from './slow';

const SEARCH = '#find, input[type="search"]';
const NARROW = '(max-width: 45rem)';

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeMenus();
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === '/') focusSearch(event);
  else walkRows(event);
});
document.addEventListener('click', (event) => closeMenus(event.target as Node));
window.addEventListener('hashchange', openTarget);

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-autosave]')) keepSaved(form);
for (const box of document.querySelectorAll<HTMLElement>('[data-mention]')) offerNames(box);
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-slow]')) sayThatItTakesAMoment(link);
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-choose]')) countChosen(form);
fetchHtmxWhenNeeded();
foldWhereNarrow(window.matchMedia(NARROW));
document.querySelector<HTMLElement>('[role="alert"][tabindex]')?.focus();
openTarget();
document.querySelector('.sg-views [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
keepUpToDate(document.body);

function focusSearch(event: KeyboardEvent): void {
  const field = [...document.querySelectorAll<HTMLInputElement>(SEARCH)].find((one) => one.checkVisibility());
  if (!field) return;
  event.preventDefault();
  field.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'));
}

function foldWhereNarrow(narrow: MediaQueryList): void {
  if (narrow.matches) fold();
  else narrow.addEventListener('change', fold, { once: true });
}

function fold(): void {
  for (const one of document.querySelectorAll<HTMLDetailsElement>('details[data-fold]')) one.open = false;
}

function closeMenus(except?: Node): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  const closed = target?.closest<HTMLDetailsElement>('details:not([open])');
  if (closed) closed.open = true;
  if (target?.matches('input, textarea, select')) target.focus();
}

function countChosen(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>('[data-count]');
  if (!place) return;
  const count = (): void => {
    const chosen = form.querySelectorAll('input[type="checkbox"]:checked').length;
    place.hidden = chosen === 0;
    place.firstElementChild!.textContent = String(chosen);
  };
  form.addEventListener('change', count);
  count();
}
