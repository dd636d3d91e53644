// The words of diagrams that the editor knows beside those of the standard: what is not described here is kept as it is.

import camunda from 'camunda-bpmn-moddle/resources/camunda.json';
import sag from './sag.json';

export const moddleExtensions = { camunda, sag };
