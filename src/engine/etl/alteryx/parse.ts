/**
 * Alteryx workflows, macros and apps (.yxmd, .yxmc, .yxwz) as the tool-independent model: one mapping a file, a
 * transformation a tool, a connector a wire. Everything in the file is kept, secrets excepted.
 */
import type {
  EtlConnector,
  EtlDefinition,
  EtlFile,
  EtlMapping,
  EtlParameter,
  EtlProperties,
  EtlTransformation,
  EtlWorkflow,
} from '../../../shared/model/etl.ts';
import { type Diagnostic, withoutKeys } from '../../../shared/model/schema.ts';
import { emptyFile } from '../empty-file.ts';
import { readXml, type XmlElement } from '../xml/read-xml.ts';
import { bindAnswers } from './answers/bind-answers.ts';
import { at, attribute, configOf, flatten, setting, type Flattened } from './config.ts';
import { columnOfPort } from './field-type.ts';
import { childNamed, parseNode, textOf } from './parse-node.ts';

/** The state of reading one file. */
class WorkflowReader {
  readonly transformations: EtlTransformation[] = [];
  readonly diagnostics: Diagnostic[] = [];
  private readonly ids = new Set<string>();
  private readonly names = new Map<string, string>();
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  report(
    severity: Diagnostic['severity'],
    message: string,
    line: number | null,
    statement: string | null = null,
  ): void {
    this.diagnostics.push({ severity, message, file: this.file, line, statement });
  }

  /** Reads an element of the file if it is a node of the canvas itself. */
  take(element: XmlElement, [document, list, ...inner]: readonly XmlElement[]): boolean {
    const isNode = element.name === 'Node' && inner.length === 0 && list?.name === 'Nodes';
    if (!isNode || childNamed(document ?? null, 'Nodes') !== list) return false;
    this.readNode(element);
    return true;
  }

  /** Reads a node with those that it contains; a list instead of recursion, as containers may be nested without end. */
  readNode(outer: XmlElement): void {
    const pending = [{ node: outer, container: null as string | null, disabled: false }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const { node, container } = next;
      const configuration = childNamed(childNamed(node, 'Properties'), 'Configuration');
      const off = childNamed(configuration, 'Disabled')?.attributes.get('value')?.toLowerCase() === 'true';
      const disabled = next.disabled || (off && childNamed(node, 'ChildNodes') !== null);
      const id = this.uniqueId(node);
      const { transformation, secrets } = parseNode(node, { id, container, disabled });
      this.transformations.push({ ...transformation, properties: this.withSharedNames(transformation.properties) });
      for (const name of secrets)
        this.report('info', `The secret in ${name} was left out; set it again where the pipeline runs`, node.line, id);
      const children = (childNamed(node, 'ChildNodes')?.children ?? []).filter((child) => child.name === 'Node');
      for (const child of [...children].reverse()) pending.push({ node: child, container: id, disabled });
    }
  }

  /** Tools of one type have the same settings: their names are kept once. */
  private withSharedNames(properties: EtlProperties): EtlProperties {
    return properties.map(({ name, value }) => {
      const known = this.names.get(name);
      if (known === undefined) this.names.set(name, name);
      return { name: known ?? name, value };
    });
  }

  private uniqueId(node: XmlElement): string {
    const written = node.attributes.get('ToolID') ?? 'tool';
    let id = written;
    for (let count = 2; this.ids.has(id); count += 1) id = `${written}_${count}`;
    if (id !== written)
      this.report(
        'warning',
        `Two tools have the id ${written}; the wires are taken as those of the first`,
        node.line,
        written,
      );
    this.ids.add(id);
    return id;
  }

  readConnections(connections: XmlElement | null): readonly EtlConnector[] {
    return (connections?.children ?? []).flatMap((connection) => {
      const origin = childNamed(connection, 'Origin');
      const destination = childNamed(connection, 'Destination');
      if (connection.name !== 'Connection' || origin === null || destination === null) return [];
      const from = origin.attributes.get('ToolID') ?? '';
      const to = destination.attributes.get('ToolID') ?? '';
      for (const id of [from, to])
        if (!this.ids.has(id))
          this.report('warning', `A wire ends at tool ${id}, which is not in the file`, connection.line, id);
      return [
        {
          from,
          fromPort: origin.attributes.get('Connection') ?? '',
          fromGroup: null,
          to,
          toPort: destination.attributes.get('Connection') ?? '',
          toGroup: connection.attributes.get('name') ?? null,
        },
      ];
    });
  }
}

/** Constants and questions as parameters. */
function readParameters(properties: XmlElement | null): readonly EtlParameter[] {
  const found = new Map<string, EtlParameter>();
  for (const constant of childNamed(properties, 'Constants')?.children ?? []) {
    const name = `${textOf(childNamed(constant, 'Namespace'))}.${textOf(childNamed(constant, 'Name'))}`;
    const numeric = childNamed(constant, 'IsNumeric')?.attributes.get('value')?.toLowerCase() === 'true';
    if (!found.has(name))
      found.set(name, {
        name,
        dataType: numeric ? 'double' : 'string',
        defaultValue: textOf(childNamed(constant, 'Value')) || null,
        isParameter: name.startsWith('Question.'),
      });
  }
  return [...found.values()];
}

/** Commands and e-mails around a run, in the order in which they happen. */
function readEvents(properties: XmlElement | null, mapping: string): readonly EtlWorkflow[] {
  const events = (childNamed(properties, 'Events')?.children ?? []).filter((one) => one.name !== 'Enabled');
  if (events.length === 0) return [];
  const run = { name: `Run ${mapping}`, type: 'Session', mapping, properties: [], line: null };
  const tasks = events.map((event, index) => {
    const own: Flattened = { properties: [], secrets: [] };
    flatten(event, '', own);
    return {
      name: `${event.name} ${index + 1}`,
      type: event.name,
      mapping: null,
      properties: own.properties,
      line: event.line,
    };
  });
  const before = tasks.filter((task) =>
    task.properties.some((one) => /^(?:Event|When|.*@event)$/i.test(one.name) && /before/i.test(one.value ?? '')),
  );
  return [
    {
      folder: null,
      name: `${mapping} events`,
      kind: 'workflow',
      tasks: [run, ...tasks],
      links: tasks.map((task) =>
        before.includes(task)
          ? { from: task.name, to: run.name, condition: null }
          : { from: run.name, to: task.name, condition: null },
      ),
      parameters: [],
      properties: [],
      line: null,
    },
  ];
}

/** `Sales` of `C:\data\Sales.xlsx|||Sheet1`, or the table of a database connection. */
export function tableNameOf(location: string, fallback: string): string {
  const [place = '', part = ''] = location.split('|||');
  const database = /^(?:odbc|oci|ole|aka|oledb|mssql|sql|snow|hdfs)[^:|]{0,20}:/i.test(place);
  const table = /\bfrom\s+([\w."[\]$]+)/i.exec(part)?.[1] ?? (/^[\w."[\]$ ]{1,128}$/.test(part) ? part : '');
  const name =
    database && table !== ''
      ? table.replaceAll(/["[\]]/g, '')
      : (place.split(/[\\/]/).at(-1) ?? '').replace(/\.[A-Za-z0-9]{1,5}$/, '');
  const safe = name.replace(/%[^%]*%/g, '').trim();
  return safe === '' ? fallback : safe;
}

function definitionOf(transformation: EtlTransformation): EtlDefinition {
  const config = configOf(transformation.properties);
  const location = at(config, 'File').text.trim();
  const source = transformation.type === 'DbFileInput';
  const columns = transformation.ports.filter((port) => port.name !== '').map(columnOfPort);
  const database = /^(?:odbc|oci|ole|aka|oledb|mssql|snow)[^:|]{0,20}:/i.test(location);
  return {
    id: transformation.id,
    role: source ? 'source' : 'target',
    databaseType: database
      ? 'Database'
      : `Flat File (format ${attribute(at(config, 'File'), 'FileFormat') || 'unknown'})`,
    connection: database ? (/DSN=([^;|]+)/i.exec(location)?.[1] ?? location.split(/[:|;]/)[0] ?? null) : null,
    table: {
      schema: null,
      name: tableNameOf(location, `${transformation.type}_${transformation.id}`),
      kind: 'definition',
      comment: setting(config, 'File') === '' ? null : location,
      columns,
      ...withoutKeys,
      line: transformation.line,
    },
    properties: transformation.properties.filter((one) => !one.name.startsWith('tool.')),
  };
}

/** The file's name without folder and ending: the workflow is called so unless it says otherwise. */
function workflowName(file: string, properties: XmlElement | null): string {
  const meta = childNamed(properties, 'MetaInfo');
  const byFile = (file.split(/[\\/]/).at(-1) ?? file).replace(/\.(?:yxmd|yxmc|yxwz)$/i, '');
  const own = textOf(childNamed(meta, 'Name'));
  return childNamed(meta, 'NameIsFileName')?.attributes.get('value') === 'False' && own !== '' ? own : byFile;
}

/** Reads a workflow, macro or app. Never throws on bad input. */
export function parseAlteryxFile(text: string, { file }: { readonly file: string }): EtlFile {
  const reader = new WorkflowReader(file);
  const { root, diagnostics } = readXml(text, { file, take: (element, around) => reader.take(element, around) });
  const nodes = childNamed(root, 'Nodes');
  if (root === null || nodes === null) {
    const message =
      root === null
        ? []
        : [
            {
              severity: 'error' as const,
              message: `<${root.name}> holds no <Nodes>: the workflow is encrypted or this is no Alteryx file. Save it again without a lock.`,
              file,
              line: root.line,
              statement: null,
            },
          ];
    return emptyFile('alteryx', file, [...diagnostics, ...message]);
  }
  // Those that the end of a truncated file cut off.
  for (const node of nodes.children) if (node.name === 'Node') reader.readNode(node);
  const connectors = reader.readConnections(childNamed(root, 'Connections'));
  const properties = childNamed(root, 'Properties');
  const settings: Flattened = { properties: [], secrets: [] };
  for (const child of [
    ...(properties?.children ?? []),
    ...root.children.filter((one) => !['Nodes', 'Connections', 'Properties'].includes(one.name)),
  ])
    flatten(child, child.name, settings);
  const version = root.attributes.get('yxmdVer') ?? null;
  if (version === null)
    reader.report('warning', 'The file names no version of Alteryx; it is read as a current one', root.line);
  const name = workflowName(file, properties);
  const mapping: EtlMapping = {
    folder: null,
    name,
    kind: 'mapping',
    description: textOf(childNamed(childNamed(properties, 'MetaInfo'), 'Description')) || null,
    transformations: reader.transformations,
    connectors,
    parameters: readParameters(properties),
    targetLoadOrder: reader.transformations.filter((one) => one.kind === 'target').map((one) => one.id),
    properties: [
      ...settings.properties,
      ...(root.attributes.get('RunE2') === undefined
        ? []
        : [{ name: 'RunE2', value: root.attributes.get('RunE2') ?? '' }]),
    ],
    line: root.line,
  };
  return {
    ...emptyFile('alteryx', file, [...diagnostics, ...reader.diagnostics]),
    version,
    definitions: reader.transformations.filter((one) => one.definition !== null).map(definitionOf),
    mappings: [bindAnswers(mapping)],
    workflows: readEvents(properties, name),
  };
}
