// A copy of what is being written, in this browser, until the server has it: for a closed lid, a lost session, a dead battery.
// Processes hold no case text, so it may lie here.

export type Copy = { content: string; revision: number; at: string };

export class KeptHere {
  constructor(private readonly name: string) {}

  get copy(): Copy | undefined {
    try {
      const text = window.localStorage.getItem(this.name);
      return text ? (JSON.parse(text) as Copy) : undefined;
    } catch {
      return undefined;
    }
  }

  keep(content: string, revision: number): void {
    try {
      window.localStorage.setItem(this.name, JSON.stringify({ content, revision, at: new Date().toISOString() } satisfies Copy));
    } catch {
      // Full or forbidden: the server's copy is the one that counts.
    }
  }

  drop(): void {
    try {
      window.localStorage.removeItem(this.name);
    } catch {
      // As above.
    }
  }
}
