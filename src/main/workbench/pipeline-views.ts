/** One converted pipeline as the window shows it: its graph, and each node's original beside what it became. */
import { PortolanError } from '../../shared/errors.ts';
import {
  type Output,
  type ParsedInput,
  type PipelineNodeView,
  type PlacedIssue,
  shownLength,
} from '../../shared/ipc/contract.ts';
import type { ConversionJob, KeptText, PipelineArtifact } from '../../shared/model/conversion.ts';
import type { EtlOutline, EtlTransformation } from '../../shared/model/etl.ts';
import { type Pipeline, type Workflow, exportFileOf, standingOf, wholeText } from '../../engine/index.ts';
import { placeIssues } from './job-issues.ts';
import type { Workbench } from './workbench.ts';

type PipelineNode = Pipeline['nodes'][number];
type WorkflowTask = Workflow['tasks'][number];

interface Found {
  readonly job: ConversionJob;
  readonly artifact: PipelineArtifact;
  readonly file: EtlOutline | null;
  readonly issues: readonly PlacedIssue[];
  readonly document: Pipeline | Workflow;
  readonly lines: ReadonlyMap<string, number>;
}

/** The pipeline in hand is asked for again with each node that is looked at. */
let cached: { readonly job: ConversionJob; readonly fileName: string; readonly found: Promise<Found> } | null = null;

/** Throws where there is none of that name, or its text cannot be read. */
function find(workbench: Workbench, fileName: string): Promise<Found> {
  const state = workbench.session.state();
  const at = (state?.jobs ?? []).findIndex((job) => job.pipelines.some((one) => one.fileName === fileName));
  const job = state?.jobs?.[at];
  const artifact = job?.pipelines.find((one) => one.fileName === fileName);
  if (job === undefined || artifact === undefined)
    throw new PortolanError('INPUT_INVALID', `There is no pipeline ${fileName}`);
  if (cached?.job === job && cached.fileName === fileName) return cached.found;
  const file = state?.discovery?.etl[at] ?? null;
  const found = read(workbench, { job, artifact, file });
  cached = { job, fileName, found };
  // What failed once may succeed the next time: a reader that was busy or lost.
  found.catch(() => (cached = null));
  return found;
}

/** The text is read in the reader: it may take seconds. */
async function read(
  { engine }: Workbench,
  { job, artifact, file }: Pick<Found, 'job' | 'artifact' | 'file'>,
): Promise<Found> {
  const { document, problem, lines } = await engine.dependencies.converter.readDocument(artifact.yaml);
  if (document === null)
    throw new PortolanError('UNSUPPORTED', problem ?? `${artifact.fileName} is no DataFlow document`, {
      hint: 'Export the bundle to read the text of the pipeline.',
    });
  const issues = placeIssues(job, file).filter((issue) => issue.pipeline === artifact.fileName);
  return { job, artifact, file, issues, document: document as Found['document'], lines: new Map(lines) };
}

/** A text that may be shown and edited; null beyond that. */
const shown = (text: KeptText): string | null => (text.length > shownLength ? null : wholeText(text));

export async function pipelineView(workbench: Workbench, fileName: string): Promise<Output<'jobs.pipeline'>> {
  const { artifact, issues, document, lines } = await find(workbench, fileName);
  const graph = document.kind === 'Pipeline' ? pipelineGraph(document.nodes) : workflowGraph(document.tasks);
  const counts = new Map<string | null, number>();
  for (const { node } of issues) counts.set(node, (counts.get(node) ?? 0) + 1);
  const runs = new Map((artifact.run ?? []).map((one) => [one.node, one]));
  return {
    yaml: shown(artifact.yaml),
    generated: artifact.generated === undefined ? null : shown(artifact.generated),
    nodes: graph.nodes.map((node) => ({
      ...node,
      rows: runs.get(node.id)?.rows ?? null,
      error: runs.get(node.id)?.error ?? null,
      issues: counts.get(node.id) ?? 0,
      line: lines.get(node.id) ?? null,
    })),
    edges: graph.edges,
  };
}

interface Graph {
  readonly nodes: readonly Pick<PipelineNodeView, 'id' | 'type' | 'operator' | 'standing' | 'confidence'>[];
  readonly edges: Output<'jobs.pipeline'>['edges'];
}

function pipelineGraph(nodes: readonly PipelineNode[]): Graph {
  const known = new Set(nodes.map((node) => node.id));
  return {
    nodes: nodes.map((node) => ({
      id: node.id,
      type: node.type,
      operator: node.operator,
      standing: standingOf(node),
      confidence: node.confidence,
    })),
    edges: nodes.flatMap((node) =>
      (node.depends_on ?? [])
        .filter((input) => known.has(input.node))
        .map((input) => ({ from: input.node, to: node.id, label: input.output ?? null })),
    ),
  };
}

function workflowGraph(tasks: readonly WorkflowTask[]): Graph {
  const known = new Set(tasks.map((task) => task.id));
  return {
    nodes: tasks.map((task) => ({
      id: task.id,
      type: 'task' as const,
      operator: task.pipeline ?? task.workflow ?? task.type,
      standing: standingOf({ confidence: 1, conversion: task.conversion }),
      confidence: null,
    })),
    edges: tasks.flatMap((task) =>
      (task.depends_on ?? [])
        .filter((input) => known.has(input.task))
        .map((input) => ({ from: input.task, to: task.id, label: input.condition ?? null })),
    ),
  };
}

export async function nodeView(
  workbench: Workbench,
  { fileName, node: id }: ParsedInput<'jobs.node'>,
): Promise<Output<'jobs.node'>> {
  const found = await find(workbench, fileName);
  const { document } = found;
  const issues = found.issues.filter((issue) => issue.node === id);
  if (document.kind === 'Workflow') {
    const task = document.tasks.find((one) => one.id === id);
    if (task === undefined) throw new PortolanError('INPUT_INVALID', `${fileName} has no task ${id}`);
    return { original: null, columns: [], sql: [], config: named(task.config), notes: [...(task.notes ?? [])], issues };
  }
  const node = document.nodes.find((one) => one.id === id);
  if (node === undefined) throw new PortolanError('INPUT_INVALID', `${fileName} has no node ${id}`);
  return {
    original: originalOf(await legacyOf(workbench, found, id), node),
    columns: columnsOf(node),
    sql: sqlOf(node),
    config: named(node.config),
    notes: [...(node.notes ?? [])],
    issues,
  };
}

/** The transformation in the export, which the reader fetches. A file that is gone takes its original with it. */
async function legacyOf(
  workbench: Workbench,
  { file, artifact }: Found,
  id: string,
): Promise<EtlTransformation | null> {
  const place = file === null ? null : exportFileOf(file, workbench.session.state()?.inputs ?? []);
  if (place === null) return null;
  const { converter } = workbench.engine.dependencies;
  return converter.transformation(place, { mapping: artifact.name, id }).catch(() => null);
}

function originalOf(legacy: EtlTransformation | null, node: PipelineNode): Output<'jobs.node'>['original'] {
  if (legacy === null && node.original === undefined) return null;
  return { ...factsOf(legacy, node), text: node.original ?? null };
}

function factsOf(legacy: EtlTransformation | null, node: PipelineNode) {
  if (legacy === null)
    return { type: node.operator, name: node.id, description: null, definition: null, line: null, properties: [] };
  const groups = legacy.groups.flatMap(({ name, condition }) =>
    condition === null ? [] : [{ name: `group ${name}`, value: condition }],
  );
  const properties = legacy.properties.flatMap(({ name, value }) =>
    value === null || value === '' ? [] : [{ name, value }],
  );
  const { type, name, description, definition, line } = legacy;
  return { type, name, description, definition, line, properties: [...properties, ...groups] };
}

function columnsOf(node: PipelineNode): Output<'jobs.node'>['columns'] {
  const lists = [
    { output: null, columns: node.columns ?? [] },
    ...(node.outputs ?? []).map((output) => ({ output: output.name, columns: output.columns })),
  ];
  return lists.flatMap(({ output, columns }) =>
    columns.map((column) => ({
      output,
      name: column.name,
      type: column.type,
      original: column.original ?? null,
      expression: column.expression ?? null,
      from: [...(column.from ?? [])],
    })),
  );
}

function sqlOf(node: PipelineNode): Output<'jobs.node'>['sql'] {
  if (node.outputs !== undefined) return node.outputs.map(({ name, sql }) => ({ name, sql }));
  return node.sql === undefined ? [] : [{ name: node.id, sql: node.sql }];
}

function named(config: PipelineNode['config']): { name: string; value: string }[] {
  return Object.entries(config ?? {}).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}
