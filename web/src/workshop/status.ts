// Says in words how things stand with the draft: saved when, not saved and why, and who else works on it.

import { say } from './words';

type State = 'plain' | 'saved' | 'open';

export class Status {
  constructor(private readonly place: HTMLElement, private readonly notice: HTMLElement, private readonly signIn: string) {}

  say(words: string, state: State = 'plain'): void {
    this.place.classList.toggle('sg-save--open', state === 'open');
    this.place.dataset.state = state;
    this.place.textContent = words;
  }

  sayWithSignIn(words: string): void {
    this.say(`${words} `, 'open');
    const link = document.createElement('a');
    link.href = this.signIn;
    link.target = '_blank';
    link.textContent = say('Sign in in a new tab');
    this.place.append(link);
  }

  overtaken(words: string): void {
    this.say(say('Not saved'), 'open');
    this.ask(`${words} ${say('What you have drawn since lies in this browser, and you are asked about it when you open the draft again.')}`, [
      [say('Open it anew'), () => window.location.reload()],
    ]);
  }

  /** A notice above the editor, with buttons. */
  ask(words: string, answers: [string, () => void][]): void {
    const text = document.createElement('p');
    text.className = 'alert-text';
    text.textContent = words;
    const buttons = document.createElement('p');
    buttons.className = 'sg-row';
    buttons.append(...answers.map(([label, action]) => this.button(label, action)));
    this.notice.replaceChildren(text, buttons);
    this.notice.hidden = false;
  }

  private button(label: string, action: () => void): HTMLButtonElement {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'button button-secondary sg-small';
    made.textContent = label;
    made.addEventListener('click', () => {
      this.notice.hidden = true;
      action();
    });
    return made;
  }
}
