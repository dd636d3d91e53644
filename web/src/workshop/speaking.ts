// The form editor has no translate module, so what it writes is said in our words once it stands there. Only its own
// words are touched, in the parts that `where` names; what a process owner has written is left alone.

import { say } from './words';

const ATTRIBUTES = ['title', 'aria-label', 'placeholder'];

export function speak(host: HTMLElement, where: string): void {
  const all = (): void => host.querySelectorAll(where).forEach(translate);
  new MutationObserver(all).observe(host, { childList: true, subtree: true, characterData: true });
  all();
}

function translate(place: Element): void {
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = (node.textContent ?? '').trim();
    if (text && !said.has(text)) put(node, 'textContent', text);
  }
  for (const one of [place, ...place.querySelectorAll('*')]) {
    for (const name of ATTRIBUTES) {
      const text = one.getAttribute(name);
      if (text && !said.has(text)) one.setAttribute(name, remember(say(text)));
    }
  }
}

const said = new Set<string>(); // our own words must not be looked up again

function put(node: Node, name: 'textContent', text: string): void {
  node[name] = remember(say(text));
}

function remember(words: string): string {
  said.add(words);
  return words;
}
