import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { expressionLanguages } from '../../src/engine/expr/languages.ts';
import { convertEtl } from '../../src/engine/etl/convert.ts';
import { readEtl } from '../../src/engine/etl/read-etl.ts';
import type { EtlTool } from '../../src/shared/model/etl.ts';
import { mutated, numbersFrom } from './mutate.ts';
import { ownExports } from './own-exports.ts';

/** Garbled files a parser, and expressions a language; `PORTOLAN_FUZZ=10000` for the long run. */
const count = Number(process.env['PORTOLAN_FUZZ'] ?? 60);
const seed = Number(process.env['PORTOLAN_FUZZ_SEED'] ?? 7);
/** Milliseconds of the processor, so that a busy machine makes nothing look like a hang. */
const longest = 10_000;
const heapLimit = 1_500_000_000;
/** Larger files say little more and take the time of many small ones. */
const corpusLimit = 12_000;

const tools: readonly EtlTool[] = ['powercenter', 'ssis', 'alteryx', 'datastage'];

function basesOf(tool: EtlTool): readonly string[] {
  const folder = resolve(import.meta.dirname, '../../../shared/corpus', tool);
  const corpus = existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).size <= corpusLimit)
        .map((path) => readFileSync(path, 'utf8'))
    : [];
  return [...ownExports[tool], ...corpus];
}

const slowest: Record<string, string> = {};

/** Runs `work` on garbled variants; what breaks is written to a file, so that it can be made a test of its own. */
function fuzz(name: string, bases: readonly string[], work: (text: string) => void): void {
  const next = numbersFrom(seed);
  let [most, heap] = [0, 0];
  for (let index = 0; index < count; index += 1) {
    const text = mutated(bases[next(bases.length)] ?? '', next, bases);
    const start = process.cpuUsage();
    try {
      work(text);
      const { user, system } = process.cpuUsage(start);
      most = Math.max(most, (user + system) / 1000);
      heap = Math.max(heap, process.memoryUsage().heapUsed);
      expect(most, 'milliseconds').toBeLessThan(longest);
      expect(heap, 'bytes of heap').toBeLessThan(heapLimit);
    } catch (thrown) {
      const folder = join(tmpdir(), 'portolan-fuzz');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${name}-${seed}-${index}.txt`);
      writeFileSync(path, text);
      throw new Error(
        `${name}, variant ${index} (${path}): ${thrown instanceof Error ? (thrown.stack ?? '') : String(thrown)}`,
        { cause: thrown },
      );
    }
  }
  slowest[name] =
    `${count} variants of ${bases.length} texts, slowest ${Math.round(most)} ms, heap ${Math.round(heap / 1e6)} MB`;
}

describe('garbled files and expressions', () => {
  afterAll(() => {
    process.stdout.write(`${JSON.stringify(slowest, null, 2)}\n`);
  });

  it.each(tools)(
    'of %s are read and converted as far as they go: nothing throws, hangs or fills the memory',
    { timeout: 3_600_000 },
    (tool) => {
      fuzz(tool, basesOf(tool), (text) => {
        const file = readEtl(text, { file: 'x', tool });
        const job = convertEtl(file, { dialect: 'duckdb', reproducibleTime: null });
        expect(job.objects.total).toBe(job.transformations.length);
      });
    },
  );

  it.each(tools)(
    'expressions of %s are parsed or refused with a place, and translated: nothing throws or hangs',
    { timeout: 3_600_000 },
    (tool) => {
      const { parse, toDuckDb } = expressionLanguages[tool];
      const lines = readFileSync(resolve(import.meta.dirname, `../golden/expr/${tool}.tsv`), 'utf8')
        .trimEnd()
        .split('\n');
      const bases = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t')[1] ?? '');
      fuzz(`${tool} expressions`, bases, (text) => {
        const parsed = parse(text);
        if (parsed.ok) toDuckDb(parsed.ast);
        expect(parsed.ok || parsed.error.offset <= text.length).toBe(true);
      });
    },
  );
});
