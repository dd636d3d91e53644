// Which field of the panel answers a finding about a form; the first of them that is empty, else the first that is there.

import type { Finding, Mend } from './findings';
import { say } from './words';

const FIELDS: Record<string, string[]> = {
  'label-da': ['label', 'dateLabel', 'timeLabel', 'text'],
  'label-en': ['own.labelEn', 'own.descriptionEn', 'own.textEn'],
  'label-expression': ['label', 'dateLabel', 'timeLabel', 'text'],
  'option-label': ['option.0.label', 'option.0.labelEn'],
  'option-value': ['option.0.value'],
  'pattern-message': ['own.message', 'own.messageEn'],
  'text-decides': ['own.variable'],
  'duplicate-key': ['key', 'path'],
  cpr: ['own.variable'],
  feel: ['expression', 'conditional.hide', 'own.prefill', 'required'],
  limits: ['validate.min', 'own.minDate', 'own.minRows', 'validate.minLength'],
  name: ['own.variable', 'own.fact'],
  pattern: ['validate.pattern'],
  variable: ['own.variable'],
  widget: ['own.widget', 'validate.min'],
};

export function formMends(finding: Finding, show: (element: string, fields: string[]) => void): Mend[] {
  const fields = FIELDS[finding.rule];
  return fields && finding.element ? [{ label: say('Show the field'), act: () => show(finding.element, fields) }] : [];
}
