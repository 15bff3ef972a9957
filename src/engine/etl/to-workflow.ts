/** A legacy workflow as a DataFlow document: tasks, what they wait for, and the pipelines that they run. */
import type { EtlFile, EtlTask, EtlWorkflow } from '../../shared/model/etl.ts';
import type { Workflow } from '../dataflow/model.ts';
import { generator } from './to-pipeline.ts';

type WorkflowTask = Workflow['tasks'][number];

const orderOnly = new Set([
  'start',
  'decision',
  'event wait',
  'event raise',
  'timer',
  'control',
  'assignment',
  'worklet',
]);

function conversionOf(task: EtlTask, pipelines: ReadonlySet<string>): Pick<WorkflowTask, 'conversion' | 'notes'> {
  if (task.type === 'Session' || task.mapping !== null) {
    if (task.mapping !== null && pipelines.has(task.mapping)) return { conversion: 'rule_engine' };
    return {
      conversion: 'unsupported',
      notes: [`The mapping ${task.mapping ?? ''} is not in this file. Export the workflow with its dependencies.`],
    };
  }
  if (task.workflow !== undefined) return { conversion: 'rule_engine', ...parametersNote(task) };
  if (task.type.toLowerCase() === 'start') return { conversion: 'rule_engine' };
  if (orderOnly.has(task.type.toLowerCase()))
    return {
      conversion: 'rule_engine',
      notes: [`${task.type}: its settings are kept; its condition is in the source tool's language`],
    };
  return {
    conversion: 'unsupported',
    notes: [`${task.type} runs outside the pipelines and is to be set up in the new scheduler`],
  };
}

/** What the task hands to the workflow that it runs. */
function parametersNote(task: EtlTask): Pick<WorkflowTask, 'notes'> {
  const names = task.properties.flatMap((one) => (one.name === 'ParameterName' ? (one.value ?? []) : []));
  if (names.length === 0) return {};
  return { notes: [`It is given values for ${names.join(', ')}: set them where the workflow is scheduled`] };
}

function configOf(task: EtlTask): Record<string, string> {
  return Object.fromEntries(
    task.properties
      .filter((one) => one.value !== null && one.value !== '' && !one.name.includes('.') && one.name !== '__proto__')
      .map((one) => [one.name, one.value ?? '']),
  );
}

/** The document. `pipelines` are the names of pipelines that the file converts to. */
export function toWorkflow(
  workflow: EtlWorkflow,
  file: EtlFile,
  pipelines: ReadonlySet<string>,
  time: string | null,
): Workflow {
  const tasks = workflow.tasks.map((task): WorkflowTask => {
    const links = workflow.links.filter((link) => link.to === task.name);
    const config = task.type === 'Session' || task.type === 'Start' ? {} : configOf(task);
    return {
      id: task.name,
      type: task.type,
      ...(task.mapping !== null && pipelines.has(task.mapping) ? { pipeline: task.mapping } : {}),
      ...(task.workflow === undefined ? {} : { workflow: task.workflow }),
      ...(links.length === 0
        ? {}
        : {
            depends_on: links.map((link) => ({
              task: link.from,
              ...(link.condition === null ? {} : { condition: link.condition }),
            })),
          }),
      ...(Object.keys(config).length === 0 ? {} : { config }),
      ...conversionOf(task, pipelines),
    };
  });
  const parameters = workflow.parameters
    .filter((one) => one.name.startsWith('$$') || !one.name.startsWith('$'))
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
    tasks,
    metadata: { ...(time === null ? {} : { generated_at: time }), generator },
  };
}
