/**
 * Reads every input, puts the data files beside the tables that they belong to, and measures the data. One defective file
 * never costs the others: it becomes a diagnostic.
 */
import { type ErrorShape, PortolanError, toErrorShape } from '../../../shared/errors.ts';
import type { EtlOutline } from '../../../shared/model/etl.ts';
import type { TableProfile } from '../../../shared/model/profile.ts';
import type { Discovery, InputFile, ProjectSettings } from '../../../shared/model/project.ts';
import type { Diagnostic, SchemaFile, Table } from '../../../shared/model/schema.ts';
import { keyOfTable } from '../../core/sides.ts';
import { quoteIdentifier } from '../../core/text.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { type DataLoad, type DataSource, castableColumns, readDataSchema } from '../../readers/csv/index.ts';
import { unresolvedKnown } from '../../review/known-mappings.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { type RelationshipTable, inferRelationships } from './infer-relationships.ts';
import { definitionsOf, withLegacyDefinitions } from './legacy-definitions.ts';
import { joinDataToTables } from './join-data-to-tables.ts';
import type { LoadedTable } from './loaded-table.ts';
import { orphanIssues } from './orphan-issues.ts';
import { maskPersonal } from './personal-data.ts';
import { type Counted, profileTable } from './profile-table.ts';
import { type PreparedTable, disposeAll, holdsRows, prepareTables } from './prepare-tables.ts';
import { readInput } from './read-input.ts';

type Dependencies = Pick<NodeDependencies, 'reader' | 'dataFiles' | 'sql'>;

export interface DiscoverRequest {
  readonly inputs: readonly InputFile[];
  readonly settings: Pick<ProjectSettings, 'profileRows' | 'maskPersonalData'>;
}

export interface DiscoverContext {
  readonly signal: AbortSignal;
  readonly report: (done: number, total: number, detail: string) => void;
}

interface SideResult {
  readonly files: readonly SchemaFile[];
  readonly data: Discovery['data'];
  readonly profiles: readonly TableProfile[];
  readonly relationships: Discovery['relationships'];
}

export async function discover(
  request: DiscoverRequest,
  dependencies: Dependencies,
  context: DiscoverContext,
): Promise<Discovery> {
  const steps = progressOf(request.inputs, context);
  const etl: EtlOutline[] = [];
  const failures: Diagnostic[] = [];
  const beside: SchemaFile[] = [];
  for (const input of request.inputs.filter((candidate) => candidate.role === 'etl')) {
    steps.next(`reading ${input.name}`);
    const read = await attempt(input, failures, () => readInput(input, dependencies, context.signal));
    if (read?.kind === 'etl') etl.push(read.etl);
    // Data beside the legacy ETL holds rows that its pipelines are tried on.
    else if (read !== null && (holdsRows(input.format) || read.schema.mappings !== undefined)) beside.push(read.schema);
    else if (read !== null)
      failures.push(failure(input.name, `${input.name} is not a legacy ETL export; give it as source or target`));
  }
  const source = await discoverSide(request, 'source', { dependencies, context, steps, failures, etl });
  const target = await discoverSide(request, 'target', { dependencies, context, steps, failures, etl });
  const files = [...source.files, ...target.files];
  const known = [...beside, ...files].flatMap(({ mappings }) => mappings ?? []);
  const sides = {
    source: source.files.flatMap(({ tables }) => tables),
    target: target.files.flatMap(({ tables }) => tables),
  };
  const diagnostics = [
    ...failures,
    ...[...beside, ...files, ...etl].flatMap((file) => file.diagnostics),
    ...unresolvedKnown(known, sides),
  ];
  return {
    source: source.files,
    target: target.files,
    etl,
    data: source.data,
    profiles: source.profiles,
    targetProfiles: target.profiles,
    relationships: source.relationships,
    targetRelationships: target.relationships,
    diagnostics,
    ...(known.length === 0 ? {} : { known }),
  };
}

interface SideContext {
  readonly dependencies: Dependencies;
  readonly context: DiscoverContext;
  readonly steps: { next(detail: string): void };
  readonly failures: Diagnostic[];
  readonly etl: readonly EtlOutline[];
}

async function discoverSide(
  request: DiscoverRequest,
  side: 'source' | 'target',
  run: SideContext,
): Promise<SideResult> {
  const inputs = request.inputs.filter((input) => input.role === side);
  const declared: SchemaFile[] = [
    ...(await readScripts(
      inputs.filter((candidate) => candidate.format === 'ddl' && candidate.bytes > 0),
      run,
    )),
  ];
  for (const input of inputs.filter(
    (candidate) => !holdsRows(candidate.format) && (candidate.format !== 'ddl' || candidate.bytes === 0),
  )) {
    run.steps.next(`reading ${input.name}`);
    const read = await attempt(input, run.failures, () => readInput(input, run.dependencies, run.context.signal));
    if (read !== null) declared.push(read.kind === 'schema' ? read.schema : definitionsOf(read.etl));
  }
  return measureData(
    declared,
    inputs.filter((input) => holdsRows(input.format)),
    { request, run, side },
  );
}

/** All scripts of one side are of one database: they are read together. */
async function readScripts(inputs: readonly InputFile[], run: SideContext): Promise<readonly SchemaFile[]> {
  if (inputs.length === 0) return [];
  for (const input of inputs) run.steps.next(`reading ${input.name}`);
  const requests = inputs.map(({ path, name, format, dialect }) => ({ path, name, format, dialect }));
  const results = await run.dependencies.reader.readDdlSet(requests, run.context.signal);
  return results.flatMap((result, i) => {
    if (result.ok) return [result.schema];
    run.failures.push(failure((inputs[i] as InputFile).name, describeError(result.error)));
    return [];
  });
}

const describeError = ({ message, hint }: ErrorShape): string => (hint === undefined ? message : `${message}. ${hint}`);

async function measureData(
  given: readonly SchemaFile[],
  inputs: readonly InputFile[],
  {
    request,
    run,
    side,
  }: { readonly request: DiscoverRequest; readonly run: SideContext; readonly side: 'source' | 'target' },
): Promise<SideResult> {
  if (inputs.length === 0) {
    const declared = withLegacyDefinitions(given, run.etl, side);
    const tables = declared.flatMap((file) => file.tables).map((table) => ({ table, sqlName: null, profile: null }));
    return {
      files: declared,
      data: [],
      profiles: [],
      relationships: await inferRelationships(null, tables, run.context.signal),
    };
  }
  const prepared: PreparedTable[] = [];
  const known = [...given];
  try {
    for (const input of inputs) {
      const found = await attempt(input, run.failures, () =>
        prepareTables(input, run.dependencies, run.context.signal),
      );
      prepared.push(...(found?.tables ?? []));
      if (found !== null && found.described !== null) known.push(found.described);
    }
    // The first rows, as many as asked, are held however large the file is.
    const excerpts = new Map<PreparedTable, string>();
    for (const table of request.settings.profileRows === null ? prepared : []) {
      const excerpt = await table.file.excerpt();
      if (excerpt !== null) excerpts.set(table, excerpt);
    }
    const session = await run.dependencies.sql.open({
      readable: [...prepared.map(({ file }) => file.path), ...excerpts.values()],
      signal: run.context.signal,
    });
    try {
      return await measureInSession(session, { declared: known, prepared, excerpts, request, run, side });
    } finally {
      await session.close();
    }
  } finally {
    await disposeAll(prepared);
  }
}

interface Measuring {
  readonly declared: readonly SchemaFile[];
  readonly prepared: readonly PreparedTable[];
  readonly excerpts: ReadonlyMap<PreparedTable, string>;
  readonly request: DiscoverRequest;
  readonly run: SideContext;
  readonly side: 'source' | 'target';
}

async function measureInSession(
  session: SqlSession,
  { declared: given, prepared, excerpts, request, run, side }: Measuring,
): Promise<SideResult> {
  const sources: (Pick<PreparedTable, 'input' | 'part'> & { source: DataSource })[] = [];
  for (const table of prepared) {
    const { input, file, format, part } = table;
    const source = await attempt(input, run.failures, () =>
      readDataSchema(session, file, format, excerpts.get(table) ?? null),
    );
    if (source !== null) sources.push({ input, part, source });
  }
  const dataTables = sources.flatMap(({ source }) => source.schema.tables);
  const declared = withLegacyDefinitions(given, run.etl, side, dataTables);
  const joined = joinDataToTables(
    declared.flatMap((file) => file.tables).filter((table) => table.kind !== 'view'),
    dataTables,
  );
  const schemaOfData = new Map<Table, Table>(joined.matched.map((match) => [match.data, match.table]));
  const loaded: LoadedTable[] = [];
  const profiles: TableProfile[] = [];
  const data: Discovery['data'][number][] = [];
  for (const { input, part, source } of sources) {
    const dataTable = source.schema.tables[0];
    run.steps.next(`profiling ${input.name}`);
    if (dataTable === undefined || source.load === null) continue;
    const table = schemaOfData.get(dataTable) ?? dataTable;
    data.push({ inputId: input.id, table: keyOfTable(table), ...(part === undefined ? {} : { part }) });
    const name = nameInQueries(table, loaded);
    const counted = await load(session, source.load, { name, table, isDeclared: table !== dataTable, request });
    loaded.push({ table, sqlName: quoteIdentifier(name), file: input.name });
    const measured = await profileTable(session, { table, sqlName: quoteIdentifier(name), file: input.name }, counted);
    const { rows } = source.load;
    profiles.push(measured.rows < rows ? { ...measured, totalRows: rows } : measured);
  }
  const relationships = await inferRelationships(
    session,
    relationshipTables(declared, loaded, profiles, joined.dataOnly),
    run.context.signal,
  );
  const orphans = await orphanIssues(session, loaded, relationships);
  const files = [
    ...declared,
    ...sources.map(({ source }) => withoutMatched(source.schema, schemaOfData, joined.matched)),
  ];
  return {
    files,
    data,
    relationships,
    profiles: profiles
      .map((profile) => ({
        ...profile,
        issues: [...profile.issues, ...orphans.filter((issue) => issue.table === profile.table)],
      }))
      .map((profile) => (request.settings.maskPersonalData === true ? maskPersonal(profile) : profile)),
  };
}

interface Loading {
  readonly name: string;
  readonly table: Table;
  readonly isDeclared: boolean;
  readonly request: DiscoverRequest;
}

/** Holds the rows, or an excerpt of them where they are too many: then what is known of them comes back. */
async function load(
  session: SqlSession,
  data: DataLoad,
  { name, table, isDeclared, request }: Loading,
): Promise<Counted | null> {
  // Declared tables are measured on their text, so that values which do not fit the declared type are seen.
  const options = { asText: isDeclared, castable: castableColumns(table) };
  if (data.large === null) {
    const { profileRows } = request.settings;
    await session.run(`${data.createTableSql(name, options)}${profileRows === null ? '' : ` LIMIT ${profileRows}`}`);
    return null;
  }
  const excerpt = `${name} excerpt`;
  await session.run(data.large.createViewSql(name, options));
  await session.run(data.large.createExcerptSql(excerpt, options));
  return { rows: data.rows, excerpt: quoteIdentifier(excerpt), figures: isDeclared ? null : data.large.figures };
}

/** The table's own name, so that a query of the report can be taken elsewhere; numbered where two tables share it. */
function nameInQueries(table: Table, loaded: readonly LoadedTable[]): string {
  const taken = new Set(loaded.map(({ sqlName }) => sqlName.toLowerCase()));
  let name = table.name;
  for (let n = 2; taken.has(quoteIdentifier(name).toLowerCase()); n += 1) name = `${table.name}_${n}`;
  return name;
}

function relationshipTables(
  declared: readonly SchemaFile[],
  loaded: readonly LoadedTable[],
  profiles: readonly TableProfile[],
  dataOnly: readonly Table[],
): readonly RelationshipTable[] {
  const tables = [...declared.flatMap((file) => file.tables), ...dataOnly];
  return tables.map((table) => {
    const at = loaded.findIndex((entry) => entry.table === table);
    return { table, sqlName: loaded[at]?.sqlName ?? null, profile: profiles[at] ?? null };
  });
}

/** Data of a declared table is no table of its own; columns that only one of the two knows are said. */
function withoutMatched(
  schema: SchemaFile,
  schemaOfData: ReadonlyMap<Table, Table>,
  matched: ReturnType<typeof joinDataToTables>['matched'],
): SchemaFile {
  const own = schema.tables[0];
  const match = matched.find((candidate) => candidate.data === own);
  if (own === undefined || match === undefined || !schemaOfData.has(own)) return schema;
  const say = (severity: Diagnostic['severity'], message: string): Diagnostic => ({
    severity,
    message,
    file: schema.file,
    line: null,
    statement: null,
  });
  const remarks = [
    ...(match.missingColumns.length === 0
      ? []
      : [
          say(
            'warning',
            `${schema.file} lacks ${match.missingColumns.join(', ')} of ${match.table.name}; they are empty in the trial run`,
          ),
        ]),
    ...(match.extraColumns.length === 0
      ? []
      : [
          say(
            'warning',
            `${schema.file} holds ${match.extraColumns.join(', ')}, which ${match.table.name} does not declare; they are not mapped`,
          ),
        ]),
  ];
  return { ...schema, tables: [], diagnostics: [...schema.diagnostics, ...remarks] };
}

/** Runs one file's reading; what the file itself is to blame for becomes a diagnostic and null. */
async function attempt<T>(input: InputFile, failures: Diagnostic[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (thrown) {
    const error = toErrorShape(thrown);
    const { code } = error;
    const blame =
      thrown instanceof PortolanError &&
      (code === 'INPUT_INVALID' || code === 'INPUT_UNREADABLE' || code === 'UNSUPPORTED');
    if (!blame) throw thrown;
    failures.push(failure(input.name, describeError(error)));
    return null;
  }
}

const failure = (file: string, message: string): Diagnostic => ({
  severity: 'error',
  message,
  file,
  line: null,
  statement: null,
});

function progressOf(inputs: readonly InputFile[], { report }: DiscoverContext): { next(detail: string): void } {
  let done = 0;
  return {
    next(detail) {
      report(Math.min(done, inputs.length), inputs.length, detail);
      done += 1;
    },
  };
}
