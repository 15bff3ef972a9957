import type { SqlStatement } from '../../shared/model/artifacts.ts';
import { type Decision, sourceNames } from '../../shared/model/mapping.ts';
import type { RunState } from '../../shared/model/project.ts';
import { columnKey } from '../../shared/model/schema.ts';
import { canonicalJson } from '../core/canonical-json.ts';
import { toCsv } from '../core/csv.ts';
import { wholeText } from '../core/kept-text.ts';
import { compareText } from '../core/text.ts';
import type { Sha256 } from '../ports/hash.ts';
import { BUNDLE_FORMAT, MANIFEST_FILE, type Manifest } from './manifest.ts';
import { redactSecrets } from './redact-secrets.ts';

export interface BundleInput {
  readonly state: RunState;
  readonly decisions: readonly Decision[];
  readonly generator: string;
  readonly sha256: Sha256;
}

/**
 * Every file of a bundle by its path, `/` between folders, the manifest included. Nothing in it depends on the clock, the
 * machine or where the inputs lie: the same inputs and decisions give the same bytes.
 */
export function buildBundle({ state, decisions, generator, sha256 }: BundleInput): ReadonlyMap<string, Uint8Array> {
  const texts = new Map<string, string>([
    ...mappingFiles(state),
    ...sqlFiles(state.sql?.statements ?? []),
    ...pipelineFiles(state),
    ...(state.documents ?? []).map((document) => [`documents/${document.id}.md`, document.markdown] as const),
    ['review/decisions.json', reviewLog(decisions)],
    ...reportFiles(state),
    ['lineage/columns.csv', lineage(state)],
  ]);
  const encoder = new TextEncoder();
  const files = new Map<string, Uint8Array>();
  for (const path of [...texts.keys()].sort(compareText))
    files.set(path, encoder.encode(redactSecrets(texts.get(path) as string).text));
  const manifest: Manifest = {
    format: BUNDLE_FORMAT,
    generator,
    title: state.settings.title,
    result: state.validation?.result ?? null,
    inputs: state.inputs
      .map(({ name, role, bytes, sha256: hash }) => ({ name, role, bytes, sha256: hash }))
      .toSorted(
        (a, b) => compareText(a.role, b.role) || compareText(a.name, b.name) || compareText(a.sha256, b.sha256),
      ),
    files: [...files].map(([path, content]) => ({ path, bytes: content.length, sha256: sha256(content) })),
  };
  files.set(MANIFEST_FILE, encoder.encode(json(manifest)));
  return files;
}

const json = (value: unknown): string => `${canonicalJson(value, 2)}\n`;

function reportFiles({
  evaluation,
  validation,
  sql,
  discovery,
  rectifications,
}: RunState): readonly (readonly [string, string])[] {
  const profiles = (discovery?.profiles ?? []).map(({ sample: _sample, ...profile }) => profile);
  return [
    ['review/rectifications.json', json(rectifications ?? [])],
    [
      'reports/validation.json',
      json({ evaluation: evaluation ?? null, validation: validation ?? null, sqlRuns: sql?.runs ?? [] }),
    ],
    ['reports/quality.json', json(profiles)],
    ['reports/diagnostics.json', json(discovery?.diagnostics ?? [])],
  ];
}

function mappingFiles(state: RunState): readonly (readonly [string, string])[] {
  const mappings = state.mappings ?? [];
  const header = [
    'source_schema',
    'source_table',
    'source_column',
    'target_schema',
    'target_table',
    'target_column',
    'status',
    'confidence',
    'transformation',
    'expression',
    'rationale',
  ];
  const rows = mappings.flatMap((mapping) => {
    const targets = [{ target: mapping.target, transformation: mapping.transformation }, ...mapping.additional];
    return targets.map(({ target, transformation }) => [
      mapping.source.schema,
      mapping.source.table,
      sourceNames(mapping),
      target?.schema ?? null,
      target?.table ?? null,
      target?.column ?? null,
      mapping.status,
      mapping.confidence,
      transformation.type,
      transformation.expression,
      mapping.rationale,
    ]);
  });
  return [
    ['mappings/mappings.csv', toCsv(header, rows)],
    ['mappings/mappings.json', json(mappings)],
  ];
}

const sqlParts = [
  {
    kind: 'create',
    file: '01_create.sql',
    title: 'Schemas and tables. Load the extracts into `legacy` after this script.',
  },
  {
    kind: 'load',
    file: '02_load.sql',
    title: 'Loads, parents before children. Rows that break a rule of the target go to `rejects` with the reason.',
  },
  { kind: 'check', file: '03_checks.sql', title: 'Validation: every query returns `failures`, 0 where all is well.' },
  { kind: 'rollback', file: '04_rollback.sql', title: 'The way back.' },
] as const;

function sqlFiles(statements: readonly SqlStatement[]): readonly (readonly [string, string])[] {
  return sqlParts.flatMap(({ kind, file, title }) => {
    const own = statements.filter((statement) => statement.kind === kind);
    if (own.length === 0) return [];
    const blocks = own.map((statement) =>
      [`-- ${oneLine(statement.name)}`, ...statement.notes.map((note) => `-- ${oneLine(note)}`), statement.sql].join(
        '\n',
      ),
    );
    return [[`sql/duckdb/${file}`, `-- ${title}\n\n${blocks.join('\n\n')}\n`] as const];
  });
}

/** A customer's name with a line break must not end the comment that it stands in. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');

function pipelineFiles(state: RunState): readonly (readonly [string, string])[] {
  const jobs = state.jobs ?? [];
  const pipelines = jobs.flatMap((job) =>
    job.pipelines.flatMap((pipeline) => [
      [`pipelines/${pipeline.fileName}`, wholeText(pipeline.yaml)] as const,
      [`pipelines/${pipeline.fileName.replace(/\.yaml$/, '')}.sql`, wholeText(pipeline.sql)] as const,
    ]),
  );
  const withoutTexts = jobs.map((job) => ({ ...job, pipelines: job.pipelines.map((pipeline) => pipeline.fileName) }));
  return jobs.length === 0
    ? []
    : [...pipelines.filter(([, text]) => text !== ''), ['pipelines/jobs.json', json(withoutTexts)]];
}

/** The decisions in their order; the time of each stays in the project file, so that equal decisions give equal bundles. */
function reviewLog(decisions: readonly Decision[]): string {
  return json(decisions.map(({ at: _at, ...decision }) => decision));
}

function lineage(state: RunState): string {
  const sql = (state.sql?.statements ?? []).flatMap((statement) =>
    statement.columns.flatMap((column) =>
      column.sources.map((source) => [
        'sql',
        statement.name,
        columnKey(source),
        columnKey(column.target),
        column.expression,
      ]),
    ),
  );
  const pipelines = (state.jobs ?? []).flatMap((job) =>
    job.pipelines.flatMap((pipeline) =>
      pipeline.lineage.map(({ from, to }) => ['pipeline', pipeline.name, from, to, '']),
    ),
  );
  return toCsv(['kind', 'name', 'from', 'to', 'expression'], [...sql, ...pipelines]);
}
