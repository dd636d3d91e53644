// Bundles what the browser gets and what Python runs in V8. Call: `node web/build.mjs`, after `npm ci --ignore-scripts` in web/.
//
//   build/feel.js               FEEL for casework.feel: one file, a global `feel`, nothing of a browser in it
//   build/static/*              what the server hands out, each name with a hash of its content
//   build/static/*.br           the same packed
//   build/static/manifest.json  {"viewer.js": "viewer-3F2A….js", …}: how pages find those names
//   build/axe.js                for tests of pages, never served
//   build/round-trip.mjs        opens and saves files as the editors do, for tests, never served

import { copyFile, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { mendFeelin } from './feelin-mends.mjs';
import { onlyWhatIsUsed } from './dkfds-parts.mjs';
import { mendDmnTypes } from './dmn-types-mend.mjs';
import { iconSprite } from './icon-sprite.mjs';
import { mendStyleMod } from './style-mod-mend.mjs';

const WEB = dirname(fileURLToPath(import.meta.url));
const BUILD = join(WEB, '..', 'build');
const STATIC = join(BUILD, 'static');

const COMMON = { bundle: true, minify: true, absWorkingDir: WEB, logLevel: 'warning', legalComments: 'eof', charset: 'utf8' };

async function build() {
  const started = Date.now();
  await mkdir(STATIC, { recursive: true });
  await buildFeel();
  const manifest = { ...await buildIslands(), ...await buildWorkshop(), ...await buildStyles(), ...await copyHtmx(), ...await buildIcons() };
  await writeFile(join(STATIC, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
  await pack(Object.values(manifest));
  await copyAxe();
  await buildRoundTrip();
  await removeOlderThan(started);
}

function buildFeel() {
  return esbuild.build({
    ...COMMON,
    entryPoints: ['src/feel.ts'],
    outfile: join(BUILD, 'feel.js'),
    format: 'iife',
    globalName: 'feel',
    target: 'es2022',
    plugins: [mendFeelin],
  });
}

async function buildIslands() {
  const result = await esbuild.build({
    ...COMMON,
    entryPoints: ['src/viewer.ts', 'src/page.ts'],
    outdir: STATIC,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    format: 'esm',
    target: ['es2022', 'chrome111', 'firefox114', 'safari16.4'],
    metafile: true,
  });
  return namesOf(result.metafile);
}

/** The editors of process owners: bundles of their own, asked for by their pages only. */
async function buildWorkshop() {
  const result = await esbuild.build({
    ...COMMON,
    entryPoints: ['diagram-editor', 'decision-editor', 'form-editor'].map((name) => `src/workshop/${name}.ts`),
    outdir: STATIC,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    format: 'esm',
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
    plugins: [mendStyleMod, mendDmnTypes],
    alias: { preact: join(WEB, 'node_modules/preact') }, // one for all: the form editor brings an older one, and they do not mix
    metafile: true,
  });
  return namesOf(result.metafile);
}

async function buildStyles() {
  const result = await esbuild.build({
    ...COMMON,
    // Ours after dkfds, so that it wins.
    stdin: { contents: '@import "dkfds/dist/css/dkfds.css"; @import "./src/sagsgang.css";', resolveDir: WEB, sourcefile: 'sagsgang.css', loader: 'css' },
    outdir: STATIC,
    entryNames: 'sagsgang-[hash]',
    assetNames: '[ext]/[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    alias: { dkfds: join(WEB, 'node_modules/dkfds') }, // its package.json hides single files
    plugins: [onlyWhatIsUsed(WEB)],
    // light-dark() stays as it is: every supported browser knows it, and lowering it would need a class per mode.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    metafile: true,
  });
  const [file] = Object.keys(result.metafile.outputs).filter((name) => name.endsWith('.css'));
  return { 'sagsgang.css': basename(file) };
}

async function copyHtmx() {
  const source = await readFile(join(WEB, 'node_modules/htmx.org/dist/htmx.min.js'));
  return writeHashed('htmx.js', source);
}

async function buildIcons() {
  return writeHashed('icons.svg', await iconSprite(WEB));
}

async function copyAxe() {
  const axe = join(WEB, 'node_modules/axe-core/axe.min.js');
  if (existsSync(axe)) await copyFile(axe, join(BUILD, 'axe.js')); // absent after `npm ci --omit=dev`
}

/** What reads forms comes in one package with what draws them, and that looks for a browser as soon as it is loaded. */
const NO_BROWSER = 'globalThis.KeyboardEvent ??= class {}; globalThis.document ??= { createElement: () => ({}) };';

function buildRoundTrip() {
  return esbuild.build({
    ...COMMON,
    entryPoints: ['src/workshop/round-trip.ts'],
    outfile: join(BUILD, 'round-trip.mjs'),
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: NO_BROWSER },
  });
}

/** Packed once, as well as it can be (fonts are already), for browsers that take it so (api/compression.py). */
async function pack(names) {
  for (const name of names.filter((one) => !one.endsWith('.woff2'))) {
    const content = await readFile(join(STATIC, name));
    // The last few percent of an editor would cost most of the time that the whole build takes.
    const quality = content.length > 500_000 ? 9 : constants.BROTLI_MAX_QUALITY;
    await writeFile(join(STATIC, `${name}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }));
  }
}

async function writeHashed(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8).toUpperCase();
  const hashed = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  await writeFile(join(STATIC, hashed), content);
  return { [name]: hashed };
}

/** Names of a former build go last, so that a server that runs meanwhile never misses a file. */
async function removeOlderThan(started) {
  for (const name of await readdir(STATIC, { recursive: true })) {
    const found = await stat(join(STATIC, name));
    if (found.isFile() && found.mtimeMs < started - 1000) await rm(join(STATIC, name));
  }
}

/** {"viewer.js": "viewer-3F2A….js", "viewer.css": "viewer-77C1….css"} from esbuild's own account. */
function namesOf(metafile) {
  const files = Object.keys(metafile.outputs).map((path) => basename(path));
  return Object.fromEntries(files.map((file) => [file.replace(/-[A-Z0-9]{8}(?=\.)/, ''), file]));
}

await build();
