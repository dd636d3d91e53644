// Sentences in the language of the page. The code says them in English, or by a key as `kind UserTask` whose English stands in
// `english.json`; `danish.json` has the Danish of ours and of the bpmn.io editors, which ship none. What has none is noted, so
// that a test can tell.

import danish from './danish.json';
import english from './english.json';

type Translate = (template: string, replacements?: Record<string, unknown>) => string;

const DANISH: Record<string, string> = danish;
const ENGLISH: Record<string, string> = english;
const missing = new Set<string>();

export const language = document.documentElement.lang;

export const say: Translate = (template, replacements) => {
  const text = language === 'da' ? (DANISH[template] ?? missed(template)) : (ENGLISH[template] ?? template);
  return text.replace(/{([^}]+)}/g, (hole, name: string) => String(replacements?.[name.trim()] ?? hole));
};

function missed(template: string): string {
  if (/\p{L}/u.test(template)) {
    missing.add(template);
    document.documentElement.dataset.untranslated = JSON.stringify([...missing]);
  }
  return template;
}
