/** Checks of a workflow beyond its shape: names, references and circles of its tasks, and what its SQL may do. */
import { findSqlProblems, findStatementProblems } from '../sql/safety.ts';
import type { Workflow, WorkflowTask } from './model.ts';
import { orderTasks } from './order-tasks.ts';
import type { PipelineProblem } from './validate-pipeline.ts';

function sqlOfLoop({ loop }: WorkflowTask): Readonly<Record<'conditions' | 'statements', readonly string[]>> {
  if (loop === undefined) return { conditions: [], statements: [] };
  if ('each' in loop) return { conditions: [`(${loop.each})`], statements: [] };
  return { conditions: [loop.while], statements: [loop.start, loop.next].filter((one) => one !== undefined) };
}

/** What a task's SQL must not do. */
function sqlProblems(task: WorkflowTask): readonly string[] {
  const loop = sqlOfLoop(task);
  const conditions = [
    ...(task.depends_on ?? []).map((link) => link.expression),
    ...(task.statements ?? []).map((one) => one.when),
    ...(task.values ?? []).map((one) => one.sql),
    ...loop.conditions,
  ].filter((one) => one !== undefined);
  const statements = [...(task.statements ?? []).map((one) => one.sql), ...loop.statements];
  return [
    ...conditions.flatMap((sql) => findSqlProblems(`SELECT ${sql}`)),
    ...statements.flatMap((sql) => findStatementProblems(sql)),
  ];
}

/** Everything that is wrong with `workflow`; empty when its tasks can be put in order. */
export function validateWorkflow(workflow: Workflow): readonly PipelineProblem[] {
  const error = (node: string | null, message: string): PipelineProblem => ({ severity: 'error', node, message });
  const ids = new Set<string>();
  const twice = workflow.tasks.filter(({ id }) => ids.size === ids.add(id).size);
  const { cyclic } = orderTasks(workflow);
  return [
    ...twice.map(({ id }) => error(id, `The task ${id} is there twice. Rename one.`)),
    ...(cyclic.length === 0
      ? []
      : [error(cyclic[0] ?? null, `Tasks wait for each other in a circle: ${cyclic.join(', ')}. Take one link out.`)]),
    ...workflow.tasks.flatMap((task) =>
      sqlProblems(task).map((problem) =>
        error(
          task.id,
          `The SQL of ${task.id} ${problem}. A statement works on the tables and variables of the run only.`,
        ),
      ),
    ),
    ...workflow.tasks.flatMap(({ id, depends_on }) =>
      (depends_on ?? [])
        .filter(({ task }) => !ids.has(task))
        .map(({ task }) =>
          error(id, `${id} waits for ${task}, which does not exist. Name one of the tasks, or add it.`),
        ),
    ),
  ];
}
