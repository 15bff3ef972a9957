/** What can be done on a job's page: choosing pipelines and nodes, following connections, jumping to issues. */
import { toErrorShape } from '../../../shared/errors.ts';
import type { PlacedIssue } from '../../../shared/ipc/contract.ts';
import { call } from '../../data/client.ts';
import { announce } from '../../data/notices.ts';
import { text } from '../../ui/text.ts';
import { checkSoon } from './edit-actions.ts';
import { focusGrid, loadJob } from './list-actions.ts';
import { type Tab, useJobs } from './store.ts';

export const pageId = 'job-page';

export async function openJob(id: string | null): Promise<void> {
  if (id === null) return;
  useJobs.setState({ screen: 'job', currentId: id, tab: 'graph', side: 'node' });
  if (useJobs.getState().job?.line.id !== id) await loadJob();
  await openPipeline(useJobs.getState().job?.pipelines[0]?.fileName ?? null);
  document.getElementById(pageId)?.focus();
}

export async function openEstate(): Promise<void> {
  useJobs.setState({ screen: 'estate' });
  try {
    useJobs.setState({ estate: await call('jobs.estate', {}), estateError: null });
  } catch (thrown) {
    useJobs.setState({ estateError: toErrorShape(thrown) });
  }
}

export function backToList(): void {
  useJobs.setState({ screen: 'list', fileName: null, pipeline: null, nodeId: null, check: null });
  requestAnimationFrame(focusGrid);
}

/** Shows a pipeline, and a node of it. */
export async function openPipeline(fileName: string | null, nodeId: string | null = null): Promise<void> {
  if (fileName !== useJobs.getState().fileName)
    useJobs.setState({ fileName, pipeline: null, nodeId: null, check: null, jump: null });
  if (fileName === null) return;
  try {
    const pipeline = await call('jobs.pipeline', { fileName });
    if (useJobs.getState().fileName !== fileName) return;
    const wanted = nodeId ?? useJobs.getState().nodeId;
    const known = pipeline.nodes.some((node) => node.id === wanted);
    useJobs.setState({ pipeline, nodeId: known ? wanted : (pipeline.nodes[0]?.id ?? null), jobError: null });
    checkSoon();
  } catch (thrown) {
    useJobs.setState({ jobError: toErrorShape(thrown) });
  }
}

export function showTab(tab: Tab): void {
  useJobs.setState({ tab, ...(tab === 'yaml' ? { side: 'issues' as const } : {}) });
  if (tab === 'yaml') jumpToNode();
}

export function chooseNode(nodeId: string): void {
  const node = useJobs.getState().pipeline?.nodes.find((one) => one.id === nodeId);
  if (node === undefined) return;
  useJobs.setState(({ side }) => ({ nodeId, side: side === 'run' ? side : 'node' }));
  const rows = node.rows === null ? '' : `, ${text.jobs.rows(node.rows)}`;
  announce(text.jobs.announceNode(node.id, text.jobs.standing[node.standing], rows));
}

/** Through all nodes, in the order of the document. */
export function moveNode(by: number): void {
  const { pipeline, nodeId } = useJobs.getState();
  const nodes = pipeline?.nodes ?? [];
  const at = nodes.findIndex((node) => node.id === nodeId);
  const next = nodes[Math.min(nodes.length - 1, Math.max(0, at + by))];
  if (next !== undefined) chooseNode(next.id);
}

/** Along a connection, forward or back; the first one where there are several. */
export function followEdge(direction: 'from' | 'to'): void {
  const { pipeline, nodeId } = useJobs.getState();
  const [here, there] = direction === 'to' ? (['from', 'to'] as const) : (['to', 'from'] as const);
  const edge = pipeline?.edges.find((one) => one[here] === nodeId);
  if (edge !== undefined) chooseNode(edge[there]);
}

export function nextNodeWithIssue(): void {
  const { pipeline, nodeId } = useJobs.getState();
  const nodes = pipeline?.nodes ?? [];
  const at = nodes.findIndex((node) => node.id === nodeId);
  const next = [...nodes.slice(at + 1), ...nodes.slice(0, at + 1)].find((node) => node.issues > 0);
  if (next !== undefined) chooseNode(next.id);
}

export function stepPipeline(by: number): void {
  const { job, fileName } = useJobs.getState();
  const all = job?.pipelines ?? [];
  const at = all.findIndex((one) => one.fileName === fileName);
  const next = all[(at + by + all.length) % all.length];
  if (next !== undefined) void openPipeline(next.fileName);
}

export function jumpToLine(line: number | null): void {
  if (line !== null) useJobs.setState(({ jump }) => ({ jump: { line, count: (jump?.count ?? 0) + 1 } }));
}

function jumpToNode(): void {
  const { pipeline, nodeId } = useJobs.getState();
  jumpToLine(pipeline?.nodes.find((node) => node.id === nodeId)?.line ?? null);
}

/** Shows the place of an issue: its pipeline and node, and its line where the text is shown. */
export async function goToIssue(issue: PlacedIssue): Promise<void> {
  const { fileName, tab } = useJobs.getState();
  const target = issue.pipeline ?? fileName;
  if (target !== fileName) await openPipeline(target, issue.node);
  else if (issue.node !== null) useJobs.setState({ nodeId: issue.node });
  if (tab === 'yaml') jumpToNode();
  else if (issue.node !== null) chooseNode(issue.node);
}
