// CodeMirror, which the editors for decisions and forms bring along, puts its styles into a <style> element, unless it lives in a
// shadow tree. The security policy forbids such elements; a style sheet made by script, as in a shadow tree, it allows.

import { readFile } from 'node:fs/promises';

const WAS = '!root.head && root.adoptedStyleSheets';
const IS = 'root.adoptedStyleSheets';

export const mendStyleMod = {
  name: 'mend-style-mod',
  setup(build) {
    build.onLoad({ filter: /style-mod[\\/]src[\\/]style-mod\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes(WAS)) throw new Error(`${path} is not what style-mod-mend.mjs knows`);
      return { contents: source.replace(WAS, IS), loader: 'js' };
    });
  },
};
