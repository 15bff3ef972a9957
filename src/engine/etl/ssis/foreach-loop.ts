/** Foreach Loop containers: what they go through, and the variables that take the values of a round. */
import type { EtlFile, EtlProperties, EtlTask } from '../../../shared/model/etl.ts';
import { quoteLiteral } from '../../core/text.ts';
import { tableRelation } from '../../dataflow/sql-name.ts';
import { toScalarType, variantSsisType } from '../../expr/ssis/data-types.ts';
import { type ControlContext, rowsOf, unsupportedWork, type Work } from '../control/control-rules.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { accessOf } from './definitions.ts';
import {
  attributeOf,
  dtsProperties,
  dtsProperty,
  localName,
  nestedProperties,
  propertyOf,
  wrapped,
} from './dts-elements.ts';

const item = /^ForEachItem\.(\d+)\.(\d+)\.(\d+)$/;
const variable = /^ForEachVariable\.(\d+)$/;
const maxItems = 5_000;

function itemsBelow(element: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const pending = [...element.children].reverse();
  while (pending.length > 0 && found.length < maxItems) {
    const one = pending.pop();
    if (one === undefined) break;
    if (localName(one.name) === 'FEIEItem') found.push(one);
    else pending.push(...[...one.children].reverse());
  }
  return found;
}

/** Everything that the container says of its rounds: items as `ForEachItem.ROW.COLUMN.TYPE`, variables as `ForEachVariable.COLUMN`. */
export function foreachProperties(container: XmlElement, except: ReadonlySet<string>): EtlProperties {
  return [
    ...wrapped(container, 'ForEachEnumerators', 'ForEachEnumerator').flatMap((one) => [
      ...dtsProperties(one).map((property) => ({ ...property, name: `ForEachEnumerator.${property.name}` })),
      ...nestedProperties(one, except),
      ...itemsBelow(one).flatMap((row, at) =>
        row.children.map((value, column) => ({
          name: `ForEachItem.${at}.${column}.${attributeOf(value, 'Type') ?? '8'}`,
          value: attributeOf(value, 'Value') ?? value.text,
        })),
      ),
    ]),
    ...wrapped(container, 'ForEachVariableMappings', 'ForEachVariableMapping').map((one) => ({
      name: `ForEachVariable.${dtsProperty(one, 'ValueIndex') ?? '0'}`,
      value: dtsProperty(one, 'VariableName'),
    })),
  ];
}

function literal(text: string, type: string): string {
  const scalar = toScalarType(variantSsisType(type));
  if (['integer', 'bigint', 'double', 'decimal'].includes(scalar))
    return /^[+-]?\d+(?:\.\d+)?$/.test(text.trim()) ? text.trim() : 'NULL';
  return quoteLiteral(text);
}

/** A list that stands in the package. */
function itemsSql(task: EtlTask): string | null {
  const rows: string[][] = [];
  for (const { name, value } of task.properties) {
    const [, row, column, type = '8'] = item.exec(name) ?? [];
    if (row === undefined) continue;
    (rows[Number(row)] ??= [])[Number(column)] = literal(value ?? '', type);
  }
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return null;
  const values = rows.map((row) => `(${Array.from({ length: width }, (_one, at) => row[at] ?? 'NULL').join(', ')})`);
  return `SELECT * FROM (VALUES ${values.join(', ')}) AS items`;
}

const sameVariable = (one: string | null, other: string): boolean =>
  one !== null && one.toLowerCase().replace(/^user::/, '') === other.toLowerCase().replace(/^user::/, '');

/** The rows that an object variable holds: of an Execute SQL task or of a Recordset Destination; null where neither fills it. */
function recordsetSql(name: string, file: EtlFile): string | null {
  const holds = (task: EtlTask): boolean =>
    /^ExecuteSQLTask/i.test(task.type) &&
    /Rowset/i.test(propertyOf(task.properties, 'SqlTaskData.ResultType') ?? '') &&
    sameVariable(propertyOf(task.properties, 'ResultBinding.DtsVariableName'), name);
  if (file.workflows.some((one) => one.tasks.some(holds))) return `SELECT * FROM ${rowsOf(name)}`;
  const destination = file.mappings
    .flatMap((one) => one.transformations)
    .find(
      (one) => one.type === 'RecordsetDestination' && sameVariable(propertyOf(one.properties, 'VariableName'), name),
    );
  return destination === undefined
    ? null
    : `SELECT * FROM ${tableRelation({ role: 'target', name: accessOf(destination).name })}`;
}

function refusal(kind: string, task: EtlTask): string {
  const file = (name: string): string => propertyOf(task.properties, `FEFEProperty.${name}`) ?? '';
  if (/FileEnum/i.test(kind))
    return `It runs its content for each file ${file('FileSpec')} of ${file('Folder') || 'a folder'}, which is looked at only where it runs`;
  if (/FromVar/i.test(kind))
    return `It goes through what ${propertyOf(task.properties, 'FEEFVE.VariableName') ?? 'a variable'} holds, which is filled by code or by the system`;
  if (/NodeList/i.test(kind)) return 'It goes through the nodes of an XML document';
  if (/ADO/i.test(kind))
    return `No Execute SQL task and no Recordset Destination of the package fills ${propertyOf(task.properties, 'FEEADO.VarName') ?? 'its variable'}`;
  return 'It goes through a list that is known only where it runs';
}

function rowsSql(kind: string, task: EtlTask, file: EtlFile): string | null {
  if (/ItemEnum/i.test(kind)) return itemsSql(task);
  const holder = propertyOf(task.properties, 'FEEADO.VarName');
  const rows = propertyOf(task.properties, 'FEEADO.EnumType') ?? 'EnumerateRowsInFirstTable';
  if (!/ADOEnum/i.test(kind) || holder === null || !/RowsInFirstTable|^0$/i.test(rows)) return null;
  return recordsetSql(holder, file);
}

/** What the container does: its content once for each item or row. */
export function foreachWork(task: EtlTask, { file }: ControlContext): Work {
  const kind = propertyOf(task.properties, 'ForEachEnumerator.CreationName') ?? '';
  const each = rowsSql(kind, task, file);
  if (each === null) return unsupportedWork(`${refusal(kind, task)}: set it up where the workflow is scheduled`);
  const variables = task.properties.flatMap(({ name, value }) => {
    const [, column] = variable.exec(name) ?? [];
    return column === undefined || value === null || value === '' ? [] : [{ variable: value, column: Number(column) }];
  });
  return { conversion: 'rule_engine', confidence: 0.9, loop: { each, variables } };
}
