// Packages without types of their own, and styles, which esbuild makes files of.

declare module '*.css';
declare module 'bpmn-js-create-append-anything';
declare module 'bpmn-moddle';
declare module 'bpmnlint/lib/linter.js';
declare module 'bpmnlint/rules/fake-join.js';
declare module 'bpmnlint/rules/no-duplicate-sequence-flows.js';
declare module 'bpmnlint/rules/no-overlapping-elements.js';
declare module 'bpmnlint/rules/superfluous-gateway.js';
declare module 'dmn-js/lib/Modeler';
declare module 'dmn-moddle';
declare const process: { stdin: AsyncIterable<string> & { setEncoding(name: string): void }; stdout: { write(text: string): void } };
