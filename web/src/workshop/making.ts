// Makes a form, a decision or a process on the spot: the smallest one that can be used, ready to be worked on in its own editor.

import type { Maker } from './panel/context';
import type { Place } from './place';
import type { Server } from './server';
import { say } from './words';

export function maker(place: Place, server: Server): Maker {
  return {
    async makeForm(title) {
      const key = place.choices.nextForm;
      await server.save('form', key, JSON.stringify(newForm(key, title), null, 2), 0);
      place.choices.forms = [...place.choices.forms, { value: key, label: `${key} ${title}` }];
      place.choices.nextForm = following(key);
      return key;
    },
    async makeDecision(title) {
      const key = `dmn_${plain(title)}`;
      const file = `${place.folder}/${key}.dmn`;
      await server.save('decision', file, newDecision(key, title), 0);
      place.choices.decisions = [...place.choices.decisions, { value: key, label: title, file }];
      return key;
    },
    async makeProcess(title, lane) {
      const made = await server.addCalledProcess(title, lane);
      place.choices.processes = [...place.choices.processes, { value: made.process_id, label: title }];
      place.choices.forms = [...place.choices.forms, { value: made.form, label: `${made.form} ${title}` }];
      place.choices.nextForm = following(made.form);
      return made.process_id;
    },
  };
}

function newForm(key: string, title: string): object {
  return {
    type: 'default', id: key, schemaVersion: 16, properties: { title, titleEn: title },
    components: [{ type: 'textarea', id: `${key}_note`, key: 'note', label: say('What is done'), properties: { labelEn: 'What is done' } }],
  };
}

function newDecision(key: string, title: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="definitions_${key}" name="${escaped(title)}" namespace="urn:sagsgang">
  <decision id="${key}" name="${escaped(title)}">
    <variable id="${key}_variable" name="${key}"/>
    <decisionTable id="${key}_table" hitPolicy="FIRST">
      <input id="${key}_in1"><inputExpression id="${key}_expression1" typeRef="string"><text></text></inputExpression></input>
      <output id="${key}_out1" name="resultat" typeRef="string"/>
      <rule id="${key}_rule1"><inputEntry id="${key}_rule1_in1"><text></text></inputEntry><outputEntry id="${key}_rule1_out1"><text>"ja"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram id="${key}_diagram"><dmndi:DMNShape id="${key}_shape" dmnElementRef="${key}"><dc:Bounds height="80" width="180" x="160" y="100"/></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>
`;
}

function following(key: string): string {
  return key.replace(/\d+$/, (number) => String(Number(number) + 1));
}

function plain(title: string): string {
  return title.toLowerCase().replace(/æ/g, 'ae').replace(/ø/g, 'oe').replace(/å/g, 'aa').replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '').slice(0, 40);
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
