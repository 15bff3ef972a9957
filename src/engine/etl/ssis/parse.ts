/** Packages (.dtsx, formats 2 to 8) → the tool-independent model: control flow as workflows, data flows as mappings. */
import type { EtlFile, EtlMapping, EtlParameter, EtlTask, EtlWorkflow } from '../../../shared/model/etl.ts';
import type { Diagnostic } from '../../../shared/model/schema.ts';
import { emptyFile } from '../empty-file.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';
import { connectionsOf, type Connections } from './connections.ts';
import {
  attributeOf,
  childrenOf,
  dtsProperties,
  dtsProperty,
  localName,
  nestedProperties,
  wrapped,
} from './dts-elements.ts';
import { definitionsOf } from './definitions.ts';
import { foreachProperties } from './foreach-loop.ts';
import { parseDataFlow } from './parse-data-flow.ts';
import { linksOf } from './precedence.ts';
import { systemVariables } from './system-variables.ts';
import { computedVariables, variablesOf } from './variables.ts';

const unnested = new Set(['pipeline', 'Executables', 'Executable', 'EventHandlers']);

class PackageReader {
  readonly file: string;
  readonly connections: Connections;
  readonly diagnostics: Diagnostic[] = [];
  readonly mappings: EtlMapping[] = [];
  readonly workflows: EtlWorkflow[] = [];
  readonly tasks: EtlTask[] = [];
  private readonly folder: string;
  private readonly system: readonly EtlParameter[];
  private readonly flowNames = new Set<string>();
  private readonly workflowNames = new Set<string>();

  constructor(root: XmlElement, file: string) {
    this.file = file;
    this.folder = dtsProperty(root, 'ObjectName') ?? '';
    this.connections = connectionsOf(root);
    this.system = systemVariables(root);
  }

  report(severity: Diagnostic['severity'], message: string, element: XmlElement): void {
    this.diagnostics.push({ severity, message, file: this.file, line: element.line, statement: null });
  }

  /** A package, container or event handler with everything in it. */
  container(root: XmlElement): void {
    const pending: {
      readonly element: XmlElement;
      readonly path: string;
      readonly inherited: readonly EtlParameter[];
      readonly kind: EtlWorkflow['kind'];
    }[] = [{ element: root, path: this.folder, inherited: [], kind: 'workflow' }];
    while (pending.length > 0) {
      const one = pending.shift();
      if (one === undefined) break;
      const parameters = [...one.inherited, ...variablesOf(one.element)];
      for (const { name, text } of computedVariables(one.element))
        this.report(
          'info',
          `${name} is computed by ${text}; here it keeps the value that the file has of it`,
          one.element,
        );
      const taken = new Set<string>();
      const names = new Map<XmlElement, string>();
      for (const child of wrapped(one.element, 'Executables', 'Executable'))
        names.set(child, unique(dtsProperty(child, 'ObjectName') ?? 'task', taken));
      const tasks = [...names].map(([child, name]) => this.task(child, name, `${one.path}\\${name}`, parameters));
      for (const [child, name] of names) {
        const path = `${one.path}\\${name}`;
        if (isContainer(child)) pending.push({ element: child, path, inherited: parameters, kind: 'worklet' });
        else
          for (const handler of handlersOf(child))
            pending.push({ ...handlerOf(handler, path), inherited: [...parameters, ...variablesOf(child)] });
      }
      for (const handler of handlersOf(one.element))
        pending.push({ ...handlerOf(handler, one.path), inherited: parameters });
      this.tasks.push(...tasks);
      this.workflow(one, names, tasks, parameters);
    }
  }

  private workflow(
    one: { readonly element: XmlElement; readonly path: string; readonly kind: EtlWorkflow['kind'] },
    names: ReadonlyMap<XmlElement, string>,
    tasks: readonly EtlTask[],
    parameters: readonly EtlParameter[],
  ): void {
    const { links, joins, unknown } = linksOf(one.element, names);
    for (const element of unknown)
      this.report(
        'warning',
        `A precedence constraint in ${one.path} has an end that is not in the same container`,
        element,
      );
    this.workflows.push({
      folder: one.kind === 'workflow' ? null : this.folder,
      name: unique(one.path, this.workflowNames),
      kind: one.kind,
      tasks,
      links,
      parameters,
      properties: [...dtsProperties(one.element), ...joins],
      line: one.element.line,
    });
  }

  private task(element: XmlElement, name: string, path: string, inherited: readonly EtlParameter[]): EtlTask {
    const type = taskType(element);
    const data = childrenOf(element, 'ObjectData');
    const pipeline = data.flatMap((one) => childrenOf(one, 'pipeline'))[0];
    const mapping =
      pipeline === undefined
        ? null
        : this.dataFlow(pipeline, element, this.flowName(name, path), [...inherited, ...variablesOf(element)]);
    const switched = dtsProperties(element).find((one) => one.name === 'expression.Disable')?.value ?? null;
    if (mapping !== null && switched !== null)
      this.report('warning', `An expression decides whether ${name} runs (${switched}); here it always runs`, element);
    if (mapping === null && /Pipeline/i.test(type))
      this.report('warning', `The data flow ${name} has no content in the file`, element);
    return {
      name,
      type,
      mapping,
      properties: [
        ...dtsProperties(element),
        ...foreachProperties(element, unnested),
        ...data.flatMap((one) => nestedProperties(one, unnested)),
      ],
      line: element.line,
    };
  }

  private flowName(name: string, path: string): string {
    return unique(this.flowNames.has(name.toLowerCase()) ? path : name, this.flowNames);
  }

  private dataFlow(
    pipeline: XmlElement,
    element: XmlElement,
    flow: string,
    parameters: readonly EtlParameter[],
  ): string {
    this.mappings.push(
      parseDataFlow(pipeline, {
        folder: this.folder,
        name: flow,
        description: dtsProperty(element, 'Description'),
        parameters,
        system: this.system,
        connections: this.connections,
        expressions: dtsProperties(element).filter((one) => one.name.startsWith('expression.[')),
        file: this.file,
        report: (diagnostic) => this.diagnostics.push(diagnostic),
      }),
    );
    return flow;
  }
}

function unique(name: string, taken: Set<string>): string {
  let candidate = name;
  for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = `${name} ${count}`;
  taken.add(candidate.toLowerCase());
  return candidate;
}

/** `Microsoft.ExecuteSQLTask`, `STOCK:SEQUENCE` …: without assembly names and versions. */
function taskType(element: XmlElement): string {
  const type = attributeOf(element, 'ExecutableType') ?? dtsProperty(element, 'CreationName') ?? 'Task';
  const name = (type.split(',')[0] ?? type).trim();
  const plain = name.startsWith('STOCK:')
    ? name
    : name.replace(/^(?:Microsoft|SSIS|DTS|MSDTS)\./, '').replace(/\.\d+$/, '');
  return plain.startsWith('SqlServer.Dts.Tasks.') ? (plain.split('.').at(-1) ?? plain) : plain;
}

function isContainer(element: XmlElement): boolean {
  return taskType(element).startsWith('STOCK:') || wrapped(element, 'Executables', 'Executable').length > 0;
}

function handlersOf(element: XmlElement): readonly XmlElement[] {
  return wrapped(element, 'EventHandlers', 'EventHandler');
}

function handlerOf(
  element: XmlElement,
  path: string,
): { readonly element: XmlElement; readonly path: string; readonly kind: 'worklet' } {
  return { element, path: `${path} [${dtsProperty(element, 'EventName') ?? 'event'}]`, kind: 'worklet' };
}

/** `3/27/2019 1:30:22 PM` as `2019-03-27T13:30:22`: when the package was made. */
export function toIsoTime(text: string | null): string | null {
  const match = /^\s*(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{2}):(\d{2})\s*(AM|PM)?)?\s*$/i.exec(text ?? '');
  if (match === null) return null;
  const [, month = '', day = '', year = '', hour = '0', minute = '00', second = '00', half] = match;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31) return null;
  const of12 = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${String(of12).padStart(2, '0')}:${minute}:${second}`;
}

function isEncrypted(element: XmlElement): boolean {
  return element.children.some((child) => localName(child.name) === 'EncryptedData');
}

/**
 * Everything that a package holds. Never throws on a bad file: defects come back in `diagnostics`, with file and line,
 * and the rest is kept.
 */
export function parseSsis(text: string, options: { readonly file: string }): EtlFile {
  const { root, diagnostics } = readXml(text.replace(/^\ufeff/, ''), options);
  if (root === null) return emptyFile('ssis', options.file, diagnostics);
  const refuse = (message: string): EtlFile =>
    emptyFile('ssis', options.file, [
      ...diagnostics,
      { severity: 'error', message, file: options.file, line: root.line, statement: null },
    ]);
  if (localName(root.name) !== 'Executable')
    return refuse(`<${root.name}> is not a package. Export the package itself as a .dtsx file.`);
  if (isEncrypted(root) && wrapped(root, 'Executables', 'Executable').length === 0)
    return refuse(
      'The package is encrypted as a whole. Save it with the protection level DontSaveSensitive and export it again.',
    );
  const reader = new PackageReader(root, options.file);
  const level = dtsProperty(root, 'ProtectionLevel');
  if (level === '2' || level === '3' || level === '4')
    reader.report(
      'info',
      'The package has a protection level that encrypts values; encrypted values are left out',
      root,
    );
  reader.container(root);
  return {
    file: options.file,
    tool: 'ssis',
    version: dtsProperty(root, 'PackageFormatVersion'),
    exportedAt: toIsoTime(dtsProperty(root, 'CreationDate')),
    definitions: reader.mappings.flatMap(definitionsOf),
    mappings: reader.mappings,
    workflows: reader.workflows,
    reusable: [],
    tasks: reader.tasks,
    configurations: reader.connections.configurations,
    diagnostics: [...diagnostics, ...reader.diagnostics],
  };
}
