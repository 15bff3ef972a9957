/** MAPPING and MAPPLET elements: instances with their definition, connectors, parameters, load order. */
import type {
  EtlConnector,
  EtlDefinition,
  EtlMapping,
  EtlParameter,
  EtlPort,
  EtlProperties,
  EtlTransformation,
} from '../../../shared/model/etl.ts';
import type { Column, Diagnostic } from '../../../shared/model/schema.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attribute, attributeOrNull, childrenNamed, integerAttribute } from './attributes.ts';
import { parseTransformation } from './parse-transformation.ts';
import { attributeProperties, childProperties } from './properties.ts';
import type { Place, RepositoryIndex } from './repository-index.ts';

/** Name of the property of an instance whose definition is not in the file: `folder` and `name` say where it is. */
export const unresolved = 'unresolved';

/** The identity of a mapplet: folders may have mapplets of one name. */
export function mappletId({ folder, name }: { readonly folder: string | null; readonly name: string }): string {
  return `${folder ?? ''}/${name}`;
}

export interface MappingContext {
  readonly file: string;
  readonly folder: string;
  readonly index: RepositoryIndex;
  readonly report: (diagnostic: Diagnostic) => void;
}

const modelledInstance = new Set([
  'NAME',
  'TYPE',
  'TRANSFORMATION_NAME',
  'TRANSFORMATION_TYPE',
  'DESCRIPTION',
  'REUSABLE',
]);
const modelledMapping = new Set(['NAME', 'DESCRIPTION']);

function toPortOfColumn(column: Column, role: 'source' | 'target'): EtlPort {
  return {
    name: column.name,
    dataType: column.rawType,
    precision: column.precision ?? column.length,
    scale: column.scale,
    direction: role === 'source' ? 'output' : 'input',
    expression: null,
    defaultValue: null,
    group: null,
    nullable: column.nullable,
    properties: [],
  };
}

type InstanceIds = (name: string, type: string) => string;

/** Ids of instances: their names; a source and a target may share one, and the later then gets its type added. */
function instanceIds(instances: readonly XmlElement[]): InstanceIds {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const element of instances) {
    const name = attribute(element, 'NAME');
    const type = attribute(element, 'TRANSFORMATION_TYPE');
    const id = taken.has(name.toLowerCase()) ? `${name}__${type.split(' ', 1)[0]?.toLowerCase() ?? ''}` : name;
    taken.add(id.toLowerCase());
    if (!ids.has(`${name}\u0000${type}`)) ids.set(`${name}\u0000${type}`, id);
  }
  return (name, type) => ids.get(`${name}\u0000${type}`) ?? name;
}

function toConnector(element: XmlElement, idOf: InstanceIds): EtlConnector {
  return {
    from: idOf(attribute(element, 'FROMINSTANCE'), attribute(element, 'FROMINSTANCETYPE')),
    fromPort: attribute(element, 'FROMFIELD'),
    fromGroup: null,
    to: idOf(attribute(element, 'TOINSTANCE'), attribute(element, 'TOINSTANCETYPE')),
    toPort: attribute(element, 'TOFIELD'),
    toGroup: null,
  };
}

/** A MAPPINGVARIABLE or WORKFLOWVARIABLE element as a parameter. */
export function toParameter(element: XmlElement): EtlParameter {
  return {
    name: attribute(element, 'NAME'),
    dataType: attribute(element, 'DATATYPE'),
    defaultValue: attributeOrNull(element, 'DEFAULTVALUE'),
    isParameter: attribute(element, 'ISPARAM').toUpperCase() === 'YES',
  };
}

/** Ports that connectors speak of, for an instance whose definition is not in the file. */
function portsFromConnectors(id: string, connectors: readonly EtlConnector[]): readonly EtlPort[] {
  const directions = new Map<string, { input: boolean; output: boolean }>();
  for (const connector of connectors) {
    if (connector.to === id)
      directions.set(connector.toPort, { input: true, output: directions.get(connector.toPort)?.output ?? false });
    if (connector.from === id)
      directions.set(connector.fromPort, { input: directions.get(connector.fromPort)?.input ?? false, output: true });
  }
  return [...directions].map(([name, { input, output }]) => ({
    name,
    dataType: '',
    precision: null,
    scale: null,
    direction: input && output ? ('input_output' as const) : input ? ('input' as const) : ('output' as const),
    expression: null,
    defaultValue: null,
    group: null,
    nullable: true,
    properties: [],
  }));
}

/** An instance of a source or target as its definition has it. */
export function instanceOfDefinition(
  instance: Pick<EtlTransformation, 'id' | 'type' | 'description' | 'line'>,
  definition: EtlDefinition,
): EtlTransformation {
  const { id, type, description, line } = instance;
  return {
    id,
    name: definition.table.name,
    type,
    kind: definition.role,
    reusable: false,
    description,
    ports: definition.table.columns.map((column) => toPortOfColumn(column, definition.role)),
    groups: [],
    properties: definition.properties,
    definition: definition.id,
    line,
  };
}

/** What the instance overrides, then its definition, then what else the instance says. */
function instanceProperties(element: XmlElement, definition: EtlProperties): EtlProperties {
  return [
    ...childProperties(element, new Set(['TABLEATTRIBUTE'])).filter((property) => property.value !== ''),
    ...definition,
    ...attributeProperties(element, modelledInstance),
    ...childrenNamed(element, 'ASSOCIATED_SOURCE_INSTANCE').map((child) => ({
      name: 'associated source',
      value: attribute(child, 'NAME'),
    })),
  ];
}

class MappingReader {
  private readonly element: XmlElement;
  private readonly context: MappingContext;
  private readonly own: ReadonlyMap<string, XmlElement>;
  private readonly connectors: readonly EtlConnector[];
  private readonly idOf: InstanceIds;

  constructor(element: XmlElement, context: MappingContext) {
    this.element = element;
    this.context = context;
    this.own = new Map(childrenNamed(element, 'TRANSFORMATION').map((child) => [attribute(child, 'NAME'), child]));
    this.idOf = instanceIds(childrenNamed(element, 'INSTANCE'));
    this.connectors = childrenNamed(element, 'CONNECTOR').map((child) => toConnector(child, this.idOf));
  }

  read(): EtlMapping {
    const instances = childrenNamed(this.element, 'INSTANCE').map((element) => this.instance(element));
    const used = new Set(
      childrenNamed(this.element, 'INSTANCE').map((element) => attribute(element, 'TRANSFORMATION_NAME')),
    );
    const kind = this.element.name === 'MAPPLET' ? 'mapplet' : 'mapping';
    const rest = [...this.own.values()].filter(
      (child) => !used.has(attribute(child, 'NAME')) && attribute(child, 'TYPE') !== 'Mapplet',
    );
    const order = childrenNamed(this.element, 'TARGETLOADORDER').map((child) => ({
      order: integerAttribute(child, 'ORDER') ?? 0,
      target: this.idOf(attribute(child, 'TARGETINSTANCE'), 'Target Definition'),
    }));
    order.sort((a, b) => a.order - b.order);
    return {
      folder: this.context.folder,
      name: attribute(this.element, 'NAME'),
      kind,
      description: attributeOrNull(this.element, 'DESCRIPTION'),
      transformations: [...instances, ...rest.map((child) => parseTransformation(child, attribute(child, 'NAME')))],
      connectors: this.connectors,
      parameters: childrenNamed(this.element, 'MAPPINGVARIABLE').map(toParameter),
      targetLoadOrder: order.map((entry) => entry.target),
      properties: [...attributeProperties(this.element, modelledMapping), ...this.ownPorts()],
      line: this.element.line,
    };
  }

  /** A mapplet describes its own outer ports in a TRANSFORMATION of type Mapplet; kept as `port.NAME` = `INSTANCE.PORT`. */
  private ownPorts(): { readonly name: string; readonly value: string }[] {
    const outer = [...this.own.values()].find((child) => attribute(child, 'TYPE') === 'Mapplet');
    if (outer === undefined) return [];
    return childrenNamed(outer, 'TRANSFORMFIELD').map((field) => ({
      name: `port.${attribute(field, 'NAME')}`,
      value: `${attribute(field, 'REF_INSTANCE_NAME') || attribute(field, 'MAPPLETGROUP') || attribute(field, 'GROUP')}.${attribute(field, 'REF_FIELD') || attribute(field, 'NAME')}`,
    }));
  }

  private instance(element: XmlElement): EtlTransformation {
    const type = attribute(element, 'TRANSFORMATION_TYPE');
    const found = this.find(element, type);
    if (found === null) return this.unresolved(element, type);
    return { ...found, properties: instanceProperties(element, found.properties) };
  }

  private find(element: XmlElement, type: string): EtlTransformation | null {
    const { folder, index } = this.context;
    const name = attribute(element, 'TRANSFORMATION_NAME');
    const id = this.idOf(attribute(element, 'NAME'), type);
    if (type === 'Source Definition' || type === 'Target Definition') {
      const definition =
        type === 'Source Definition'
          ? index.source(folder, attribute(element, 'DBDNAME'), name)
          : index.target(folder, name);
      const description = attributeOrNull(element, 'DESCRIPTION');
      return definition === null
        ? null
        : instanceOfDefinition({ id, type, description, line: element.line }, definition);
    }
    if (type === 'Mapplet') {
      const mapplet = index.mapplet(folder, name);
      return mapplet === null ? null : this.mappletInstance(element, mapplet);
    }
    const definition = this.own.get(name) ?? index.reusable(folder, name);
    return definition === null
      ? null
      : {
          ...parseTransformation(definition, id),
          description: attributeOrNull(element, 'DESCRIPTION') ?? attributeOrNull(definition, 'DESCRIPTION'),
        };
  }

  private mappletInstance(element: XmlElement, mapplet: Place): EtlTransformation {
    const id = attribute(element, 'NAME');
    return {
      id,
      name: mapplet.name,
      type: 'Mapplet',
      kind: 'transform',
      reusable: true,
      description: attributeOrNull(element, 'DESCRIPTION'),
      ports: portsFromConnectors(id, this.connectors),
      groups: [],
      properties: [],
      definition: mappletId(mapplet),
      line: element.line,
    };
  }

  private unresolved(element: XmlElement, type: string): EtlTransformation {
    const id = this.idOf(attribute(element, 'NAME'), type);
    const name = attribute(element, 'TRANSFORMATION_NAME');
    this.context.report({
      severity: 'warning',
      message: `${type || 'Object'} ${name}, used in ${attribute(this.element, 'NAME')}, is not defined in this file. Export it together with the mapping (with dependencies).`,
      file: this.context.file,
      line: element.line,
      statement: id,
    });
    const place = this.context.index.place(this.context.folder, name);
    const kind = type === 'Source Definition' ? 'source' : type === 'Target Definition' ? 'target' : 'transform';
    return {
      id,
      name: place.name,
      type,
      kind,
      reusable: attribute(element, 'REUSABLE').toUpperCase() === 'YES',
      description: attributeOrNull(element, 'DESCRIPTION'),
      ports: portsFromConnectors(id, this.connectors),
      groups: [],
      properties: instanceProperties(element, [{ name: unresolved, value: 'YES' }]),
      definition: null,
      folder: place.folder,
      line: element.line,
    };
  }
}

/** A MAPPING or MAPPLET element with every instance and connector; what is defined elsewhere is reported and kept by name. */
export function parseMapping(element: XmlElement, context: MappingContext): EtlMapping {
  return new MappingReader(element, context).read();
}
