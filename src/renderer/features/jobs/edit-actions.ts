/** Editing a pipeline's text: drafts, their checks, saving. */
import { call } from '../../data/client.ts';
import { notify, reportFailure } from '../../data/notices.ts';
import { text } from '../../ui/text.ts';
import { loadJobs } from './list-actions.ts';
import { currentText, useJobs } from './store.ts';

const checkAfterMs = 300;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Takes a changed text over as a draft; it survives leaving the page, not the window. */
export function setDraft(fileName: string, yaml: string): void {
  const { drafts, pipeline } = useJobs.getState();
  const next = new Map(drafts);
  if (yaml === pipeline?.yaml) next.delete(fileName);
  else next.set(fileName, yaml);
  useJobs.setState({ drafts: next });
  checkSoon();
}

/** Has the text in hand checked by the engine's own validator, a moment after the last key. */
export function checkSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void checkNow().catch(reportFailure), checkAfterMs);
}

async function checkNow(): Promise<void> {
  const { fileName, pipeline } = useJobs.getState();
  if (fileName === null || pipeline === null || pipeline.yaml === null) return;
  const yaml = currentText(useJobs.getState());
  const result = await call('jobs.check', { fileName, yaml });
  const now = useJobs.getState();
  if (now.fileName === fileName && currentText(now) === yaml)
    useJobs.setState({ check: { fileName, yaml, ...result } });
}

export function discardDraft(): void {
  const { fileName, drafts } = useJobs.getState();
  if (fileName === null) return;
  const next = new Map(drafts);
  next.delete(fileName);
  useJobs.setState({ drafts: next });
  checkSoon();
}

/** Puts the generated text into the editor; saving it takes the edit back. */
export function restoreGenerated(): void {
  const { fileName, pipeline } = useJobs.getState();
  if (fileName !== null && pipeline?.generated != null) setDraft(fileName, pipeline.generated);
}

export async function savePipeline(): Promise<void> {
  const { fileName } = useJobs.getState();
  if (fileName === null) return;
  const yaml = currentText(useJobs.getState());
  useJobs.setState({ saving: true });
  try {
    const gate = await call('jobs.save', { fileName, yaml });
    const { drafts } = useJobs.getState();
    const left = new Map(drafts);
    if (left.get(fileName) === yaml) left.delete(fileName);
    const pipeline = await call('jobs.pipeline', { fileName });
    useJobs.setState({ drafts: left, ...(useJobs.getState().fileName === fileName ? { pipeline } : {}) });
    await loadJobs();
    notify('ok', text.jobs.saved(fileName, text.jobs.status[gate.status]));
  } finally {
    useJobs.setState({ saving: false });
  }
}
