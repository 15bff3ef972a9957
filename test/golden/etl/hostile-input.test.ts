import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convertEtl } from '../../../src/engine/etl/convert.ts';
import { readEtl } from '../../../src/engine/etl/read-etl.ts';

const whole = readFileSync(join(import.meta.dirname, 'lookup-joiner-aggregator', 'in.xml'), 'utf8');

describe('hostile PowerCenter files', () => {
  it('a file cut, spliced or garbled anywhere is converted as far as it goes, and never throws', () => {
    const position = fc.integer({ min: 0, max: whole.length });
    const noise = fc.constantFrom('', '"', '<', '>', '&', 'NAME =""', '\u0000', "'; DROP TABLE x; --", '__proto__', '((((', '</MAPPING>');
    fc.assert(
      fc.property(position, position, noise, (a, b, inserted) => {
        const text = whole.slice(0, Math.min(a, b)) + inserted + whole.slice(Math.max(a, b));
        const file = readEtl(text, { file: 'x.xml', tool: 'powercenter' });
        const job = convertEtl(file, { dialect: 'duckdb', reproducibleTime: null });
        expect(job.objects.total).toBe(job.transformations.length);
      }),
      { seed: 11, numRuns: 150 },
    );
  });

  it('a name with quotes in it stays a name', () => {
    const text = whole.replaceAll('REGION_TOTALS', 'R&quot;; DROP TABLE x; --');
    const job = convertEtl(readEtl(text, { file: 'x.xml', tool: 'powercenter' }), { dialect: 'duckdb', reproducibleTime: null });
    expect(job.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
    expect(job.pipelines[0]?.sql).toContain('"R""; DROP TABLE x; --"');
  });
});
