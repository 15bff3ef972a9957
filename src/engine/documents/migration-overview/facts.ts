import type { ConversionJob } from '../../../shared/model/conversion.ts';
import type { EtlTool } from '../../../shared/model/etl.ts';
import type { MappingStatus } from '../../../shared/model/mapping.ts';
import { tableKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { type OpenPoints, type RunCounts, countByStatus, countRuns, openPoints } from '../facts/outcome.ts';
import { type StateView, countColumns } from '../facts/state-view.ts';

export interface Scope {
  readonly side: 'source' | 'target' | 'etl';
  readonly files: number;
  readonly tables: number;
  readonly columns: number;
}

export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly columns: number;
}

export interface ToolSummary {
  readonly tool: EtlTool;
  readonly jobs: number;
  readonly completed: number;
  readonly warned: number;
  readonly failed: number;
  readonly objects: number;
  readonly hours: number;
}

export interface OverviewFacts {
  readonly scope: readonly Scope[];
  readonly rows: number;
  readonly mappings: number;
  readonly statuses: ReadonlyMap<MappingStatus, number>;
  readonly flows: readonly Flow[];
  readonly runs: readonly RunCounts[];
  readonly tools: readonly ToolSummary[];
  readonly gateReasons: readonly { readonly file: string; readonly reason: string }[];
  readonly open: OpenPoints;
  readonly rectified: number;
}

export function overviewFacts(view: StateView): OverviewFacts {
  const { state } = view;
  const jobs = state.jobs ?? [];
  return {
    scope: scopeOf(view),
    rows: [...view.profiles.values()].reduce((sum, { rows }) => sum + rows, 0),
    mappings: view.mappings.length,
    statuses: countByStatus(view),
    flows: flowsOf(view),
    runs: countRuns(view),
    tools: toolsOf(jobs),
    gateReasons: jobs.flatMap(({ file, gate }) => gate.map((reason) => ({ file, reason }))),
    open: openPoints(view),
    rectified: state.rectifications?.length ?? 0,
  };
}

function scopeOf({ state, source, target }: StateView): readonly Scope[] {
  const files = (role: Scope['side']): number => state.inputs.filter((input) => input.role === role).length;
  const definitions = (state.discovery?.etl ?? []).flatMap((file) => file.definitions);
  return [
    { side: 'source', files: files('source'), tables: source.length, columns: countColumns(source) },
    { side: 'target', files: files('target'), tables: target.length, columns: countColumns(target) },
    {
      side: 'etl',
      files: files('etl'),
      tables: definitions.length,
      columns: definitions.reduce((sum, { table }) => sum + table.columns.length, 0),
    },
  ];
}

/** Accepted columns from source table to target table, most first. */
function flowsOf({ feeds }: StateView): readonly Flow[] {
  const flows = new Map<string, Flow>();
  for (const { mapping, target } of [...feeds.values()].flat()) {
    const [from, to] = [tableKey(mapping.source), tableKey(target)];
    const key = JSON.stringify([from, to]);
    flows.set(key, { from, to, columns: (flows.get(key)?.columns ?? 0) + 1 });
  }
  return [...flows.values()].sort(
    (a, b) => b.columns - a.columns || compareText(a.from, b.from) || compareText(a.to, b.to),
  );
}

function toolsOf(jobs: readonly ConversionJob[]): readonly ToolSummary[] {
  const tools = [...new Set(jobs.map(({ tool }) => tool))].sort(compareText);
  return tools.map((tool) => {
    const own = jobs.filter((job) => job.tool === tool);
    const having = (status: ConversionJob['status']): number => own.filter((job) => job.status === status).length;
    return {
      tool,
      jobs: own.length,
      completed: having('completed'),
      warned: having('completed_with_warnings'),
      failed: having('failed'),
      objects: own.reduce((sum, { objects }) => sum + objects.total, 0),
      hours: own.reduce((sum, { effortHours }) => sum + effortHours, 0),
    };
  });
}
