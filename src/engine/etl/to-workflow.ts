/** A legacy workflow as a DataFlow document: tasks, what they wait for, what they do, and the pipelines that they run. */
import type { EtlFile, EtlSettings, EtlTask, EtlWorkflow } from '../../shared/model/etl.ts';
import type { TaskLink, Workflow, WorkflowTask } from '../dataflow/model.ts';
import type { ControlContext, ControlRules, Work } from './control/control-rules.ts';
import { etlToolRegistry } from './registry.ts';
import { generator } from './pipeline-head.ts';

/** A tool without control flow of its own. */
const plainRules: ControlRules = {
  link: ({ condition }) => (condition === null ? {} : { condition }),
  work: () => null,
  joinsAny: () => false,
  isDisabled: () => false,
};

function workOf(
  task: EtlTask,
  rules: ControlRules,
  context: ControlContext & { readonly pipelines: ReadonlySet<string> },
): Work {
  if (task.type === 'Session' || task.mapping !== null) {
    if (task.mapping !== null && context.pipelines.has(task.mapping)) return { conversion: 'rule_engine' };
    return {
      conversion: 'unsupported',
      notes: [`The mapping ${task.mapping ?? ''} is not in this file. Export the workflow with its dependencies.`],
    };
  }
  if (task.workflow !== undefined) return rules.work(task, context) ?? { conversion: 'rule_engine' };
  const type = task.type.toLowerCase();
  if (type === 'start' || type === 'worklet') return { conversion: 'rule_engine' };
  return (
    rules.work(task, context) ?? {
      conversion: 'unsupported',
      notes: [`${task.type} runs outside the pipelines and is to be set up in the new scheduler`],
    }
  );
}

const runsOther = ({ mapping, workflow, type }: EtlTask): boolean =>
  mapping !== null || workflow !== undefined || type.toLowerCase() === 'worklet';

function configOf(task: EtlTask): Record<string, string> {
  return Object.fromEntries(
    task.properties
      .filter((one) => one.value !== null && one.value !== '' && !one.name.includes('.') && one.name !== '__proto__')
      .map((one) => [one.name, one.value ?? '']),
  );
}

export interface WorkflowOptions {
  /** Names of the pipelines that the file converts to. */
  readonly pipelines: ReadonlySet<string>;
  readonly time: string | null;
  readonly settings?: EtlSettings;
}

/** The documents that `workflow` converts to. */
export function toWorkflows(workflow: EtlWorkflow, file: EtlFile, options: WorkflowOptions): readonly Workflow[] {
  const parts = etlToolRegistry[file.tool].control?.parts?.(workflow) ?? [workflow];
  return parts.map((part) => toWorkflow(part, file, options));
}

interface TaskContext extends ControlContext {
  readonly pipelines: ReadonlySet<string>;
  readonly rules: ControlRules;
  /** The macros that the document needs. */
  readonly macros: Set<string>;
}

function linksOf(task: EtlTask, context: TaskContext): readonly TaskLink[] {
  const { rules, workflow, macros } = context;
  const links = workflow.links.flatMap((link): readonly TaskLink[] => {
    if (link.to !== task.name) return [];
    const { macros: used, ...decided } = rules.link(link, context);
    for (const macro of used ?? []) macros.add(macro);
    return [{ task: link.from, ...decided }];
  });
  return [...links, ...(rules.waitsFor?.(task, context) ?? [])];
}

/** What the task does, with the values that it hands over. */
function workWithValues(task: EtlTask, context: TaskContext): Partial<WorkflowTask> & Pick<WorkflowTask, 'conversion'> {
  const { rules, macros } = context;
  const { macros: used, ...work } = workOf(task, rules, context);
  const runs = work.conversion === 'rule_engine' && work.loop === undefined && runsOther(task);
  const given = runs ? rules.handsOver?.(task, context) : undefined;
  for (const macro of [...(used ?? []), ...(given?.macros ?? [])]) macros.add(macro);
  const notes = [...(work.notes ?? []), ...(given?.notes ?? [])];
  return {
    ...(given === undefined || given.values.length === 0 ? {} : { values: given.values }),
    ...work,
    ...(notes.length === 0 ? {} : { notes }),
  };
}

function toTask(task: EtlTask, context: TaskContext): WorkflowTask {
  const { rules, pipelines } = context;
  const links = linksOf(task, context);
  const config = task.type === 'Session' || task.type === 'Start' ? {} : configOf(task);
  return {
    id: task.name,
    type: task.type,
    ...(task.mapping !== null && pipelines.has(task.mapping) ? { pipeline: task.mapping } : {}),
    ...(task.workflow === undefined ? {} : { workflow: task.workflow }),
    ...(links.length === 0 ? {} : { depends_on: links }),
    ...(links.length > 1 && rules.joinsAny(task, context) ? { join: 'any' as const } : {}),
    ...(rules.isDisabled(task) ? { disabled: true } : {}),
    ...(Object.keys(config).length === 0 ? {} : { config }),
    ...workWithValues(task, context),
  };
}

/** The document. Equal workflows and options give an equal document. */
function toWorkflow(workflow: EtlWorkflow, file: EtlFile, options: WorkflowOptions): Workflow {
  const rules = etlToolRegistry[file.tool].control ?? plainRules;
  const macros = new Set<string>();
  const { pipelines, settings: said = {} } = options;
  const context = { file, workflow, said, pipelines, rules, macros };
  const tasks = workflow.tasks.map((task) => toTask(task, context));
  const description = rules.describe?.(workflow);
  const parameters = workflow.parameters
    .filter((one) => one.name.startsWith('$$') || !one.name.startsWith('$') || one.name.startsWith('$Package'))
    .map((one) => ({
      name: one.name,
      type: one.dataType,
      ...(one.defaultValue === null ? {} : { default: one.defaultValue }),
    }));
  return {
    apiVersion: 'dataflow/v1',
    kind: 'Workflow',
    name: workflow.name,
    ...(description == null ? {} : { description }),
    origin: {
      tool: file.tool,
      file: file.file,
      object: workflow.folder === null ? workflow.name : `${workflow.folder}/${workflow.name}`,
    },
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(macros.size === 0 ? {} : { macros: [...macros].sort() }),
    tasks,
    metadata: { ...(options.time === null ? {} : { generated_at: options.time }), generator },
  };
}
