// A new field of a form begins with words of form-js; here in the language of the page.

import { say } from './words';

const TYPES = ['textfield', 'textarea', 'number', 'checkbox', 'radio', 'select', 'checklist', 'taglist', 'datetime', 'filepicker', 'group', 'dynamiclist', 'text'];
const WORDS = ['label', 'dateLabel', 'timeLabel'];

type Definition = { config: { create(options: object, isNew?: boolean): Record<string, any> } };

export function sayBeginnings(fields: { get(type: string): Definition | undefined }): void {
  for (const type of TYPES) {
    const config = fields.get(type)?.config;
    if (!config) continue;
    const { create } = config;
    config.create = (options = {}, isNew = true) => (isNew ? said(create(options, isNew), options as Record<string, unknown>) : create(options, isNew));
  }
}

function said(made: Record<string, any>, given: Record<string, unknown>): Record<string, any> {
  const words = WORDS.filter((name) => typeof made[name] === 'string' && made[name] && (given[name] ?? made[name]) === made[name]);
  return { ...made, ...Object.fromEntries(words.map((name) => [name, say(made[name])])), ...(made.text && !given.text ? { text: say('Text') } : {}), ...(made.values && !given.values ? { values: [{ label: say('Option'), labelEn: 'Option', value: 'valg1' }] } : {}) };
}
