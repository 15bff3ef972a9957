/**
 * Running a workflow: its pipelines in the order of its control flow, each in a database of its own. What only the source
 * tool's environment can do (mail, commands, waiting, decisions) is not done, and nothing that waits for it is run.
 */
import type { Workflow } from '../dataflow/model.ts';
import { orderTasks } from '../dataflow/order-tasks.ts';
import { validateWorkflow } from '../dataflow/validate-workflow.ts';
import type { PipelineExecution } from './execute-job.ts';

type WorkflowTask = Workflow['tasks'][number];
type Status = 'passed' | 'failed' | 'unsupported' | 'skipped';

export interface TaskRun {
  readonly task: string;
  readonly type: string;
  /** `skipped`: a condition kept it from running, or what it waits for did not run. */
  readonly status: Status;
  readonly detail: string;
  readonly execution: PipelineExecution | null;
  /** Of a task that runs another workflow. */
  readonly tasks: readonly TaskRun[];
}

export interface WorkflowExecution {
  readonly name: string;
  readonly status: 'passed' | 'failed';
  readonly tasks: readonly TaskRun[];
  /** Why nothing was run. */
  readonly error: string | null;
}

export interface WorkflowRunner {
  /** Null where there is no such pipeline. */
  readonly pipeline: (name: string) => Promise<PipelineExecution | null>;
  /** Null where there is no such document. */
  readonly workflow: (name: string) => Promise<Workflow | null>;
}

const maximumDepth = 8;

type Wanted = 'passed' | 'failed' | 'done';

const wantedByWord: readonly (readonly [RegExp, Wanted])[] = [
  [/^(?:success|ok)$/i, 'passed'],
  [/^(?:failure|failed)$/i, 'failed'],
  [/^(?:completion|unconditional|otherwise)$/i, 'done'],
  [/^\$[^\s.]{1,200}\.(?:PrevTaskStatus|Status)\s*=\s*SUCCEEDED$/i, 'passed'],
  [/^\$[^\s.]{1,200}\.(?:PrevTaskStatus|Status)\s*=\s*FAILED$/i, 'failed'],
];

/** What a condition asks of the task before; null for an expression of the source tool. */
function wantedOf(condition: string | undefined): Wanted | null {
  if (condition === undefined || condition.trim() === '') return 'passed';
  return wantedByWord.find(([pattern]) => pattern.test(condition.trim()))?.[1] ?? null;
}

const holds = (wanted: Wanted, { status }: TaskRun): boolean =>
  wanted === 'done' ? status === 'passed' || status === 'failed' : status === wanted;

type Ended = (status: Status, detail: string, more?: Partial<TaskRun>) => TaskRun;

class WorkflowRun {
  private readonly runner: WorkflowRunner;
  private readonly workflow: Workflow;
  private readonly depth: number;
  private readonly done = new Map<string, TaskRun>();

  constructor(workflow: Workflow, runner: WorkflowRunner, depth: number) {
    this.workflow = workflow;
    this.runner = runner;
    this.depth = depth;
  }

  async run(): Promise<readonly TaskRun[]> {
    const byId = new Map(this.workflow.tasks.map((task) => [task.id, task]));
    for (const id of orderTasks(this.workflow).ordered) {
      const task = byId.get(id);
      if (task !== undefined) this.done.set(id, await this.one(task));
    }
    return [...this.done.values()];
  }

  private async one(task: WorkflowTask): Promise<TaskRun> {
    const ended = (status: Status, detail: string, more: Partial<TaskRun> = {}): TaskRun => ({
      task: task.id,
      type: task.type,
      status,
      detail,
      execution: null,
      tasks: [],
      ...more,
    });
    for (const { task: before, condition } of task.depends_on ?? []) {
      const wanted = wantedOf(condition);
      const earlier = this.done.get(before);
      if (wanted === null)
        return ended('unsupported', `Whether it runs after ${before} is decided by the source tool: ${condition}`);
      if (earlier === undefined || !holds(wanted, earlier))
        return ended(
          'skipped',
          `${before} ${earlier?.status === 'unsupported' ? 'cannot be run here' : `is ${earlier?.status ?? 'missing'}`}`,
        );
    }
    if (task.pipeline !== undefined) return this.pipeline(task.pipeline, ended);
    if (task.type.toLowerCase() === 'start') return ended('passed', 'The workflow starts');
    return this.nested(task, ended);
  }

  private async pipeline(name: string, ended: Ended): Promise<TaskRun> {
    const execution = await this.runner.pipeline(name);
    if (execution === null)
      return ended('failed', `The pipeline ${name} is not among the files. Put it beside the workflow.`);
    const passed =
      execution.error === null && execution.run?.status === 'passed' && execution.comparisons.every((one) => one.equal);
    return ended(
      passed ? 'passed' : 'failed',
      execution.error ?? `The pipeline ${name} ${passed ? 'passed' : 'failed'}`,
      { execution },
    );
  }

  /** A task that runs another workflow, or a container whose content is a workflow of its own. A loop is neither. */
  private async nested(task: WorkflowTask, ended: Ended): Promise<TaskRun> {
    const isBlock = /^(?:worklet|stock:sequence)$/i.test(task.type);
    const names = [task.workflow, ...(isBlock ? [task.id, `${this.workflow.name}\\${task.id}`] : [])];
    for (const name of names) {
      const inner = name === undefined ? null : await this.runner.workflow(name);
      if (inner === null) continue;
      if (this.depth >= maximumDepth)
        return ended('failed', `Workflows call each other more than ${maximumDepth} deep`);
      const { tasks, status, error } = await executeWorkflow(inner, this.runner, this.depth + 1);
      return ended(status, error ?? `The workflow ${inner.name} ${status}`, { tasks });
    }
    if (task.workflow !== undefined)
      return ended('failed', `The workflow ${task.workflow} is not among the files. Put it beside this one.`);
    return ended('unsupported', `${task.type} runs in the source tool's environment only`);
  }
}

/** Runs `workflow`. It passed where no task failed or could not be run; a branch that its condition left out is neither. */
export async function executeWorkflow(
  workflow: Workflow,
  runner: WorkflowRunner,
  depth = 0,
): Promise<WorkflowExecution> {
  const problem = validateWorkflow(workflow).find((one) => one.severity === 'error');
  if (problem !== undefined) return { name: workflow.name, status: 'failed', tasks: [], error: problem.message };
  const tasks = await new WorkflowRun(workflow, runner, depth).run();
  const failed = tasks.some(({ status }) => status === 'failed' || status === 'unsupported');
  return { name: workflow.name, status: failed ? 'failed' : 'passed', tasks, error: null };
}
