// dkfds carries every icon as a background image, its fonts in four formats and pictures that say "logo". We take icons from
// our own sprite, fonts as woff2, and no logo.

import { readFile } from 'node:fs/promises';

const ICON_CLASSES = /^\.icon-[^{}]*\{\s*background-image:[^{}]*\}/gm;
const LOGO = /background-image:url\("[^"]*logo[^"]*"\);/g;
const FONT_FACE = /@font-face\s*\{[^}]*\}/g;
const WOFF2 = /url\("[^"]*\.woff2"\) format\("woff2"\)/;

export const onlyWhatIsUsed = {
  name: 'dkfds-parts',
  setup(build) {
    build.onLoad({ filter: /dkfds\/dist\/css\/dkfds\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      return { contents: css.replace(ICON_CLASSES, '').replace(LOGO, '').replace(FONT_FACE, withWoff2Only), loader: 'css' };
    });
  },
};

function withWoff2Only(face) {
  const source = face.match(WOFF2);
  return source ? face.replace(/src:[^;]*;/, `src:${source[0]};`) : '';
}
