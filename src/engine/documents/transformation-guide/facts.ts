import type { SqlRun, SqlStatement } from '../../../shared/model/artifacts.ts';
import type { ConversionJob, PipelineArtifact } from '../../../shared/model/conversion.ts';
import { type Transformation, isAccepted, transformationTypes } from '../../../shared/model/mapping.ts';
import { compareText } from '../../core/text.ts';
import type { PipelineNode } from '../../dataflow/model.ts';
import { parsePipeline } from '../../dataflow/parse-pipeline.ts';
import { type MappingTarget, type StateView, runKey } from '../facts/state-view.ts';

export interface ConversionGroup {
  readonly type: Transformation['type'];
  readonly targets: readonly MappingTarget[];
}

export interface LoadFacts {
  readonly statement: SqlStatement;
  readonly run: SqlRun | null;
}

/** An expression of the legacy tool and what it became; `converted` is null where it became nothing. */
export interface ExpressionPair {
  readonly where: string;
  readonly original: string;
  readonly converted: string | null;
}

export interface JobFacts {
  readonly job: ConversionJob;
  readonly expressions: readonly ExpressionPair[];
  /** Pipelines whose text could not be read back. */
  readonly unreadable: readonly string[];
  /** Pipelines that were not read back because the document has enough. */
  readonly unread: number;
}

export interface GuideFacts {
  readonly conversions: readonly ConversionGroup[];
  readonly loads: readonly LoadFacts[];
  readonly jobs: readonly JobFacts[];
  /** Converted files beyond those that are described. */
  readonly totalJobs: number;
  readonly hours: number;
}

/** Files of legacy ETL that are described one by one; the figures count all. */
const describedJobs = 40;
/** Characters of YAML that are read back at most: beyond it the pipelines themselves are the better reading. */
const readCharacters = 2_000_000;

export function guideFacts(view: StateView): GuideFacts {
  const accepted = view.targets.filter(({ mapping }) => isAccepted(mapping));
  const jobs = (view.state.jobs ?? []).toSorted((a, b) => compareText(a.file, b.file));
  return {
    conversions: transformationTypes.flatMap((type) => {
      const targets = accepted.filter(({ transformation }) => transformation.type === type);
      return targets.length === 0 || type === 'none' ? [] : [{ type, targets }];
    }),
    loads: view.statements
      .filter(({ kind }) => kind === 'load')
      .map((statement) => ({ statement, run: view.runs.get(runKey(statement)) ?? null })),
    jobs: describe(jobs.slice(0, describedJobs)),
    totalJobs: jobs.length,
    hours: jobs.reduce((sum, { effortHours }) => sum + effortHours, 0),
  };
}

function describe(jobs: readonly ConversionJob[]): readonly JobFacts[] {
  let left = readCharacters;
  return jobs.map((job) => {
    const taken = job.pipelines.filter(({ yaml }) => {
      left -= yaml.length;
      return left >= 0;
    });
    const read = taken.map((pipeline) => ({ pipeline, nodes: nodesOf(pipeline) }));
    return {
      job,
      expressions: read.flatMap(({ nodes }) => (nodes ?? []).flatMap(pairsOf)),
      unreadable: read.filter(({ nodes }) => nodes === null).map(({ pipeline }) => pipeline.fileName),
      unread: job.pipelines.length - taken.length,
    };
  });
}

function nodesOf({ kind, yaml }: PipelineArtifact): readonly PipelineNode[] | null {
  if (kind === 'Workflow') return [];
  const { document } = parsePipeline(yaml);
  return document?.kind === 'Pipeline' ? document.nodes : null;
}

function pairsOf({ id, columns = [], outputs = [], original }: PipelineNode): readonly ExpressionPair[] {
  const all = [...columns, ...outputs.flatMap((output) => output.columns)];
  const ports = all.flatMap((column) =>
    column.original === undefined
      ? []
      : [{ where: `${id}.${column.name}`, original: column.original, converted: column.expression ?? null }],
  );
  return original === undefined ? ports : [{ where: id, original, converted: null }, ...ports];
}
