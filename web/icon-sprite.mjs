// One small SVG of only the icons in use: `<svg class="icon-svg"><use href="…/icons-<hash>.svg#check"></use></svg>`.
// A new icon is one more name in src/icons.json; the names are those of dkfds.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const ALL = 'node_modules/dkfds/dist/img/all-svg-icons.svg';

export async function iconSprite(web) {
  const all = await readFile(join(web, ALL), 'utf8');
  const names = JSON.parse(await readFile(join(web, 'src/icons.json'), 'utf8'));
  return `<svg xmlns="http://www.w3.org/2000/svg">${names.map((name) => symbol(all, name)).join('')}</svg>\n`;
}

function symbol(all, name) {
  const found = all.match(new RegExp(`<symbol id="${name}"[^>]*>.*?</symbol>`, 's'));
  if (!found) throw new Error(`src/icons.json names the icon "${name}", which dkfds does not have`);
  return found[0];
}
