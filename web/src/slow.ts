// a[data-slow]: a file that takes a moment to make. Its words stand in the element beside it while one waits, and say so if it fails.

export function sayThatItTakesAMoment(link: HTMLAnchorElement): void {
  link.addEventListener('click', (event) => {
    event.preventDefault();
    void take(link, link.parentElement!.querySelector<HTMLElement>('[role="status"]')!);
  });
}

async function take(link: HTMLAnchorElement, place: HTMLElement): Promise<void> {
  if (link.getAttribute('aria-disabled')) return;
  link.setAttribute('aria-disabled', 'true');
  place.textContent = link.dataset.slow ?? '';
  try {
    const response = await fetch(link.href);
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    save(await response.blob(), /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? '');
    place.textContent = '';
  } catch {
    place.textContent = link.dataset.failed ?? '';
  } finally {
    link.removeAttribute('aria-disabled');
  }
}

function save(content: Blob, name: string): void {
  const file = document.createElement('a');
  file.href = URL.createObjectURL(content);
  file.download = name;
  file.click();
  window.setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
}
