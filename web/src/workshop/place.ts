// What the server says about the page: where things are kept, who reads, and what can be chosen from.

export type Option = { value: string; label: string; hint?: string };
export type Choices = {
  forms: Option[];
  decisions: (Option & { file: string })[];
  processes: Option[];
  units: Option[];
  topics: Option[];
  laws: Option[];
  letters: Option[];
  messages: string[];
  deadlines: Option[];
  facts: Option[];
  nextForm: string;
};
export type File = { kind: string; key: string; revision: number };
export type Place = File & {
  draft: string;
  folder: string;
  reader: string;
  isMine: boolean;
  csrf: string;
  urls: { page: string; files: string; findings: string; example: string; called: string; hold: string; tidy: string; session: string; signIn: string; forms: string; decisions: string };
  choices: Choices;
};

export function readPlace(): Place {
  return JSON.parse(document.getElementById('workshop')!.textContent ?? '{}') as Place;
}

export function addressOf(place: Place, kind: string, key: string): string {
  return `${place.urls.files}/${kind}/${key.split('/').map(encodeURIComponent).join('/')}`;
}
