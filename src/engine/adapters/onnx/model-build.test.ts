import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { checkModelFolder } from './model-folder.ts';
import { loadMiniLm } from './minilm.ts';

const models = mkdtempSync(join(tmpdir(), 'portolan-models-'));
const folder = join(models, 'all-MiniLM-L6-v2');
const onnx = join(folder, 'onnx/model.onnx');
const int8 = join(folder, 'onnx/model_static_int8.onnx');

function build(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
  const script = resolve('scripts/model/build.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--models', models, ...args], { encoding: 'utf8' });
  return { status, said: stderr };
}

/** A documentation field: after it the model is another file, and still the same network. */
const docString = Buffer.from([0x32, 0x03, 0x6f, 0x77, 0x6e]);

describe('building the model folder', () => {
  beforeEach(() => {
    copyFileSync(resolve('resources/models/manifest.json'), join(models, 'manifest.json'));
    const { status, said } = build();
    if (status !== 0) throw new Error(said);
  });
  afterAll(() => rmSync(models, { recursive: true, force: true }));

  it('gives the files of the manifest, which the loader recognises', async () => {
    expect(build('--verify')).toEqual({ status: 0, said: 'model: 5 files match the manifest\n' });
    const { origin, dimensions, id, numbers } = await checkModelFolder(folder);
    expect({ origin, dimensions, numbers }).toEqual({ origin: 'built', dimensions: 384, numbers: 'int8' });
    const exact = await checkModelFolder(folder, 'fp32');
    expect({ numbers: exact.numbers, sameVectors: exact.id === id }).toEqual({ numbers: 'fp32', sameVectors: false });
    expect(id).toMatch(/^all-MiniLM-L6-v2:int8:[0-9a-f]{24}$/);
  });

  it('says and changes nothing the second time', () => {
    const before = statSync(onnx).mtimeMs;
    expect(build()).toEqual({ status: 0, said: '' });
    expect(statSync(onnx).mtimeMs).toBe(before);
  });

  it('builds again what was cut off or changed', async () => {
    truncateSync(onnx, 50_000_000);
    writeFileSync(join(folder, 'tokenizer.json'), '{}');
    await expect(checkModelFolder(folder)).rejects.toMatchObject({ code: 'BROKEN_INSTALL' });
    expect(build('--verify').status).toBe(1);
    expect(build().said).toContain('built');
    expect(build('--verify').status).toBe(0);
  });

  it.each([
    [onnx, 'fp32'],
    [int8, 'auto'],
  ] as const)('notices one changed byte in %s', async (file, numbers) => {
    const bytes = readFileSync(file);
    bytes[20_000_000] = (bytes[20_000_000] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    await expect(loadMiniLm(folder, 1, numbers)).rejects.toMatchObject({
      code: 'BROKEN_INSTALL',
      hint: expect.stringContaining('npm run setup') as string,
    });
    expect(build().said).toContain('built');
  });

  it('leaves a model that someone put there alone, even over one it built, and the loader takes it', async () => {
    const built = await checkModelFolder(folder);
    appendFileSync(onnx, docString);
    expect(build()).toEqual({ status: 0, said: 'model: own folder\n' });
    expect(readFileSync(onnx).subarray(-docString.length)).toEqual(docString);
    expect(existsSync(int8)).toBe(false);
    const own = await loadMiniLm(folder, 1);
    const vector = await own.embed(['This is an example sentence']);
    await own.close();
    expect(own.origin).toBe('own');
    expect(own.id).not.toBe(built.id);
    expect(vector[0]).toBeCloseTo(0.067655, 5);
    rmSync(folder, { recursive: true });
  });

  it('refuses an own model that is not complete instead of replacing it', () => {
    rmSync(join(folder, 'build-stamp.json'));
    rmSync(join(folder, 'tokenizer_config.json'));
    const { status, said } = build();
    expect({ status, said }).toEqual({
      status: 1,
      said: expect.stringContaining('not complete (tokenizer_config.json)') as string,
    });
    expect(existsSync(onnx)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('does not install files that differ from the manifest', () => {
    rmSync(folder, { recursive: true });
    const manifest = readFileSync(join(models, 'manifest.json'), 'utf8');
    writeFileSync(join(models, 'manifest.json'), manifest.replaceAll(/"size": 314/g, '"size": 315'));
    const { status, said } = build();
    expect({ status, said }).toEqual({
      status: 1,
      said: expect.stringContaining('the built tokenizer_config.json differ') as string,
    });
    expect(existsSync(onnx)).toBe(false);
  });

  it('says what to do when there is no model', async () => {
    await expect(loadMiniLm(join(models, 'nowhere'), 1)).rejects.toMatchObject({
      code: 'BROKEN_INSTALL',
      hint: expect.stringContaining('npm run setup') as string,
    });
  });
});
