/** A pipeline run for a person to look at, as the window shows it. */
import type { Output, ParsedInput } from '../../shared/ipc/contract.ts';
import type { PipelineExecution, SqlRows } from '../../engine/index.ts';
import type { Workbench } from './workbench.ts';

type Trial = Output<'jobs.run'>;

const nothingRan: Trial = { status: 'cancelled', error: null, nodes: [], brokenLaws: [], quality: [], given: [] };

export async function runTrial(
  workbench: Workbench,
  { fileName, rows, generate }: ParsedInput<'jobs.run'>,
): Promise<Trial> {
  const execution = await workbench.runPipeline(fileName, { rows, generate });
  return execution === null ? nothingRan : trialView(execution);
}

/** Cells as text where they have no form of their own in messages. */
const plain = ({ columns, rows }: Pick<SqlRows, 'columns' | 'rows'>) => ({
  columns: [...columns],
  rows: rows.map((row) => row.map((value) => (typeof value === 'bigint' ? String(value) : value))),
});

function trialView({ run, error, given }: PipelineExecution): Trial {
  if (run === null) return { ...nothingRan, status: 'failed', error };
  const samples = [...run.samples].map(([name, sample]) => ({
    name,
    count: run.counts.get(name) ?? 0,
    ...plain(sample),
  }));
  return {
    status: run.status,
    error,
    nodes: run.nodes.map((node) => ({
      ...node,
      rejected: run.rejected.get(node.id) ?? null,
      samples: samples.filter(({ name }) => name === node.id || name.startsWith(`${node.id}__`)),
    })),
    brokenLaws: [...run.brokenLaws],
    quality: run.quality.map((one) => ({
      ...one,
      columns: [...one.columns],
      sample: one.sample === null ? null : plain(one.sample),
    })),
    given: given.map((one) => ({ ...one, notes: [...one.notes] })),
  };
}
