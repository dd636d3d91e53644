// A form of a process draft: the editor of form-js with our own properties, saved while one works.

import { FormEditor } from '@bpmn-io/form-js-editor';
import { find, openBench, type Bench, type Editor } from './bench';
import './form-editor.css';
import { FormPanel } from './form-panel/form-panel';
import { FormFile, walk, type Component } from './form-file';
import { sayBeginnings } from './form-beginnings';
import { formMends } from './form-mends';
import { speak } from './speaking';

void openBench(formEditor);

function formEditor(bench: Bench): Editor {
  const editor = new FormEditor({ container: find('canvas'), additionalModules: [NO_PANEL] } as never);
  sayBeginnings((editor as any).get('formFields'));
  const panel = new FormPanel(find('panel'), editor as never, bench.place.choices);
  panel.isReadOnly = bench.isReadOnly;
  speak(find('canvas'), '.fjs-palette-container, .fjs-context-pad, .fjs-empty-editor, .fjs-form-field-placeholder, .fjs-repeat-render-footer, .fjs-repeat-row-add, .fjs-repeat-row-remove, .fjs-select-placeholder, .fjs-form-field-filepicker button');
  find('canvas').addEventListener('keyup', ({ key, target }) => (key === 'Tab' || key === 'Enter') && showFocused(target as HTMLElement));
  let file: FormFile;
  (editor as any).on('commandStack.changed', (event: { trigger?: string }) => {
    if (event.trigger !== 'clear') bench.changed();
    bench.moved();
  });

  return {
    async show(content) {
      file = new FormFile(content);
      await editor.importSchema(file.schema as never);
      file.isRead((editor as any)._getState().schema as Component);
      panel.draw();
    },
    content: async () => file.content(editor.saveSchema() as unknown as Component),
    lock() {
      panel.isReadOnly = true;
      find('canvas').inert = true;
      panel.draw();
    },
    stack: () => (editor as any).get('commandStack'),
    select,
    mends: (finding) => formMends(finding, (element, fields) => {
      select(element);
      panel.focus(fields);
    }),
  };

  /** Whoever has no mouse sees the properties of the field that they have come to, or have just added. */
  function showFocused({ dataset }: HTMLElement): void {
    const field = dataset.id && (editor as any).get('formFieldRegistry').get(dataset.id);
    if (field) (editor as any).get('selection').set(field);
  }

  function select(name: string): void {
    const form = (editor as any)._getState().schema as Component;
    const last = name.split('.').pop();
    const found = walk(form).find((one) => [one.key, one.path, one.id].includes(last));
    if (!found) return;
    (editor as any).get('selection').set(found);
    document.querySelector(`[data-id="${CSS.escape(found.id)}"]`)?.scrollIntoView({ block: 'nearest' });
  }
}

const NO_PANEL = { propertiesPanel: ['value', { registerProvider() {}, attachTo() {}, detach() {} }], propertiesProvider: ['value', {}] };
