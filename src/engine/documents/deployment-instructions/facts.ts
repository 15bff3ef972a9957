import type { SqlRun, SqlStatement } from '../../../shared/model/artifacts.ts';
import type { PipelineArtifact } from '../../../shared/model/conversion.ts';
import { type Column, type InputFormat, tableKey } from '../../../shared/model/schema.ts';
import { compareText, quoteIdentifier, quoteLiteral } from '../../core/text.ts';
import { duckDbType } from '../../sql/dialects/duckdb/print-type.ts';
import { referencedKey } from '../../sql/load-order.ts';
import { sqlKinds } from '../facts/bundle-files.ts';
import { isLoadable, namesOf } from '../facts/relations.ts';
import { type StateView, type TableEntry, runKey } from '../facts/state-view.ts';

export interface Extract {
  readonly table: string;
  readonly file: string;
  readonly rows: number | null;
  /** The INSERT that fills the table in schema `legacy`; null for a format that DuckDB does not read by itself. */
  readonly sql: string | null;
}

export interface LoadStep {
  readonly table: string;
  readonly sources: readonly string[];
  readonly statement: SqlStatement | null;
  readonly run: SqlRun | null;
}

export interface DeploymentFacts {
  readonly kinds: ReturnType<typeof sqlKinds>;
  readonly extracts: readonly Extract[];
  readonly withoutExtract: readonly string[];
  readonly steps: readonly LoadStep[];
  /** From parent to child, by `tableKey`. */
  readonly parents: readonly { readonly parent: string; readonly child: string }[];
  readonly pipelines: readonly { readonly file: string; readonly pipeline: PipelineArtifact }[];
  readonly notes: readonly string[];
}

export function deploymentFacts(view: StateView): DeploymentFacts {
  const extracts = extractsOf(view);
  const filled = new Set(extracts.map(({ table }) => table));
  return {
    kinds: sqlKinds(view.state),
    extracts,
    withoutExtract: view.source.filter((entry) => isLoadable(entry) && !filled.has(entry.key)).map(({ key }) => key),
    steps: stepsOf(view),
    parents: parentsOf(view),
    pipelines: (view.state.jobs ?? [])
      .flatMap((job) => job.pipelines.map((pipeline) => ({ file: job.file, pipeline })))
      .sort((a, b) => compareText(a.pipeline.fileName, b.pipeline.fileName)),
    notes: view.state.sql?.notes ?? [],
  };
}

function extractsOf(view: StateView): readonly Extract[] {
  const names = namesOf(view);
  const tables = new Map(view.source.filter(isLoadable).map((entry) => [entry.key, entry]));
  const inputs = new Map(view.state.inputs.map((input) => [input.id, input]));
  const extracts = (view.state.discovery?.data ?? []).flatMap(({ inputId, table: key }) => {
    const [entry, input] = [tables.get(key), inputs.get(inputId)];
    if (entry === undefined || input === undefined) return [];
    const reader = readerOf(input.format, input.name, columnsOf(view, entry));
    const rows = view.profiles.get(key)?.rows ?? null;
    return [
      {
        table: key,
        file: input.name,
        rows,
        sql: reader === null ? null : printInsert(names.sql('legacy', key), columnsOf(view, entry), reader),
      },
    ];
  });
  return extracts.sort((a, b) => compareText(a.table, b.table) || compareText(a.file, b.file));
}

function readerOf(format: InputFormat, file: string, columns: readonly Column[]): string | null {
  const path = quoteLiteral(`extracts/${file}`);
  // With every column read as text DuckDB cannot tell a header from data; it names columns without a header itself.
  const header = !columns.every(({ name }) => /^column\d+$/.test(name));
  if (format === 'csv') return `read_csv(${path}, all_varchar = true, header = ${header})`;
  if (format === 'parquet') return `read_parquet(${path})`;
  return format === 'json' ? `read_json(${path})` : null;
}

/** Columns that the extract has, by its profile; all where it was not profiled. */
function columnsOf({ profiles }: StateView, { key, table }: TableEntry): readonly Column[] {
  const profile = profiles.get(key);
  if (profile === undefined) return table.columns;
  const present = new Set(profile.columns.map(({ name }) => name.toLowerCase()));
  return table.columns.filter(({ name }) => present.has(name.toLowerCase()));
}

/** The same conversion as in the sandbox: what does not fit the declared type becomes NULL. */
function printInsert(relation: string, columns: readonly Column[], reader: string): string {
  const values = columns.map((column) => {
    const name = quoteIdentifier(column.name);
    const type = duckDbType(column);
    return type === 'VARCHAR'
      ? `CAST(${name} AS VARCHAR)`
      : `TRY_CAST(nullif(trim(CAST(${name} AS VARCHAR)), '') AS ${type})`;
  });
  return `INSERT INTO ${relation} (${columns.map(({ name }) => quoteIdentifier(name)).join(', ')})\nSELECT ${values.join(',\n  ')}\nFROM ${reader};`;
}

function stepsOf({ state, statements, runs }: StateView): readonly LoadStep[] {
  const loads = new Map(
    statements.filter(({ kind }) => kind === 'load').map((statement) => [statement.name, statement]),
  );
  return (state.sql?.loadOrder ?? []).map((table) => {
    const statement = loads.get(table) ?? null;
    const sources = new Set((statement?.columns ?? []).flatMap((column) => column.sources.map(tableKey)));
    return {
      table,
      sources: [...sources].sort(compareText),
      statement,
      run: statement === null ? null : (runs.get(runKey(statement)) ?? null),
    };
  });
}

function parentsOf({ target }: StateView): DeploymentFacts['parents'] {
  const byKey = new Map(target.map(({ key, table }) => [key, table]));
  return target.flatMap(({ key, table }) => {
    const parents = table.foreignKeys.flatMap(({ references }) => referencedKey(byKey, table, references) ?? []);
    return [...new Set(parents)]
      .filter((parent) => parent !== key)
      .sort(compareText)
      .map((parent) => ({ parent, child: key }));
  });
}
