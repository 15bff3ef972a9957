/** What a job touches and whom it calls: enough to see how the jobs of an estate depend on each other. */
import type { JobFootprint } from '../../../shared/model/conversion.ts';
import type { EtlFile } from '../../../shared/model/etl.ts';
import { compareText } from '../../core/text.ts';
import type { PipelineNode, PipelineTable } from '../../dataflow/model.ts';
import { tableOfSink } from '../../dataflow/sink-statements.ts';
import { ComplexityCount } from './complexity.ts';

const calledPackage = /(?:^|[.\\/])PackageName$/i;
const macroFile = /([^\\/:]+\.yxmc)$/i;

function nameOf(table: PipelineTable): string {
  return table.schema === undefined || table.schema === '' ? table.name : `${table.schema}.${table.name}`;
}

/** Each name once, the first spelling of it, in order. */
function distinct(names: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const name of names) if (!byKey.has(name.toLowerCase())) byKey.set(name.toLowerCase(), name);
  return [...byKey.values()].sort(compareText);
}

/** What of a converted pipeline the footprint is made of. */
export interface PipelineTraces {
  readonly tables: readonly PipelineTable[];
  readonly sinks: readonly PipelineNode[];
  readonly complexity: ComplexityCount;
}

function tablesOf({ tables, sinks }: PipelineTraces): {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
} {
  const written = new Set(sinks.flatMap((node) => tableOfSink(node, tables) ?? []));
  return {
    reads: tables.filter((table) => !written.has(table)).map(nameOf),
    writes: [...written].map(nameOf),
  };
}

function callsOf(file: EtlFile): readonly string[] {
  const tasks = [...file.workflows.flatMap((workflow) => workflow.tasks), ...file.tasks];
  const called = tasks.flatMap((task) => [
    ...(task.mapping === null ? [] : [task.mapping]),
    ...task.properties.flatMap(({ name, value }) => (value !== null && calledPackage.test(name) ? [value] : [])),
  ]);
  const macros = file.mappings.flatMap((mapping) =>
    mapping.transformations.flatMap(({ type }) => macroFile.exec(type)?.[1] ?? []),
  );
  return [...called, ...macros];
}

const withoutExtension = (name: string): string => name.replace(/\.[^.]{1,5}$/, '');

/** What a file's pipelines touch, one after the other: none has to be kept for it. */
export class FootprintCount {
  private readonly reads = new Set<string>();
  private readonly writes = new Set<string>();
  private readonly complexity = new ComplexityCount();

  add(pipeline: PipelineTraces): void {
    const { reads, writes } = tablesOf(pipeline);
    for (const name of reads) this.reads.add(name);
    for (const name of writes) this.writes.add(name);
    this.complexity.addAll(pipeline.complexity);
  }

  /** The footprint of `file`, which was converted to them. What a file has itself is no call to another. */
  footprint(file: EtlFile): JobFootprint {
    const provides = distinct([
      file.file,
      withoutExtension(file.file),
      ...file.mappings.map((mapping) => mapping.name),
      ...file.workflows.map((workflow) => workflow.name),
    ]);
    const own = new Set(provides.map((name) => name.toLowerCase()));
    return {
      reads: distinct([...this.reads]),
      writes: distinct([...this.writes]),
      provides,
      calls: distinct(callsOf(file)).filter((name) => !own.has(name.toLowerCase())),
      complexity: this.complexity.complexity(),
    };
  }
}
