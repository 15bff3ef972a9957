import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_FILES, differences, MODEL_FILES } from './manifest.mjs';
import { isWholeOnnxFile } from './onnx-file.mjs';

/** Marks a folder as ours, with the size and time of each file when its hash was last found right. */
const STAMP = 'build-stamp.json';
const MODEL = 'onnx/model.onnx';

/**
 * What a model folder holds:
 * `current` built from this manifest and unchanged since · `built` the same by hash, the stamp is stale ·
 * `absent` nothing yet · `damaged` ours, but not what the manifest says · `own` a complete model that someone put
 * there · `incomplete` someone's model with files missing or cut off (`problem` names them).
 *
 * @param {string} folder
 * @param {{ manifestText: string, manifest: import('./manifest.mjs').Manifest, trustStamp: boolean }} options
 * @returns {Promise<{ state: string, problem?: string }>}
 */
export async function inspectModelFolder(folder, { manifestText, manifest, trustStamp }) {
  const stamped = existsSync(join(folder, STAMP));
  if (trustStamp && stamped && readStamp(folder) === stampOf(folder, manifestText)) return { state: 'current' };
  const missing = MODEL_FILES.filter((path) => !existsSync(join(folder, path)));
  if (missing.length === MODEL_FILES.length) return { state: 'absent' };
  const unfit = missing.length > 0 ? missing.join(', ') : isWholeOnnxFile(join(folder, MODEL)) ? undefined : MODEL;
  if (unfit !== undefined) return stamped ? { state: 'damaged' } : { state: 'incomplete', problem: unfit };
  const different = await differences(folder, manifest.files);
  if (different.length === 0) return { state: 'built' };
  return { state: stamped && !isReplaced(folder, manifest, different) ? 'damaged' : 'own' };
}

/** A whole model file of another size was put there by someone; one of the same size was altered by accident. */
function isReplaced(folder, manifest, different) {
  const size = manifest.files.find((entry) => entry.path === MODEL)?.size;
  return different.includes(MODEL) && statSync(join(folder, MODEL)).size !== size;
}

/** Claims a folder before its files are put in place, so that an interrupted build is recognised as ours. */
export function claim(folder) {
  writeFileSync(join(folder, STAMP), '"building"\n');
}

/** Records that every file has just been found right. */
export function stamp(folder, manifestText) {
  writeFileSync(join(folder, STAMP), stampOf(folder, manifestText));
}

/** Gives a folder up that holds someone's own model now; what was built from other weights goes. */
export function disown(folder) {
  if (!existsSync(join(folder, STAMP))) return;
  for (const path of BUILT_FILES) if (!MODEL_FILES.includes(path)) rmSync(join(folder, path), { force: true });
  rmSync(join(folder, STAMP), { force: true });
}

/** Whether a file is missing that the folder should have: one of a build's where the folder is ours, else one of a model's. */
export function lacksFiles(folder) {
  const expected = existsSync(join(folder, STAMP)) ? BUILT_FILES : MODEL_FILES;
  return expected.some((path) => !existsSync(join(folder, path)));
}

function readStamp(folder) {
  return readFileSync(join(folder, STAMP), 'utf8');
}

function stampOf(folder, manifestText) {
  const files = BUILT_FILES.map((path) => {
    const status = statSync(join(folder, path), { throwIfNoEntry: false });
    return { path, size: status?.size ?? null, time: status?.mtimeMs ?? null };
  });
  return `${JSON.stringify({ manifest: manifestText, files })}\n`;
}
