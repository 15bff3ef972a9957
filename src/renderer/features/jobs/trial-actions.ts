/** Running the pipeline in hand, and saying what a setting of its source system is. */
import { call } from '../../data/client.ts';
import { announce, notify } from '../../data/notices.ts';
import { text } from '../../ui/text.ts';
import { loadJob, loadJobs } from './list-actions.ts';
import { openPipeline } from './page-actions.ts';
import { type PipelineData, type Trial, useJobs } from './store.ts';

export const isRunning = (trial: Trial | null): boolean => trial !== null && trial.result === null;

/** Runs the pipeline; its rows and errors stand in the drawing until it is opened again. */
export async function runPipeline(): Promise<void> {
  const { fileName, trialRows, trialCount } = useJobs.getState();
  if (fileName === null) return;
  const trial: Trial = { fileName, result: null };
  useJobs.setState({ trial, side: 'run' });
  try {
    const result = await call('jobs.run', { fileName, rows: trialRows, generate: trialCount });
    if (useJobs.getState().trial !== trial) return;
    const { pipeline } = useJobs.getState();
    const isShown = pipeline !== null && useJobs.getState().fileName === fileName;
    useJobs.setState({ trial: { fileName, result }, ...(isShown ? { pipeline: withOutcomes(pipeline, result) } : {}) });
    announce(text.jobs.trial.status[result.status]);
  } catch (thrown) {
    if (useJobs.getState().trial === trial) useJobs.setState({ trial: null });
    throw thrown;
  }
}

function withOutcomes(pipeline: PipelineData, { nodes, status }: NonNullable<Trial['result']>): PipelineData {
  if (status === 'cancelled') return pipeline;
  const outcomes = new Map(nodes.map((node) => [node.id, node]));
  return {
    ...pipeline,
    nodes: pipeline.nodes.map((node) => ({
      ...node,
      rows: outcomes.get(node.id)?.rows ?? null,
      error: outcomes.get(node.id)?.error ?? null,
    })),
  };
}

export async function cancelTrial(): Promise<void> {
  await call('jobs.cancelRun', {});
}

/** Null takes back what was said. The jobs that depend on it are converted anew. */
export async function changeSetting(id: string, value: string | null): Promise<void> {
  useJobs.setState({ setting: id });
  try {
    await call('jobs.setting', { id, value });
    await loadJobs();
    await loadJob();
    const { job, fileName } = useJobs.getState();
    const same = job?.pipelines.find((one) => one.fileName === fileName) ?? job?.pipelines[0];
    useJobs.setState({ trial: null });
    await openPipeline(same?.fileName ?? null);
    notify('ok', text.jobs.settings.saved);
  } finally {
    useJobs.setState({ setting: null });
  }
}
