/**
 * Running a workflow: its tasks in the order of its control flow, all in one database. What only the source tool's environment
 * can do (mail, commands, waiting) is not done, and nothing that waits for it is run.
 */
import { toErrorShape } from '../../shared/errors.ts';
import type { RowComparison } from '../dataflow/compare-rows.ts';
import type { Pipeline, TaskLink, Workflow, WorkflowTask } from '../dataflow/model.ts';
import { orderTasks } from '../dataflow/order-tasks.ts';
import { validateWorkflow } from '../dataflow/validate-workflow.ts';
import { outcomeVariable } from './control/control-rules.ts';
import type { PipelineExecution } from './execute-job.ts';
import type { WorkflowDatabase } from './workflow-database.ts';

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
  /** One for each target with expected rows, when all has been run. */
  readonly comparisons: readonly RowComparison[];
}

export interface WorkflowDocuments {
  /** Null where there is no such pipeline. */
  readonly pipeline: (name: string) => Pipeline | null;
  /** Null where there is no such document. */
  readonly workflow: (name: string) => Workflow | null;
}

export interface WorkflowRunner extends WorkflowDocuments {
  /** One for the whole run, with everything that it may run. */
  readonly database: WorkflowDatabase;
}

const maximumDepth = 8;
const maximumRounds = 10_000;

/** A link that holds, one that does not, and one that only the source tool decides. */
type Decision = 'holds' | 'fails' | 'undecided';

const endedAs = (wanted: TaskLink['outcome'], { status }: TaskRun): boolean =>
  wanted === 'done' ? status === 'passed' || status === 'failed' : status === (wanted ?? 'passed');

const isUndecided = ({ outcome, expression, condition }: TaskLink): boolean =>
  outcome === undefined && expression === undefined && (condition ?? '').trim() !== '';

/** The workflow that a task runs, or the content of a container, which is a workflow of its own. */
function innerOf(task: WorkflowTask, outer: Workflow, documents: WorkflowDocuments): Workflow | null {
  const isBlock = /^(?:worklet$|stock:)/i.test(task.type);
  for (const name of [task.workflow, ...(isBlock ? [task.id, `${outer.name}\\${task.id}`] : [])]) {
    const found = name === undefined ? null : documents.workflow(name);
    if (found !== null) return found;
  }
  return null;
}

/** What a run of `workflow` may come to, each once. */
export function reachableFrom(
  workflow: Workflow,
  documents: WorkflowDocuments,
): { readonly pipelines: readonly Pipeline[]; readonly inner: readonly Workflow[] } {
  const found = new Set<Pipeline>();
  const seen = new Set([workflow]);
  for (const one of seen)
    for (const task of one.tasks) {
      const pipeline = task.pipeline === undefined ? null : documents.pipeline(task.pipeline);
      if (pipeline !== null) found.add(pipeline);
      const inner = innerOf(task, one, documents);
      if (inner !== null) seen.add(inner);
    }
  return { pipelines: [...found], inner: [...seen].slice(1) };
}

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
    await this.runner.database.begin(this.workflow);
    const byId = new Map(this.workflow.tasks.map((task) => [task.id, task]));
    for (const id of orderTasks(this.workflow).ordered) {
      const task = byId.get(id);
      if (task === undefined) continue;
      const run = await this.one(task);
      const handled = run.status === 'failed' ? await this.handlers(task, run.detail) : [];
      this.done.set(id, handled.length === 0 ? run : { ...run, tasks: [...run.tasks, ...handled] });
      await this.remember(run);
    }
    return [...this.done.values()];
  }

  /** Runs the event handlers of the task, then those of the containers around it, as their events bubble up. */
  private async handlers({ id, type }: WorkflowTask, reason: string): Promise<readonly TaskRun[]> {
    const runs: TaskRun[] = [];
    // What failed in a container has been handled there.
    const isContainer = /^stock:/i.test(type);
    const path = `${this.workflow.name}\\${id}`.split('\\');
    if (isContainer || this.isHandler) return runs;
    for (let length = path.length; length > 0; length -= 1)
      for (const event of ['OnError', 'OnTaskFailed']) {
        const inner = this.runner.workflow(`${path.slice(0, length).join('\\')} [${event}]`);
        if (inner === null) continue;
        await this.runner.database.set('System::SourceName', id);
        await this.runner.database.set('System::ErrorDescription', reason);
        const { status, error, tasks } = await this.call(inner);
        const detail = error ?? `It ran because ${id} failed`;
        runs.push({ task: inner.name, type: event, status, detail, execution: null, tasks });
      }
    return runs;
  }

  private get isHandler(): boolean {
    return /\[On\w+\]/.test(this.workflow.name);
  }

  /** What later conditions may ask of the task. */
  private async remember({ task, status, execution }: TaskRun): Promise<void> {
    if (status === 'skipped' || status === 'unsupported') return;
    const { database } = this.runner;
    await database.set(outcomeVariable(task, 'status'), status === 'passed' ? 'SUCCEEDED' : 'FAILED');
    if (execution?.run == null) return;
    const rows = execution.run.nodes.reduce(
      (sum, node) => sum + (execution.sinks.includes(node.id) ? (node.rows ?? 0) : 0),
      0,
    );
    await database.set(outcomeVariable(task, 'rows'), rows);
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
    try {
      const waits = await this.waits(task);
      if (waits !== null) return ended(waits.status, waits.detail);
      return task.disabled === true ? ended('passed', 'It is switched off') : await this.work(task, ended);
    } catch (thrown) {
      const { code, message, hint } = toErrorShape(thrown);
      if (code === 'CANCELLED') throw thrown;
      return ended('failed', hint === undefined || hint === null ? message : `${message} ${hint}`);
    }
  }

  /** Why a task does not run now; null where it does. */
  private async waits(task: WorkflowTask): Promise<{ readonly status: Status; readonly detail: string } | null> {
    const links = task.depends_on ?? [];
    const reasons: { readonly decision: Decision; readonly detail: string }[] = [];
    for (const link of links) {
      const decision = await this.decide(link);
      if (decision === 'holds' && task.join === 'any') return null;
      if (decision === 'holds') continue;
      reasons.push({ decision, detail: this.reason(link, decision) });
      if (task.join !== 'any') break;
    }
    const undecided = reasons.find((one) => one.decision === 'undecided');
    if (undecided !== undefined) return { status: 'unsupported', detail: undecided.detail };
    const [first] = reasons;
    return first === undefined ? null : { status: 'skipped', detail: first.detail };
  }

  private async decide(link: TaskLink): Promise<Decision> {
    const earlier = this.done.get(link.task);
    const hasEnded = earlier !== undefined && endedAs('done', earlier);
    if (!hasEnded) return 'fails';
    if (isUndecided(link)) return 'undecided';
    const ended = endedAs(link.outcome, earlier);
    if (link.expression === undefined) return ended ? 'holds' : 'fails';
    if (link.either === true && ended) return 'holds';
    if (!ended && link.either !== true) return 'fails';
    return (await this.runner.database.holds(link.expression)) ? 'holds' : 'fails';
  }

  private reason({ task, condition }: TaskLink, decision: Decision): string {
    if (decision === 'undecided') return `Whether it runs after ${task} is decided by the source tool: ${condition}`;
    const status = this.done.get(task)?.status;
    if (status === 'unsupported') return `${task} cannot be run here`;
    const does = condition === undefined ? '' : `, and ${condition} does not hold`;
    return `${task} is ${status ?? 'missing'}${status === 'passed' || status === 'failed' ? does : ''}`;
  }

  private async work(task: WorkflowTask, ended: Ended): Promise<TaskRun> {
    if (task.conversion === 'unsupported' || task.conversion === 'llm_unavailable')
      return ended('unsupported', task.notes?.[0] ?? `${task.type} runs in the source tool's environment only`);
    if (task.pipeline !== undefined) return this.pipeline(task, task.pipeline, ended);
    if (task.loop !== undefined) return this.rounds(task, task.loop, ended);
    if (task.statements !== undefined) {
      const count = await this.runner.database.statements(task.statements);
      return ended(
        'passed',
        task.statements.length === 0
          ? (task.notes?.[0] ?? '')
          : `${count} of ${task.statements.length} statements were run`,
      );
    }
    if (task.type.toLowerCase() === 'start') return ended('passed', 'The workflow starts');
    return this.nested(task, ended);
  }

  private async pipeline({ values }: WorkflowTask, name: string, ended: Ended): Promise<TaskRun> {
    const pipeline = this.runner.pipeline(name);
    if (pipeline === null)
      return ended('failed', `The pipeline ${name} is not among the files. Put it beside the workflow.`);
    const { database } = this.runner;
    const execution = await database.withOwn([], values, () => database.pipeline(pipeline));
    const passed = execution.error === null && execution.run?.status === 'passed';
    return ended(
      passed ? 'passed' : 'failed',
      execution.error ?? `The pipeline ${name} ${passed ? 'passed' : 'failed'}`,
      { execution },
    );
  }

  private async rounds(task: WorkflowTask, loop: NonNullable<WorkflowTask['loop']>, ended: Ended): Promise<TaskRun> {
    const { database } = this.runner;
    const inner = innerOf(task, this.workflow, this.runner);
    if (inner === null)
      return ended('failed', 'The content of the loop is not among the files. Put it beside this one.');
    let last: WorkflowExecution | null = null;
    for await (const round of roundsOf(loop, database)) {
      if (round > maximumRounds) return ended('failed', `The loop did not end after ${maximumRounds} rounds`);
      last = await this.call(inner);
      const stopped = stoppedAt(round, last, 'each' in loop ? loop.end : undefined);
      if (stopped !== null) return ended(stopped.status, stopped.detail, { tasks: last.tasks });
    }
    return ended('passed', last === null ? 'The loop had no round' : 'The loop ended', { tasks: last?.tasks ?? [] });
  }

  private async call(inner: Workflow): Promise<WorkflowExecution> {
    if (this.depth >= maximumDepth)
      return {
        name: inner.name,
        status: 'failed',
        tasks: [],
        comparisons: [],
        error: `Workflows call each other more than ${maximumDepth} deep`,
      };
    return executeWorkflow(inner, this.runner, this.depth + 1);
  }

  private async nested(task: WorkflowTask, ended: Ended): Promise<TaskRun> {
    const inner = innerOf(task, this.workflow, this.runner);
    if (inner !== null) {
      // A container shares the variables of its package; what is called by name has its own.
      const own = task.workflow === undefined ? [] : (inner.parameters ?? []).map(({ name }) => name);
      const { tasks, status, error } = await this.runner.database.withOwn(own, task.values, () => this.call(inner));
      return ended(status, error ?? `The workflow ${inner.name} ${status}`, { tasks });
    }
    if (task.workflow !== undefined)
      return ended('failed', `The workflow ${task.workflow} is not among the files. Put it beside this one.`);
    return ended('unsupported', `${task.type} runs in the source tool's environment only`);
  }
}

/** Why a loop has no more rounds after this one; null where it goes on. `end` is the task that a round has to come to. */
function stoppedAt(
  round: number,
  { status, error, tasks }: WorkflowExecution,
  end: string | undefined,
): { readonly status: Status; readonly detail: string } | null {
  const goesOn = end === undefined ? status === 'passed' : tasks.find(({ task }) => task === end)?.status === 'passed';
  if (goesOn) return null;
  if (end !== undefined && status === 'passed')
    return { status: 'skipped', detail: `Round ${round} did not come to ${end}, which ends the loop` };
  return { status: 'failed', detail: error ?? `Round ${round} failed` };
}

/** The rounds of a loop, from 1, with its variables as each round finds them. */
async function* roundsOf(loop: NonNullable<WorkflowTask['loop']>, database: WorkflowDatabase): AsyncGenerator<number> {
  if ('each' in loop) {
    const rows = await database.each(loop.each);
    for (let round = 1; round <= rows.count; round += 1) {
      await rows.take(round, loop.variables);
      yield round;
    }
    return;
  }
  if (loop.start !== undefined) await database.statements([{ sql: loop.start }]);
  for (let round = 1; await database.holds(loop.while); round += 1) {
    yield round;
    if (loop.next !== undefined) await database.statements([{ sql: loop.next }]);
  }
}

/** Runs `workflow`. It passed where no task failed or could not be run; a branch that its condition left out is neither. */
export async function executeWorkflow(
  workflow: Workflow,
  runner: WorkflowRunner,
  depth = 0,
): Promise<WorkflowExecution> {
  const { name } = workflow;
  const problem = validateWorkflow(workflow).find((one) => one.severity === 'error');
  if (problem !== undefined) return { name, status: 'failed', tasks: [], error: problem.message, comparisons: [] };
  const tasks = await new WorkflowRun(workflow, runner, depth).run();
  const comparisons = depth === 0 ? await runner.database.compare() : [];
  const passed =
    comparisons.every(({ equal }) => equal) &&
    tasks.every(({ status }) => status !== 'failed' && status !== 'unsupported');
  return { name, status: passed ? 'passed' : 'failed', tasks, error: null, comparisons };
}
