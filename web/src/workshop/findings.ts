// What the server's lint says of the draft, in a list with its mends, and as marks at the elements. There is no second lint here.

import { button, make } from './panel/draw';
import type { Server } from './server';
import { say } from './words';

export type Finding = { kind: string; key: string; element: string; rule: string; severity: 'error' | 'warning' | 'approval' | 'advice'; message: string; mend: string };
export type Mend = { label: string; act(): void | Promise<void> };
/** `show` where there is something to be shown; `fileOf` where findings of several files stand together. */
export type Place = { show?(finding: Finding): void; fileOf?(finding: Finding): string; mends(finding: Finding): Mend[]; marked(findings: Finding[]): void };

const PAUSE_MS = 300;
const SHAPES = { error: 'sg-due--overdue sg-due--law', approval: 'sg-due--soon', warning: 'sg-due--soon', advice: 'sg-due--neutral' } as const;

export class Findings {
  private timer: number | undefined;
  private asked = 0;
  private fromServer: Finding[] = [];
  advice: () => Promise<Finding[]> = async () => [];

  constructor(private readonly host: HTMLElement, private readonly server: Server, private readonly file: { kind: string; key: string } | undefined, private readonly place: Place) {}

  /** After something was saved; the newest answer counts. Without a file: of all that the draft has changed. */
  ask(): void {
    window.clearTimeout(this.timer);
    this.host.setAttribute('aria-busy', 'true');
    this.timer = window.setTimeout(() => void this.fetch(), PAUSE_MS);
  }

  private async fetch(): Promise<void> {
    this.asked += 1;
    const mine = this.asked;
    try {
      const answer = (await this.server.findings(this.file)) as { findings: Finding[] };
      const advice = await this.advice();
      if (mine !== this.asked) return;
      this.fromServer = answer.findings;
      this.draw([...this.fromServer, ...advice]);
    } catch (error) {
      console.error(error);
    } finally {
      if (mine === this.asked) this.host.setAttribute('aria-busy', 'false');
    }
  }

  private draw(findings: Finding[]): void {
    const must = findings.filter((one) => one.severity === 'error').length;
    const leader = findings.filter((one) => one.severity === 'approval').length;
    const parts = [must && say('{count} to mend before release', { count: must }), leader && say('{count} for a team leader to approve', { count: leader }), findings.length - must - leader && say('{count} pieces of advice', { count: findings.length - must - leader })];
    const head = make('h2', '', `${say('Findings')} `);
    head.append(make('small', '', parts.filter(Boolean).join(' · ') || say('none')));
    this.host.replaceChildren(head, ...findings.map((one) => this.item(one)));
    this.host.dataset.count = String(findings.length);
    this.place.marked(findings);
  }

  private item(finding: Finding): HTMLElement {
    const place = make('div', 'sg-find-item');
    place.dataset.rule = finding.rule;
    const sign = make('span', `sg-due ${SHAPES[finding.severity]}`);
    sign.append(make('span', 'sr-only', severityWords(finding)));
    const row = make('div', 'sg-row');
    const words = make('div', '');
    const sentence = make('p', 'sg-strong');
    const { show } = this.place;
    if (finding.element && show) sentence.append(link(finding.message, () => show(finding)));
    else sentence.textContent = finding.message;
    const file = this.place.fileOf?.(finding);
    words.append(sentence, make('p', 'sg-quiet', finding.mend), ...(file ? [make('p', 'sg-quiet', file)] : []));
    const mends = make('p', 'sg-end sg-row');
    mends.append(...this.place.mends(finding).map((mend) => mendButton(mend)));
    row.append(words, mends);
    place.append(sign, row);
    return place;
  }
}

export function severityWords(finding: Finding): string {
  return { error: say('Must be mended'), approval: say('A team leader must approve it'), warning: say('Advice'), advice: say('Advice') }[finding.severity];
}

function mendButton(mend: Mend): HTMLButtonElement {
  const made = button(mend.label, () => void mend.act());
  made.className = 'button button-secondary sg-small';
  return made;
}

function link(text: string, action: () => void): HTMLElement {
  const made = make('button', 'sg-as-link', text);
  made.type = 'button';
  made.addEventListener('click', action);
  return made;
}
