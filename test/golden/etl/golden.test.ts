import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeText } from '../../../src/engine/core/kept-text.ts';
import { convertEtl } from '../../../src/engine/etl/convert.ts';
import { readEtl } from '../../../src/engine/etl/read-etl.ts';

const cases = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .filter((name) => !/^(?:ssis|alteryx|datastage)-/.test(name))
  .sort();

describe('PowerCenter exports and their pipelines', () => {
  it.each(cases)('%s converts to the YAML beside it', (name) => {
    const folder = join(import.meta.dirname, name);
    const file = readEtl(new Uint8Array(readFileSync(join(folder, 'in.xml'))), { file: 'in.xml', tool: 'powercenter' });
    const yaml = convertEtl(file, { dialect: 'duckdb', reproducibleTime: null }).pipelines.map((one) => wholeText(one.yaml)).join('---\n');
    const expected = join(folder, 'out.yaml');
    if (process.env['UPDATE'] === '1') writeFileSync(expected, yaml);
    expect(yaml).toBe(readFileSync(expected, 'utf8'));
  });
});
