/** One `<Node>` of a workflow as a transformation of the model. */
import type { EtlPort, EtlTransformation } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { flatten, type Flattened } from './config.ts';

export function childNamed(element: XmlElement | null, name: string): XmlElement | null {
  return element?.children.find((child) => child.name === name) ?? null;
}

export function textOf(element: XmlElement | null): string {
  return element?.text.trim() ?? '';
}

export interface NodePlace {
  readonly id: string;
  /** Tool id of the container around it. */
  readonly container: string | null;
  /** Whether it or a container around it is switched off. */
  readonly disabled: boolean;
}

/** `Filter` of `AlteryxBasePluginsGui.Filter.Filter`; `macro:NAME` for a macro; the entry point where there is no plugin. */
function typeOf(node: XmlElement): string {
  const engine = childNamed(node, 'EngineSettings');
  const macro = engine?.attributes.get('Macro') ?? '';
  const plugin = childNamed(node, 'GuiSettings')?.attributes.get('Plugin') ?? '';
  if (plugin !== '') return plugin.split('.').at(-1) ?? plugin;
  if (macro !== '') return `macro:${macro.split(/[\\/]/).at(-1) ?? macro}`;
  return engine?.attributes.get('EngineDllEntryPoint') ?? 'Unknown';
}

const sourceTypes = new Set([
  'DbFileInput',
  'TextInput',
  'MacroInput',
  'MongoInput',
  'Directory',
  'LockInInput',
  'BlobInput',
  'MapInput',
  'DateTimeNow',
]);
const targetTypes = new Set(['DbFileOutput', 'MacroOutput', 'LockInOutput', 'BlobOutput']);

function number(text: string | undefined): number | null {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isSafeInteger(value) && value >= 0 ? value : null;
}

const ownAttributes: ReadonlySet<string> = new Set(['name', 'type', 'size', 'scale']);
const noProperties: EtlPort['properties'] = [];

function portOf(field: XmlElement, group: string): EtlPort {
  const size = field.attributes.get('size');
  const [precision, scale] = (size ?? '').split('.');
  const more = [...field.attributes].filter(([name]) => !ownAttributes.has(name));
  return {
    name: field.attributes.get('name') ?? '',
    dataType: field.attributes.get('type') ?? '',
    precision: number(precision),
    scale: number(scale ?? field.attributes.get('scale')),
    direction: 'output',
    expression: null,
    defaultValue: null,
    group,
    nullable: true,
    properties: more.length === 0 ? noProperties : more.map(([name, value]) => ({ name, value })),
  };
}

/** The fields of each output that the workflow remembers from its last run. */
function portsOf(properties: XmlElement | null): readonly EtlPort[] {
  return (properties?.children ?? [])
    .filter((child) => child.name === 'MetaInfo')
    .flatMap((meta) =>
      (childNamed(meta, 'RecordInfo')?.children ?? [])
        .filter((field) => field.name === 'Field')
        .map((field) => portOf(field, meta.attributes.get('connection') ?? 'Output')),
    );
}

/** Ports of a Formula with their expressions: those of the output where they are known, new ones otherwise. */
function withExpressions(ports: readonly EtlPort[], configuration: XmlElement | null): readonly EtlPort[] {
  const formulas = (childNamed(configuration, 'FormulaFields')?.children ?? []).filter((one) =>
    one.attributes.has('expression'),
  );
  if (formulas.length === 0) return ports;
  const last = new Map(formulas.map((one) => [one.attributes.get('field') ?? '', one]));
  const given = ports.map((port) => {
    const expression = last.get(port.name)?.attributes.get('expression');
    return expression === undefined ? port : { ...port, expression };
  });
  const known = new Set(ports.map((port) => port.name));
  const more = [...last]
    .filter(([name]) => !known.has(name))
    .map(([name, one]) => {
      const attributes = new Map([...one.attributes].filter(([key]) => key === 'size' || key === 'type'));
      return {
        ...portOf({ ...one, attributes: new Map([...attributes, ['name', name]]) }, 'Output'),
        expression: one.attributes.get('expression') ?? null,
      };
    });
  return [...given, ...more];
}

/** What the node says of itself beside its configuration, as properties that start with `tool.`. */
function factsOf(node: XmlElement, place: NodePlace): readonly { readonly name: string; readonly value: string }[] {
  const engine = childNamed(node, 'EngineSettings');
  const facts = [
    ['tool.plugin', childNamed(node, 'GuiSettings')?.attributes.get('Plugin')],
    ['tool.macro', engine?.attributes.get('Macro')],
    ['tool.engine', engine?.attributes.get('EngineDll')],
    ['tool.entry_point', engine?.attributes.get('EngineDllEntryPoint')],
    ['tool.container', place.container ?? undefined],
    ['tool.disabled', place.disabled ? 'True' : undefined],
  ] as const;
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** The transformation and the names of settings whose secrets were taken out. */
export function parseNode(
  node: XmlElement,
  place: NodePlace,
): { readonly transformation: EtlTransformation; readonly secrets: readonly string[] } {
  const properties = childNamed(node, 'Properties');
  const configuration = childNamed(properties, 'Configuration');
  const annotation = childNamed(properties, 'Annotation');
  const type = typeOf(node);
  const own: Flattened = { properties: [...factsOf(node, place)], secrets: [] };
  if (configuration !== null) flatten(configuration, '', own);
  const description = [
    textOf(childNamed(annotation, 'AnnotationText')),
    textOf(childNamed(annotation, 'DefaultAnnotationText')),
  ].find((text) => text !== '');
  const name = textOf(childNamed(annotation, 'Name'));
  return {
    transformation: {
      id: place.id,
      name: name === '' ? `${type.replace(/^macro:/, '')} (${place.id})` : name,
      type,
      kind: sourceTypes.has(type) ? 'source' : targetTypes.has(type) ? 'target' : 'transform',
      reusable: false,
      description: description ?? null,
      ports: withExpressions(portsOf(properties), configuration),
      groups: [],
      properties: own.properties,
      definition: type === 'DbFileInput' || type === 'DbFileOutput' ? place.id : null,
      line: node.line,
    },
    secrets: own.secrets,
  };
}
