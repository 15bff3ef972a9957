import type { Workflow } from './model.ts';
import { orderNodes } from './order-nodes.ts';

/** Ids of a workflow's tasks such that each follows what it waits for, and of those that wait for themselves. */
export function orderTasks({ tasks }: Workflow): {
  readonly ordered: readonly string[];
  readonly cyclic: readonly string[];
} {
  const { ordered, cyclic } = orderNodes(
    tasks.map(({ id, depends_on }) => ({ id, depends_on: (depends_on ?? []).map(({ task }) => ({ node: task })) })),
  );
  return { ordered: ordered.map(({ id }) => id), cyclic };
}
