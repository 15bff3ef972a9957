/** The JSON that scripts rely on: the keys are fixed, more may be added beside them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { portolan, samplePath } from './command-line.ts';

const Share = z.number().min(0).max(1);
const Columns = z.array(z.string());

const Schema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      format: z.string(),
      dialect: z.string().nullable(),
      tables: z.array(
        z.object({
          schema: z.string().nullable(),
          name: z.string(),
          comment: z.string().nullable(),
          columns: z.array(
            z.object({
              name: z.string(),
              rawType: z.string(),
              type: z.string(),
              nullable: z.boolean(),
              default: z.string().nullable(),
              comment: z.string().nullable(),
            }),
          ),
          primaryKey: Columns,
          uniques: z.array(Columns),
          foreignKeys: z.array(
            z.object({ columns: Columns, references: z.object({ table: z.string(), columns: Columns }) }),
          ),
          indexes: z.array(z.object({ name: z.string().nullable(), columns: Columns, unique: z.boolean() })),
          checks: z.array(z.string()),
        }),
      ),
      diagnostics: z.array(
        z.object({
          severity: z.enum(['error', 'warning', 'info']),
          line: z.number().int().positive().nullable(),
          message: z.string(),
          statement: z.string().nullable(),
        }),
      ),
    }),
  ),
});

const ColumnOf = z.object({ table: z.string(), column: z.string() });
const Mappings = z.object({
  mappings: z.array(
    z.object({
      source: ColumnOf,
      target: ColumnOf.nullable(),
      confidence: Share,
      parts: z.object({ semantic: Share, type: Share, domain: Share, history: Share }),
      status: z.enum(['auto_approved', 'needs_review', 'flagged', 'unmapped']),
      rationale: z.string().min(1),
      transformation: z.object({ type: z.string(), expression: z.string() }),
      candidates: z.array(ColumnOf.extend({ score: Share })).max(3),
    }),
  ),
});

const Jobs = z.object({
  jobs: z.array(
    z.object({
      file: z.string(),
      tool: z.enum(['powercenter', 'ssis', 'alteryx', 'datastage']),
      status: z.enum(['completed', 'completed_with_warnings', 'failed']),
      confidence: Share,
      objects: z.object({
        total: z.number().int(),
        autoConverted: z.number().int(),
        needsReview: z.number().int(),
        manualRequired: z.number().int(),
      }),
      transformations: z
        .array(
          z.object({
            id: z.string(),
            type: z.string(),
            operator: z.string(),
            confidence: Share,
            source: z.enum(['rule_engine', 'llm', 'llm_unavailable', 'unsupported', 'human']),
          }),
        )
        .min(1),
      issues: z.array(
        z.object({ severity: z.enum(['error', 'warning', 'info']), where: z.string(), message: z.string() }),
      ),
      pipelines: z.array(z.string()).min(1),
      execution: z.object({
        status: z.enum(['passed', 'failed', 'skipped']),
        nodes: z.number().int(),
        detail: z.string(),
      }),
    }),
  ),
});

const Translated = z.object({
  input: z.string(),
  sql: z.string().min(1),
  confidence: Share,
  warnings: z.array(z.string()),
});

describe('schema --json', () => {
  it('has the shape of the contract and what the files say', async () => {
    const { status, stdout } = await portolan([
      'schema',
      samplePath('legacy/schema.sql'),
      samplePath('legacy/extracts/CUST_MSTR.csv'),
      samplePath('etl/wf_load_customer.xml'),
      '--json',
    ]);
    expect(status).toBe(0);
    const { files } = Schema.parse(JSON.parse(stdout));
    expect(files.map(({ file, format }) => [file, format])).toEqual([
      ['schema.sql', 'ddl'],
      ['CUST_MSTR.csv', 'csv'],
      ['wf_load_customer.xml', 'powercenter'],
    ]);
    const keyed = files[0]?.tables.find((table) => table.foreignKeys.length > 0 && table.primaryKey.length > 0);
    expect(keyed?.columns.length).toBeGreaterThan(1);
  });
});

describe('map --json', () => {
  it('has the shape of the contract, one entry a source column and no more candidates than asked for', async () => {
    const { status, stdout } = await portolan([
      'map',
      '--source',
      samplePath('legacy/schema.sql'),
      '--target',
      samplePath('target/schema.sql'),
      '--top',
      '3',
      '--json',
    ]);
    expect(status).toBe(0);
    const { mappings } = Mappings.parse(JSON.parse(stdout));
    const columns = mappings.map(({ source }) => `${source.table}.${source.column}`);
    expect(new Set(columns).size).toBe(columns.length);
    expect(columns).toContain('CUST_MSTR.CUST_ID');
    for (const { candidates } of mappings)
      expect(candidates.map(({ score }) => score)).toEqual(
        candidates.map(({ score }) => score).toSorted((a, b) => b - a),
      );
  });
});

describe('convert --json', () => {
  it('has the shape of the contract, and its pipelines are on disk', async () => {
    const out = join(temporaryFolder(), 'converted');
    const { status, stdout } = await portolan([
      'convert',
      samplePath('etl/wf_load_customer.xml'),
      '--out',
      out,
      '--json',
    ]);
    expect(status).toBe(0);
    const [job] = Jobs.parse(JSON.parse(stdout)).jobs;
    expect(job).toMatchObject({ file: 'wf_load_customer.xml', tool: 'powercenter', execution: { status: 'passed' } });
    expect(job?.pipelines.filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('translate', () => {
  const expressions = ['IIF(ISNULL(A),0,A)', "A || ' ' || B", 'NO_SUCH_FUNCTION(A)', ''];

  it('answers one line of the contract for each line', async () => {
    const { status, stdout } = await portolan(['translate', '--tool', 'powercenter'], {
      stdin: `${expressions.slice(0, 3).join('\n')}\n`,
    });
    expect(status).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => Translated.parse(JSON.parse(line)));
    expect(lines.map(({ input }) => input)).toEqual(expressions.slice(0, 3));
    expect(lines[0]?.sql).toMatch(/CASE WHEN .+ IS NULL/);
    expect(lines[2]?.warnings).not.toEqual([]);
  });

  it('prints one JSON document with --json', async () => {
    const { status, stdout } = await portolan(['translate', '--tool', 'powercenter', '--json'], {
      stdin: expressions.slice(0, 3).join('\r\n'),
    });
    expect(status).toBe(0);
    expect(
      z
        .array(Translated)
        .length(3)
        .parse(JSON.parse(stdout))
        .map(({ input }) => input),
    ).toEqual(expressions.slice(0, 3));
  });
});
