import { describe, expect, it } from 'vitest';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import { type BenchExecution, type ConvertBenchInput, benchConvert } from './convert.ts';

function job(confidences: readonly number[]): ConversionJob {
  const count = (test: (one: number) => boolean): number => confidences.filter(test).length;
  return {
    file: 'a.xml',
    tool: 'powercenter',
    status: 'completed_with_warnings',
    confidence: 0.9,
    objects: {
      total: confidences.length,
      autoConverted: count((one) => one >= 0.85),
      needsReview: count((one) => one >= 0.6 && one < 0.85),
      manualRequired: count((one) => one < 0.6),
    },
    transformations: confidences.map((confidence, i) => ({
      id: `T${i}`,
      mapping: 'm',
      type: confidence < 0.6 ? 'Java' : 'Expression',
      operator: 'sql_expression',
      confidence,
      source: confidence === 0 ? 'unsupported' : 'rule_engine',
      notes: confidence === 0 ? ['Its code is not in the file'] : [],
    })),
    issues: [],
    gate: [],
    effortHours: 0,
    pipelines: [],
    execution: { status: 'skipped', nodes: 0, detail: '' },
  };
}

const executionOf = (name: string, errors: readonly (string | null)[]): BenchExecution => ({
  name,
  error: null,
  run: {
    status: errors.every((error) => error === null) ? 'passed' : 'failed',
    nodes: errors.map((error, i) => ({ id: `N${i}`, error })),
  },
});

async function bench(inputs: readonly ConvertBenchInput[], executions: readonly BenchExecution[]) {
  let now = 0;
  return benchConvert(inputs, {
    convert: ({ file }) =>
      file.startsWith('bad') ? Promise.reject(new Error('unreadable')) : Promise.resolve(job([1, 0.9, 0.7, 0])),
    execute: () => Promise.resolve(executions),
    elapsed: () => (now += 1),
    peakRssBytes: () => 42,
  });
}

describe('bench convert', () => {
  it('gives shares a tool, tells pipelines that cannot run from those that should, and names what failed', async () => {
    const { tools, items, peakRssBytes } = await bench(
      [{ file: 'a.xml', tool: 'powercenter', bytes: 2_000_000 }],
      [
        executionOf('runs', [null, null]),
        executionOf('by_hand', [null, 'not converted (unsupported): it has to be written by hand']),
        executionOf('broken', ['Binder Error: no column\nmore']),
      ],
    );
    expect({ items, peakRssBytes }).toEqual({ items: 4, peakRssBytes: 42 });
    expect(tools.powercenter).toMatchObject({
      files: 1,
      megabytes: 2,
      shareByRule: 0.5,
      shareReview: 0.25,
      shareManual: 0.25,
      shareAccountedFor: 0.75,
      manualTypes: { Java: 1 },
      pipelines: 3,
      pipelinesRun: 1,
      convertedPipelines: 2,
      convertedPipelinesRun: 1,
      failures: ['a.xml: broken: N0: Binder Error: no column'],
    });
  });

  it('a file that cannot be read is named and the others are still measured', async () => {
    const { tools } = await bench(
      [
        { file: 'bad.dtsx', tool: 'ssis', bytes: 10 },
        { file: 'good.dtsx', tool: 'ssis', bytes: 10 },
      ],
      [],
    );
    expect(tools.ssis).toMatchObject({ files: 2, unreadable: ['bad.dtsx'], transformations: 4 });
  });
});
