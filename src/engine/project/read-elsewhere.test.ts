/** What takes long to read is read in another process: here that is the only one which understands the texts. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { ConversionJob } from '../../shared/model/conversion.ts';
import type { RunState } from '../../shared/model/project.ts';
import { createDuckDbRunner } from '../adapters/duckdb/duckdb-runner.ts';
import { readChannel } from '../adapters/sqlite/read-channel.ts';
import { openSqliteProjectStore } from '../adapters/sqlite/sqlite-project-store.ts';
import type { Pipeline } from '../dataflow/model.ts';
import { printYaml } from '../dataflow/print-yaml.ts';
import { readDocument } from '../dataflow/read-document.ts';
import { readEdit } from '../etl/read-edit.ts';
import type { EtlConverter } from '../ports/etl-converter.ts';
import { ProjectSession } from './project-session.ts';
import type { SessionDependencies } from './session-dependencies.ts';

const pipeline: Pipeline = {
  apiVersion: 'dataflow/v1',
  kind: 'Pipeline',
  name: 'p',
  nodes: [
    {
      id: 'A',
      type: 'source',
      operator: 'source_connector_sql_pushdown',
      columns: [{ name: 'N', type: 'INTEGER' }],
      sql: 'SELECT 7 AS N',
      confidence: 0.9,
      conversion: 'rule_engine',
    },
  ],
  metadata: { dialect: 'duckdb', generator: 'test', overall_confidence: 0.9, warnings_count: 0 },
};
const edited = { ...pipeline, nodes: pipeline.nodes.map((node) => ({ ...node, sql: 'SELECT 8 AS N' })) };
const texts = new Map([
  ['[generated', printYaml(pipeline)],
  ['[edited', printYaml(edited)],
]);
const meant = (text: unknown): string => texts.get(text as string) ?? '';
const converter: EtlConverter = {
  readDocument: (text) => Promise.resolve(readDocument(meant(text))),
  readEdit: ({ yaml, generated }) => Promise.resolve(readEdit({ yaml: meant(yaml), generated: meant(generated) })),
  convert: () => Promise.reject(new Error('nothing is converted here')),
  transformation: () => Promise.resolve(null),
};
const { signal } = new AbortController();
const dependencies = {
  clock: { now: () => '2026-01-01T00:00:00Z', elapsed: () => 0 },
  sql: createDuckDbRunner(),
  converter,
} as unknown as SessionDependencies;

const job: ConversionJob = {
  file: 'a.xml',
  tool: 'powercenter',
  status: 'completed',
  confidence: 0.9,
  objects: { total: 1, autoConverted: 1, needsReview: 0, manualRequired: 0 },
  transformations: [
    {
      id: 'A',
      mapping: 'p',
      type: 'Source',
      operator: 'source_connector_sql_pushdown',
      confidence: 0.9,
      source: 'rule_engine',
      notes: [],
    },
  ],
  issues: [],
  gate: [],
  effortHours: 0,
  pipelines: [{ name: 'p', kind: 'Pipeline', fileName: 'p.yaml', yaml: '[generated', sql: '', lineage: [] }],
  execution: { status: 'skipped', nodes: 0, detail: 'Not run' },
};

/** A project file after a run, whose `proposals` are long. */
function projectFile(): string {
  const path = join(temporaryFolder(), 'p.portolan');
  const store = openSqliteProjectStore(path, 'create');
  const proposals = Array.from({ length: 30_000 }, (_, n) => ({ n, text: (n * 0x9e_37_79_b1).toString(36) }));
  const discovery = { source: [], target: [], data: [], profiles: [], etl: [], diagnostics: [] };
  const state = { inputs: [], settings: store.settings(), discovery, jobs: [job], proposals } as unknown as RunState;
  const checkpoint = { id: 'run-1-0', parentId: null, seq: 0, node: 'sql_generator', next: 'documents' };
  store.checkpoints.put(
    {
      ...checkpoint,
      threadId: store.newThread(),
      status: 'running',
      writes: [],
      at: '2026-01-01T00:00:00Z',
      seconds: 0,
    },
    state as unknown as Record<string, unknown>,
  );
  store.close();
  return path;
}

it('a pipeline is tried, and edited, without its text being read here', async () => {
  const session = new ProjectSession(openSqliteProjectStore(projectFile(), 'open'), dependencies);
  const { run } = await session.runPipeline('p.yaml', { rows: 'generated', generate: 1, signal });
  expect(run?.samples.get('A')?.rows).toEqual([[7]]);
  const saved = await session.editPipeline('p.yaml', '[edited', signal);
  expect(saved.execution.status).toBe('passed');
  expect(saved.pipelines[0]).toMatchObject({ yaml: '[edited', generated: '[generated' });
  expect(saved.pipelines[0]?.sql).toContain('SELECT 8 AS N');
  await expect(session.editPipeline('p.yaml', '[broken', signal)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  session.close();
});

it('long values of the state are read elsewhere once, when the project is opened', async () => {
  const path = projectFile();
  const read: unknown[] = [];
  const store = openSqliteProjectStore(path, 'open', (body) => {
    read.push(body);
    return Promise.resolve([...(readChannel(body) as unknown[]), 'read elsewhere']);
  });
  const session = new ProjectSession(store, dependencies);
  await session.ready();
  expect(read).toHaveLength(1);
  expect(session.state()?.proposals?.at(-1)).toBe('read elsewhere');
  expect(session.state()?.jobs).toEqual([job]);
  expect(store.checkpoints.get('run-1-0')?.state['proposals']).toBe(session.state()?.proposals);
  await session.ready();
  expect(read).toHaveLength(1);
  session.close();
});

it('a state whose reader ended is read here', async () => {
  const failing = openSqliteProjectStore(projectFile(), 'open', () => Promise.reject(new Error('ended')));
  const session = new ProjectSession(failing, dependencies);
  await session.ready();
  expect(session.state()?.proposals).toHaveLength(30_000);
  session.close();
});
