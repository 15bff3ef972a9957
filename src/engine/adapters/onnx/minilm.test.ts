import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMiniLm, type MiniLm } from './minilm.ts';

const folder = resolve('resources/models/all-MiniLM-L6-v2');
const present = existsSync(resolve(folder, 'onnx/model.onnx'));

/** Distinct texts of many lengths. */
function columnTexts(count: number): readonly string[] {
  const words = ['customer', 'meter', 'kwh_usage', 'serv_loc_addr', 'date', 'amount', 'tariff'];
  return Array.from({ length: count }, (_, i) => `${words.slice(0, 1 + (i % 7)).join(' ')} ${i}`);
}

describe.skipIf(!present)('MiniLM (skipped when the model is not built: run `npm run setup`)', () => {
  let miniLm: MiniLm;
  const vectorOf = async (text: string): Promise<Float32Array> => miniLm.embed([text]);
  const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

  beforeAll(async () => {
    miniLm = await loadMiniLm(folder, 1);
  });
  afterAll(async () => {
    await miniLm.close();
  });

  it('gives the published vectors of the model in 32-bit numbers', async () => {
    const exact = await loadMiniLm(folder, 1, 'fp32');
    const vectors = await exact.embed(['This is an example sentence', 'Each sentence is converted']);
    await exact.close();
    const references = [
      [0.067655, 0.063557, 0.048735],
      [0.086424, 0.102788, 0.005448],
    ];
    references.forEach((numbers, text) => {
      numbers.forEach((number, i) => expect(vectors[text * 384 + i]).toBeCloseTo(number, 5));
    });
  });

  it('gives nearly the same vectors in 8-bit numbers, whatever the language or the characters', async () => {
    const exact = await loadMiniLm(folder, 1, 'fp32');
    const odd = [
      'Zählerstand am Monatsende',
      'a',
      '!!!',
      '12.50, 2024-01-31, NULL',
      'The meter was read by the customer.',
    ];
    const texts = [...columnTexts(100), ...odd];
    const [ours, theirs] = [await miniLm.embed(texts), await exact.embed(texts)];
    await exact.close();
    const cosines = texts.map((_, i) =>
      dot(ours.subarray(i * 384, (i + 1) * 384), theirs.slice(i * 384, (i + 1) * 384)),
    );
    expect(miniLm.numbers).toBe('int8');
    expect(Math.min(...cosines)).toBeGreaterThan(0.98);
    expect(cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length).toBeGreaterThan(0.997);
  });

  it('puts meaning before spelling', async () => {
    const customer = await vectorOf('customer account number');
    const related = dot(customer, await vectorOf('client billing identifier'));
    const unrelated = dot(customer, await vectorOf('outside air temperature'));
    expect(related).toBeGreaterThan(unrelated + 0.2);
  });

  it('gives a text the very same vector alone, among others and in any order', async () => {
    const texts = columnTexts(150);
    const together = await miniLm.embed(texts);
    const reversed = await miniLm.embed([...texts].reverse());
    for (const i of [0, 7, 73, 149]) {
      const expected = together.slice(i * 384, (i + 1) * 384);
      const mirrored = texts.length - 1 - i;
      expect(reversed.slice(mirrored * 384, (mirrored + 1) * 384)).toEqual(expected);
      expect(await vectorOf(texts[i] ?? '')).toEqual(expected);
    }
  });

  it('gives equal texts equal vectors and keeps them all', async () => {
    const vectors = await miniLm.embed(['CUST_ID', 'order date', 'CUST_ID', 'cust_id']);
    const rows = [0, 1, 2, 3].map((i) => vectors.slice(i * 384, (i + 1) * 384));
    expect(rows[2]).toEqual(rows[0]);
    expect(rows[3]).toEqual(rows[0]);
    expect(rows[1]).not.toEqual(rows[0]);
  });

  it('gives nothing for nothing', async () => {
    expect(await miniLm.embed([])).toHaveLength(0);
  });

  it('gives a finite vector of length 1 for texts of any kind', async () => {
    const odd = [
      '',
      ' \t\n',
      '\u0000',
      '\ud800',
      'a\udc00b',
      '🚰💧',
      'Straßenbeleuchtung',
      '電力使用量',
      'عداد',
      'e\u0301',
      '[MASK] [PAD]',
      '__proto__',
    ];
    const vectors = await miniLm.embed([...odd, 'x'.repeat(3_000_000), 'kwh usage '.repeat(300_000)]);
    expect(vectors).toHaveLength((odd.length + 2) * 384);
    for (let i = 0; i < odd.length + 2; i++) {
      const row = vectors.subarray(i * 384, (i + 1) * 384);
      expect(dot(row, row)).toBeCloseTo(1, 5);
    }
  });

  it('reads at most 256 tokens of a text', async () => {
    const long = 'meter reading '.repeat(400);
    expect(miniLm.countTokens(['meter', long])).toEqual([3, 256]);
    expect(await vectorOf(long)).toEqual(await vectorOf(`${long} and more of it`));
  });

  it('stops when it is cancelled and works again afterwards', async () => {
    const stop = new AbortController();
    const run = miniLm.embed(columnTexts(200), stop.signal, () => stop.abort());
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(await vectorOf('meter')).toHaveLength(384);
  });

  it('reports progress that rises to the number of texts', async () => {
    const seen: number[] = [];
    await miniLm.embed(columnTexts(100), undefined, (done, total) => {
      expect(total).toBe(100);
      seen.push(done);
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(100);
  });
});
