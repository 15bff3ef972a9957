import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { columnTexts } from '../../src/cli/bench/column-texts.ts';
import { benchEmbed } from '../../src/cli/bench/embed.ts';
import { loadMiniLm } from '../../src/engine/adapters/onnx/minilm.ts';

const folder = resolve('resources/models/all-MiniLM-L6-v2');
const present = existsSync(resolve(folder, 'onnx/model.onnx'));

describe('columnTexts', () => {
  it('gives the same distinct texts every time, and as many as asked for', () => {
    const texts = columnTexts(12_515);
    expect(new Set(texts).size).toBe(12_515);
    expect(columnTexts(12_515)).toEqual(texts);
    expect(columnTexts(0)).toEqual([]);
  });
});

describe.skipIf(!present)('bench embed (skipped when the model is not built: run `npm run setup`)', () => {
  it('measures texts as long as real column descriptions', async () => {
    const miniLm = await loadMiniLm(folder, 1);
    const counts = miniLm.countTokens(columnTexts(2000));
    await miniLm.close();
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(8);
    expect(Math.max(...counts)).toBeLessThanOrEqual(32);
    expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeCloseTo(18.5, 0);
  });

  it('reports figures that agree with each other', async () => {
    const miniLm = await loadMiniLm(folder, 1);
    const figures = await benchEmbed(miniLm, 100);
    await miniLm.close();
    expect(figures).toMatchObject({ items: 100, dimensions: 384, model: miniLm.id });
    expect(figures.itemsPerSecond * figures.seconds).toBeCloseTo(100, 6);
    expect(figures.peakRssBytes).toBeGreaterThan(90_000_000);
  });

  it('refuses to report when vectors are missing', async () => {
    const broken = { id: 'broken', dimensions: 2, embed: async () => new Float32Array(2) };
    await expect(benchEmbed(broken, 3)).rejects.toThrow('2 numbers came back for 3 texts');
  });
});
