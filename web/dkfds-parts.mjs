// dkfds carries every icon as a background image, its fonts whole and in four formats, pictures that say "logo", and
// components that no page of ours has. We take icons from our own sprite, two weights of its font, no logo, and of its rules
// and of ours those whose classes somebody writes: what a caseworker's page weighs is promised (tests/web/test_weight.py).

import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

const WEIGHTS = { Regular: '400', SemiBold: '500 700' };
/** Parts of the font: a browser fetches the second where a page has such a letter, as in Ayşe or Łukasz. */
const LETTERS = { Latin1: 'U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2013-203A, U+2044, U+20AC, U+2122, U+2212', Latin2: 'U+0100-0130, U+0132-0151, U+0154-017F, U+0218-021B' };
const ICON_CLASSES = /^\.icon-[^{}]*\{\s*background-image:[^{}]*\}/gm;
const LOGO = /background-image:url\("[^"]*logo[^"]*"\);/g;
const NOT_OURS = /@charset[^;]*;|@font-face\s*\{[^}]*\}/g;
const COMMENT = /\/\*[\s\S]*?\*\//g;
const RULE = /([^{};@]+)\{([^{}]*)\}/g;
const EMPTY_BLOCK = /@(?:media|supports)[^{}]*\{\s*\}/g;

/** Files that write classes: pages, what fills them, and our scripts. */
const WRITERS = [['../api/web', /\.(html|py)$/], ['src', /\.ts$/]];

export function onlyWhatIsUsed(web) {
  return {
    name: 'only-what-is-used',
    setup(build) {
      const used = usedClasses(web);
      build.onLoad({ filter: /(dkfds\/dist\/css\/dkfds|src\/sagsgang)\.css$/ }, async ({ path }) => {
        const css = (await readFile(path, 'utf8')).replace(COMMENT, '').replace(ICON_CLASSES, '').replace(LOGO, '').replace(NOT_OURS, '');
        const kept = without(css, await used);
        return { contents: path.includes('dkfds') ? fonts() + kept : kept, loader: 'css' };
      });
    },
  };
}

function fonts() {
  const faces = Object.entries(WEIGHTS).flatMap(([name, weight]) => Object.entries(LETTERS).map(([part, range]) =>
    `font-weight: ${weight}; unicode-range: ${range}; src: url("../fonts/IBMPlexSans/split/woff2/IBMPlexSans-${name}-${part}.woff2") format("woff2");`));
  return faces.map((face) => `@font-face { font-family: "IBM Plex Sans"; font-display: swap; ${face} }\n`).join('');
}

function without(css, isUsed) {
  const kept = css.replace(RULE, (_rule, selectors, declarations) => {
    const used = selectors.split(/,(?![^(]*\))/).filter(isUsed);
    return used.length ? `${used.join(',')}{${declarations}}` : '';
  });
  return kept.replace(EMPTY_BLOCK, '').replace(EMPTY_BLOCK, '');
}

/** A selector is used when each of its classes stands in a file, or begins with a word there that ends in a hyphen. */
async function usedClasses(web) {
  const words = new Set();
  for (const [folder, ending] of WRITERS) {
    for (const name of await readdir(join(web, folder), { recursive: true })) {
      if (!ending.test(name)) continue;
      for (const word of (await readFile(join(web, folder, name), 'utf8')).match(/[\w-]+/g) ?? []) words.add(word);
    }
  }
  const beginnings = [...words].filter((word) => /[a-z]-+$/.test(word));
  const isWritten = (name) => words.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
  return (selector) => (selector.replace(/:not\([^)]*\)/g, '').match(/\.-?[A-Za-z_][\w-]*/g) ?? []).every((name) => isWritten(name.slice(1)));
}
