// Comfort on every page; each page works without it.

const SEARCH = '#search';

document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !isTyping(event.target)) focusSearch(event);
});

function focusSearch(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLInputElement>(SEARCH);
  if (!field) return;
  event.preventDefault();
  field.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}
