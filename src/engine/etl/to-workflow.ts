/** A legacy workflow as a DataFlow document: tasks, what they wait for, what they do, and the pipelines that they run. */
import type { EtlFile, EtlSettings, EtlTask, EtlWorkflow } from '../../shared/model/etl.ts';
import type { Workflow, WorkflowTask } from '../dataflow/model.ts';
import type { ControlContext, ControlRules, Work } from './control/control-rules.ts';
import { etlToolRegistry } from './registry.ts';
import { generator } from './to-pipeline.ts';

/** A tool without control flow of its own. */
const plainRules: ControlRules = {
  link: ({ condition }) => (condition === null ? {} : { condition }),
  work: () => null,
  joinsAny: () => false,
  isDisabled: () => false,
};

/** What the task hands to the workflow that it runs. */
function parametersNote(task: EtlTask): Pick<WorkflowTask, 'notes'> {
  const names = task.properties.flatMap((one) => (one.name === 'ParameterName' ? (one.value ?? []) : []));
  if (names.length === 0) return {};
  return { notes: [`It is given values for ${names.join(', ')}: set them where the workflow is scheduled`] };
}

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
  if (task.workflow !== undefined) return { conversion: 'rule_engine', ...parametersNote(task) };
  const type = task.type.toLowerCase();
  if (type === 'start' || type === 'worklet') return { conversion: 'rule_engine' };
  return (
    rules.work(task, context) ?? {
      conversion: 'unsupported',
      notes: [`${task.type} runs outside the pipelines and is to be set up in the new scheduler`],
    }
  );
}

function configOf(task: EtlTask): Record<string, string> {
  return Object.fromEntries(
    task.properties
      .filter((one) => one.value !== null && one.value !== '' && !one.name.includes('.') && one.name !== '__proto__')
      .map((one) => [one.name, one.value ?? '']),
  );
}

/** A loop's end leads back to its start: that is no order of tasks. */
function leadsBack(from: string, to: string, workflow: EtlWorkflow): boolean {
  const type = (name: string): string | undefined => workflow.tasks.find((one) => one.name === name)?.type;
  return type(from) === 'CEndLoopActivity' && type(to) === 'CStartLoopActivity';
}

export interface WorkflowOptions {
  /** Names of the pipelines that the file converts to. */
  readonly pipelines: ReadonlySet<string>;
  readonly time: string | null;
  readonly settings?: EtlSettings;
}

/** The document. Equal workflows and options give an equal document. */
export function toWorkflow(workflow: EtlWorkflow, file: EtlFile, options: WorkflowOptions): Workflow {
  const context = { file, workflow, said: options.settings ?? {}, pipelines: options.pipelines };
  const rules = etlToolRegistry[file.tool].control ?? plainRules;
  const macros = new Set<string>();
  const tasks = workflow.tasks.map((task): WorkflowTask => {
    const links = workflow.links
      .filter((link) => link.to === task.name && !leadsBack(link.from, link.to, workflow))
      .map((link) => {
        const { macros: used, ...decided } = rules.link(link, context);
        for (const macro of used ?? []) macros.add(macro);
        return { task: link.from, ...decided };
      });
    const config = task.type === 'Session' || task.type === 'Start' ? {} : configOf(task);
    const { macros: used, ...work } = workOf(task, rules, context);
    for (const macro of used ?? []) macros.add(macro);
    return {
      id: task.name,
      type: task.type,
      ...(task.mapping !== null && options.pipelines.has(task.mapping) ? { pipeline: task.mapping } : {}),
      ...(task.workflow === undefined ? {} : { workflow: task.workflow }),
      ...(links.length === 0 ? {} : { depends_on: links }),
      ...(links.length > 1 && rules.joinsAny(task, context) ? { join: 'any' as const } : {}),
      ...(rules.isDisabled(task) ? { disabled: true } : {}),
      ...(Object.keys(config).length === 0 ? {} : { config }),
      ...work,
    };
  });
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
