/** Execute Package tasks that name a package of the import: references to its workflow. */
import type { EtlFile, EtlTask, EtlWorkflow } from '../../../shared/model/etl.ts';

const baseName = (path: string): string =>
  (path.split(/[\\/]/).at(-1) ?? path)
    .trim()
    .toLowerCase()
    .replace(/\.dtsx$/, '');

const valuesOf = (task: EtlTask, name: string): readonly string[] =>
  task.properties.flatMap((one) => (one.name === name && one.value !== null ? [one.value] : []));

/** The path that a connection manager leads to, by its id or name. */
function pathOf(file: EtlFile, connection: string): readonly string[] {
  const manager = file.configurations.find(
    (one) =>
      one.name === connection ||
      one.properties.some((property) => /^(?:DTSID|refId)$/.test(property.name) && property.value === connection),
  );
  return (manager?.properties ?? []).flatMap((one) =>
    /(?:^|\.)ConnectionString$/.test(one.name) && one.value !== null ? [one.value] : [],
  );
}

type Packages = ReadonlyMap<string, readonly { readonly file: EtlFile; readonly workflow: EtlWorkflow }[]>;

/** Packages by the name of their file. */
function packagesOf(files: readonly EtlFile[]): Packages {
  const found = new Map<string, { readonly file: EtlFile; readonly workflow: EtlWorkflow }[]>();
  for (const file of files) {
    const workflow = file.workflows.find((one) => one.kind === 'workflow');
    if (file.tool !== 'ssis' || workflow === undefined) continue;
    const list = found.get(baseName(file.file)) ?? [];
    found.set(baseName(file.file), [...list, { file, workflow }]);
  }
  return found;
}

function linked(task: EtlTask, file: EtlFile, packages: Packages): EtlTask {
  if (!/ExecutePackage/i.test(task.type)) return task;
  const named = valuesOf(task, 'PackageName');
  const paths = named.length > 0 ? named : valuesOf(task, 'Connection').flatMap((one) => pathOf(file, one));
  const found = paths.flatMap((path) => packages.get(baseName(path)) ?? []);
  // Two packages of one name: which of them is meant is for a person.
  const [only] = found.length === 1 ? found : [];
  return only === undefined || only.file === file ? task : { ...task, workflow: only.workflow.name };
}

/** `file` with its Execute Package tasks pointing to the workflows of the packages among `files` that they run. */
export function linkPackages(file: EtlFile, files: readonly EtlFile[]): EtlFile {
  const packages = packagesOf(files);
  return {
    ...file,
    workflows: file.workflows.map((workflow) => ({
      ...workflow,
      tasks: workflow.tasks.map((task) => linked(task, file, packages)),
    })),
  };
}
