import type { SqlArtifacts } from '../../../shared/model/artifacts.ts';
import { type Mapping, isAccepted } from '../../../shared/model/mapping.ts';
import type { Discovery, RunState } from '../../../shared/model/project.ts';
import { tableKey } from '../../../shared/model/schema.ts';
import { toErrorShape } from '../../../shared/errors.ts';
import { tablesOf } from '../../core/sides.ts';
import type { GraphNode, StepContext } from '../../graph/graph.ts';
import type { SqlSession } from '../../ports/sql-runner.ts';
import { generateSql } from '../../sql/generate/generate-sql.ts';
import { relationNames } from '../../sql/relation-names.ts';
import type { NodeDependencies } from '../dependencies.ts';
import { disposeAll } from '../discovery/prepare-tables.ts';
import { convertJobs } from './convert-jobs.ts';
import { fillLegacy, prepareData } from './fill-legacy.ts';
import { runSql } from './run-sql.ts';

/** Node 6: SQL from the accepted mappings, tried on the imported data; the legacy jobs as pipelines, tried as well. */
export function sqlGeneratorNode(dependencies: NodeDependencies): GraphNode<RunState> {
  return {
    id: 'sql',
    writes: ['sql', 'jobs', 'sqlRepairs'],
    async run(state, context) {
      const discovery = state.discovery as Discovery;
      const failedBefore = failedLoads(state.sql);
      const data = await prepareData(discovery, state.inputs, dependencies, context.signal);
      try {
        const session = await dependencies.sql.open({
          readable: data.map(({ file }) => file.path),
          memoryLimit: '2GB',
          signal: context.signal,
        });
        try {
          const sql = await generateAndRun(
            state,
            discovery,
            { session, fill: () => fillLegacy(session, discovery, data), failedBefore },
            context,
          );
          const jobs = state.jobs ?? (await convertJobs({ ...state, discovery }, dependencies, context));
          return { writes: { sql, jobs, sqlRepairs: (state.sqlRepairs ?? 0) + (failedBefore.size > 0 ? 1 : 0) } };
        } finally {
          await session.close();
        }
      } finally {
        await disposeAll(data);
      }
    },
  };
}

/** True where another attempt would differ: a load failed whose calculated columns have not been left out yet. */
export function canRepair(state: RunState): boolean {
  if ((state.sqlRepairs ?? 0) >= state.settings.maxSqlRepairs) return false;
  const failed = failedLoads(state.sql);
  return (state.sql?.statements ?? []).some(
    (statement) => statement.kind === 'load' && failed.has(statement.name) && !statement.notes.includes(LEFT_OUT),
  );
}

const LEFT_OUT = 'Every calculated column was left out after the load had failed with them';

function failedLoads(sql: SqlArtifacts | undefined): ReadonlySet<string> {
  return new Set(
    (sql?.runs ?? []).filter((run) => run.kind === 'load' && run.status === 'failed').map((run) => run.name),
  );
}

interface Attempt {
  readonly session: SqlSession;
  /** Loads the imported data. */
  readonly fill: () => Promise<void>;
  /** Loads that failed in the attempt before. */
  readonly failedBefore: ReadonlySet<string>;
}

async function generateAndRun(
  state: RunState,
  discovery: Discovery,
  { session, fill, failedBefore }: Attempt,
  { report }: StepContext,
): Promise<SqlArtifacts> {
  const source = tablesOf(discovery, 'source');
  const target = tablesOf(discovery, 'target');
  const accepted = (state.mappings ?? []).filter(isAccepted);
  const kept = accepted.filter(
    (mapping) => !(mapping.target !== null && failedBefore.has(tableKey(mapping.target)) && isCalculated(mapping)),
  );
  const broken = await findBroken(kept, discovery, session);
  const generated = generateSql({
    source,
    target,
    mappings: kept.filter((mapping) => !broken.has(mapping.id)),
    relationships: discovery.relationships,
  });
  const notes = [...broken].map(
    ([id, message]) => `${id} is left out: its expression does not run in DuckDB (${message})`,
  );
  const statements = generated.statements.map((statement) =>
    statement.kind === 'load' && failedBefore.has(statement.name)
      ? { ...statement, notes: [...statement.notes, LEFT_OUT] }
      : statement,
  );
  const runs = await runSql({ statements }, session, fill, (done, total, name) => report(done, total, name));
  return { ...generated, statements, notes: [...generated.notes, ...notes], runs };
}

const isCalculated = ({ transformation }: Mapping): boolean =>
  transformation.type !== 'direct' && transformation.type !== 'cast';

/** Mappings whose expression DuckDB cannot even bind: one of them would cost the whole load of its table. */
async function findBroken(
  mappings: readonly Mapping[],
  discovery: Discovery,
  session: SqlSession,
): Promise<ReadonlyMap<string, string>> {
  const source = tablesOf(discovery, 'source').filter((table) => table.kind !== 'view' && table.columns.length > 0);
  const names = relationNames(source, []);
  const broken = new Map<string, string>();
  const { statements } = generateSql({ source, target: [], mappings: [], relationships: [] });
  for (const statement of statements.filter((candidate) => candidate.kind === 'create'))
    await session.run(statement.sql);
  for (const mapping of mappings) {
    const expressions = [mapping.transformation, ...mapping.additional.map((entry) => entry.transformation)]
      .filter((entry) => entry.type !== 'direct')
      .map((entry) => `(${entry.expression})`);
    if (expressions.length === 0) continue;
    try {
      await session.query(
        `SELECT ${expressions.join(', ')} FROM ${names.sql('legacy', tableKey(mapping.source))} LIMIT 0`,
      );
    } catch (thrown) {
      const error = toErrorShape(thrown);
      if (error.code === 'CANCELLED') throw thrown;
      broken.set(mapping.id, error.message.split('\n')[0] ?? '');
    }
  }
  await session.run(
    statements
      .filter((candidate) => candidate.kind === 'rollback')
      .map((candidate) => candidate.sql)
      .join('\n'),
  );
  return broken;
}
