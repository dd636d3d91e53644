// dmn-js lets one write the type of a column or a formula by hand, in the words of the standard. Only the types of its list can be
// used here, so they are chosen from the list, and shown as people call them.

import { readFile } from 'node:fs/promises';

const PLACES = [
  [/TypeRefCellContextMenu\.js$/, '"className": "type-ref-edit-select",'],
  [/LiteralExpressionPropertiesEditorComponent\.js$/, '"label": this._translate(\'Variable type\'),'],
];

export const mendDmnTypes = {
  name: 'mend-dmn-types',
  setup(build) {
    for (const [filter, was] of PLACES) {
      build.onLoad({ filter }, async ({ path }) => {
        const source = await readFile(path, 'utf8');
        if (!source.includes(was)) throw new Error(`${path} is not what dmn-types-mend.mjs knows`);
        return { contents: source.replace(was, `${was} "noInput": true,`), loader: 'js' };
      });
    }
  },
};
