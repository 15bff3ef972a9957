/** Components of a data flow: ports with their lineage, groups for inputs and outputs, and every property. */
import type { EtlGroup, EtlPort, EtlProperties, EtlTransformation } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attributeOf, childrenOf, safeProperty } from './dts-elements.ts';
import { componentType } from './component-type.ts';
import { boundedLength, typeName } from '../../expr/ssis/data-types.ts';
import { connectionOf, type Connections } from './connections.ts';

type Property = EtlProperties[number];

/** What output columns are called, by lineage id: input columns of old formats have no name of their own. */
export interface LineageColumn {
  readonly name: string;
  readonly element: XmlElement;
}

export interface ComponentScope {
  readonly lineage: ReadonlyMap<string, LineageColumn>;
  readonly connections: Connections;
}

const modelledColumn = new Set([
  'name',
  'cachedName',
  'dataType',
  'cachedDataType',
  'description',
  'length',
  'precision',
  'scale',
]);
const emptyValues = new Set(['', '0', 'NotUsed', 'false']);

function innerProperties(element: XmlElement): readonly Property[] {
  return childrenOf(element, 'properties').flatMap((group) =>
    childrenOf(group, 'property').map((one) => {
      const values = childrenOf(one, 'arrayElements').flatMap((list) =>
        childrenOf(list, 'arrayElement').map((item) => item.text),
      );
      const name = attributeOf(one, 'name') ?? '';
      return /^BinaryCode/i.test(name)
        ? { name, value: '(binary data)' }
        : safeProperty(name, values.length === 0 ? one.text : values.join('\n'));
    }),
  );
}

function attributeProperties(element: XmlElement, except: ReadonlySet<string>): readonly Property[] {
  return [...element.attributes].flatMap(([name, value]) =>
    except.has(name) || emptyValues.has(value) ? [] : [safeProperty(name, value)],
  );
}

function numberOf(element: XmlElement, name: string): number | null {
  const value =
    attributeOf(element, name) ?? attributeOf(element, `cached${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`);
  return value !== null && /^-?\d{1,9}$/.test(value) ? Number(value) : null;
}

/** Type text, precision (length of texts and binaries) and scale of a column. */
function columnType(element: XmlElement, origin: XmlElement): Pick<EtlPort, 'dataType' | 'precision' | 'scale'> {
  const dataType = typeName(
    attributeOf(element, 'dataType') ?? attributeOf(element, 'cachedDataType') ?? attributeOf(origin, 'dataType') ?? '',
  );
  const at =
    attributeOf(element, 'dataType') === null && attributeOf(element, 'cachedDataType') === null ? origin : element;
  const length = numberOf(at, 'length');
  const bounded = boundedLength({ name: dataType, length, precision: null, scale: null });
  return {
    dataType,
    precision: bounded ?? numberOf(at, 'precision') ?? (dataType === 'bytes' ? length : null),
    scale: numberOf(at, 'scale'),
  };
}

function expressionOf(properties: readonly Property[]): string | null {
  const friendly = properties.find((one) => one.name === 'FriendlyExpression')?.value ?? '';
  const plain = properties.find((one) => one.name === 'Expression')?.value ?? '';
  return friendly.trim() !== '' ? friendly : plain.trim() !== '' ? plain : null;
}

function toPort(element: XmlElement, group: string, direction: 'input' | 'output', scope: ComponentScope): EtlPort {
  const lineage = attributeOf(element, 'lineageId') ?? attributeOf(element, 'refId') ?? '';
  const origin = direction === 'input' ? scope.lineage.get(lineage) : undefined;
  const properties = innerProperties(element);
  const named = [attributeOf(element, 'name'), attributeOf(element, 'cachedName'), origin?.name].find(
    (name) => name !== null && name !== undefined && name !== '',
  );
  return {
    name: named ?? `Column ${lineage}`,
    ...columnType(element, origin?.element ?? element),
    direction,
    expression: expressionOf(properties),
    defaultValue: null,
    group,
    nullable: true,
    properties: [
      ...attributeProperties(element, modelledColumn),
      ...(attributeOf(element, 'lineageId') === null ? [{ name: 'lineageId', value: lineage }] : []),
      ...properties,
    ],
  };
}

interface Sides {
  readonly groups: readonly EtlGroup[];
  readonly ports: readonly EtlPort[];
  readonly properties: readonly Property[];
}

function externalProperties(side: XmlElement, prefix: string): readonly Property[] {
  const columns = childrenOf(side, 'externalMetadataColumns').flatMap((list) =>
    childrenOf(list, 'externalMetadataColumn'),
  );
  return columns.map((column) => {
    const { dataType, precision, scale } = columnType(column, column);
    const value = [attributeOf(column, 'name') ?? '', dataType, precision ?? '', scale ?? ''].join('\t');
    return { name: `${prefix}external.${attributeOf(column, 'refId') ?? attributeOf(column, 'id') ?? ''}`, value };
  });
}

function toGroup(name: string, kind: 'input' | 'output', own: readonly Property[], position: number): EtlGroup {
  const order = Number(own.find((one) => one.name === 'EvaluationOrder')?.value ?? position);
  const isDefault = own.some((one) => one.name === 'IsDefaultOut' && /^true$/i.test(one.value ?? ''));
  return {
    name,
    kind: kind === 'output' && isDefault ? 'default' : kind,
    condition: expressionOf(own),
    order: Number.isInteger(order) ? order : position,
  };
}

/** Inputs or outputs as groups; their own attributes become properties named `input.NAME.attribute`. */
function sides(element: XmlElement, kind: 'input' | 'output', scope: ComponentScope): Sides {
  const groups: EtlGroup[] = [];
  const ports: EtlPort[] = [];
  const properties: Property[] = [];
  for (const side of childrenOf(element, `${kind}s`).flatMap((list) => childrenOf(list, kind))) {
    const own = innerProperties(side);
    const written = attributeOf(side, 'name') ?? '';
    const usable = written !== '' && !groups.some((group) => group.name === written);
    const name = usable ? written : `${written === '' ? kind : written} ${groups.length + 1}`;
    const prefix = `${kind}.${name}.`;
    groups.push(toGroup(name, kind, own, groups.length));
    const columns = childrenOf(side, `${kind}Columns`).flatMap((list) => childrenOf(list, `${kind}Column`));
    ports.push(...columns.map((column) => toPort(column, name, kind, scope)));
    const named = [...attributeProperties(side, new Set(['name', 'description'])), ...own];
    properties.push(
      ...named.map((one) => ({ ...one, name: `${prefix}${one.name}` })),
      ...externalProperties(side, prefix),
    );
  }
  return { groups, ports, properties };
}

function connectionProperties(element: XmlElement, connections: Connections): readonly Property[] {
  return childrenOf(element, 'connections')
    .flatMap((list) => childrenOf(list, 'connection'))
    .flatMap((one) => {
      const manager = connectionOf(connections, [
        attributeOf(one, 'connectionManagerRefId'),
        attributeOf(one, 'connectionManagerID'),
      ]);
      const label = attributeOf(one, 'name') ?? 'connection';
      if (manager === null)
        return [{ name: `connection.${label}`, value: attributeOf(one, 'connectionManagerID') ?? '' }];
      return [
        { name: `connection.${label}`, value: manager.name },
        { name: 'connection', value: manager.name },
        { name: 'connection.kind', value: manager.kind },
      ];
    });
}

/** A component as a transformation named `id`. */
export function parseComponent(element: XmlElement, id: string, scope: ComponentScope): EtlTransformation {
  const inputs = sides(element, 'input', scope);
  const outputs = sides(element, 'output', scope);
  const properties = innerProperties(element);
  const isError = (group: EtlGroup): boolean =>
    outputs.properties.some((one) => one.name === `output.${group.name}.isErrorOut` && one.value === 'true');
  const kind = inputs.groups.length === 0 ? 'source' : outputs.groups.every(isError) ? 'target' : 'transform';
  const type = componentType({
    classId: attributeOf(element, 'componentClassID') ?? '',
    contact: attributeOf(element, 'contactInfo') ?? '',
    description: attributeOf(element, 'description') ?? '',
    userType: properties.find((one) => one.name === 'UserComponentTypeName')?.value ?? null,
  });
  return {
    id,
    name: attributeOf(element, 'name') ?? id,
    type,
    kind,
    reusable: false,
    description: attributeOf(element, 'description'),
    ports: [...inputs.ports, ...outputs.ports],
    groups: [...inputs.groups, ...outputs.groups],
    properties: [
      ...['refId', 'id', 'componentClassID', 'version', 'localeId'].flatMap((name) => {
        const value = attributeOf(element, name);
        return value === null ? [] : [{ name, value }];
      }),
      ...properties,
      ...connectionProperties(element, scope.connections),
      ...inputs.properties,
      ...outputs.properties,
    ],
    definition: null,
    line: element.line,
  };
}
