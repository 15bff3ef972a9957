/** Built-in variables that name what runs: the mapping, its folder, session and workflow. */
import type { EtlMapping, EtlParameter, EtlTransformation, EtlWorkflow } from '../../../shared/model/etl.ts';

const builtIn =
  /\$PM(?:MappingName|FolderName|SessionName|WorkflowName|RepositoryServiceName|IntegrationServiceName|RepositoryUserName|WorkflowRunId|WorkflowRunInstanceName|SessionRunMode)\b/g;

function usedIn({ ports, properties }: EtlTransformation): readonly string[] {
  const texts = [...ports.map((port) => port.expression), ...properties.map((property) => property.value)];
  return texts.flatMap((text) => (text === null ? [] : (text.match(builtIn) ?? [])));
}

/** `mapping` with the built-in variables that it reads as parameters; those that only a run knows have no value. */
export function withSystemVariables(mapping: EtlMapping, workflows: readonly EtlWorkflow[]): EtlMapping {
  const used = [...new Set(mapping.transformations.flatMap(usedIn))].sort();
  if (used.length === 0) return mapping;
  const runs = workflows.flatMap((workflow) =>
    workflow.tasks.filter((task) => task.mapping === mapping.name).map((task) => ({ task, workflow })),
  );
  const values = new Map<string, string | null>([
    ['$PMMappingName', mapping.name],
    ['$PMFolderName', mapping.folder],
    ['$PMSessionName', runs[0]?.task.name ?? null],
    ['$PMWorkflowName', runs.find((one) => one.workflow.kind === 'workflow')?.workflow.name ?? null],
  ]);
  const parameters = used.map((name): EtlParameter => ({
    name,
    dataType: 'nstring',
    defaultValue: values.get(name) ?? null,
    isParameter: true,
  }));
  return { ...mapping, parameters: [...mapping.parameters, ...parameters] };
}
