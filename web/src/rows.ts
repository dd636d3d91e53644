// Walking a list by keyboard: J and K move, Enter opens (the link has the focus), T takes.

const HERE = 'is-here';

export function walkRows(event: KeyboardEvent): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>('[data-rows] tbody tr:not(.sg-group)')].filter((row) => row.querySelector('a'));
  const at = rows.findIndex((row) => row.contains(document.activeElement) || row.classList.contains(HERE));
  switch (event.key.toLowerCase()) {
    case 'j':
      return goTo(rows, Math.min(at + 1, rows.length - 1));
    case 'k':
      return goTo(rows, Math.max(at - 1, 0));
    case 't':
      rows[at]?.querySelector<HTMLButtonElement>('form button')?.click();
  }
}

function goTo(rows: HTMLTableRowElement[], to: number): void {
  const row = rows[to];
  if (!row) return;
  for (const other of rows) other.classList.toggle(HERE, other === row);
  row.querySelector('a')?.focus();
  row.scrollIntoView({ block: 'nearest' });
}
