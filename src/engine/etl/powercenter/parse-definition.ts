/** SOURCE and TARGET elements: table or file definitions with their fields. */
import type { EtlDefinition } from '../../../shared/model/etl.ts';
import type { Column, ForeignKey, Table } from '../../../shared/model/schema.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attribute, attributeOrNull, childrenNamed, integerAttribute } from './attributes.ts';
import { toColumnType, toFieldType } from './field-types.ts';
import { attributeProperties, childProperties } from './properties.ts';

const modelled = new Set(['NAME', 'DATABASETYPE', 'DBDNAME', 'DESCRIPTION']);

/** The identity of a definition within a file: definitions of two databases may share a name. */
export function definitionId(folder: string, role: 'source' | 'target', database: string, name: string): string {
  return [folder, role, ...(database === '' ? [] : [database]), name].join('/');
}

function toColumn(field: XmlElement, databaseType: string): Column {
  const type = toFieldType(
    attribute(field, 'DATATYPE'),
    integerAttribute(field, 'PRECISION'),
    integerAttribute(field, 'SCALE'),
    databaseType,
  );
  return {
    name: attribute(field, 'NAME'),
    ...toColumnType(type),
    nullable: attribute(field, 'NULLABLE').toUpperCase() !== 'NOTNULL',
    default: null,
    comment: attributeOrNull(field, 'DESCRIPTION') ?? attributeOrNull(field, 'BUSINESSNAME'),
    identity: false,
    generated: null,
  };
}

/** Fields in order; groups of COBOL and XML sources hold fields of their own, which count as columns too. */
function fieldsOf(element: XmlElement, tag: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const pending = [...element.children];
  while (pending.length > 0) {
    const child = pending.shift();
    if (child === undefined) break;
    if (child.name !== tag) continue;
    const inner = childrenNamed(child, tag);
    if (inner.length > 0) pending.unshift(...inner);
    else if (attribute(child, 'FIELDTYPE') !== 'GRPITEM') found.push(child);
  }
  return found;
}

function isKey(field: XmlElement, kind: 'PRIMARY' | 'FOREIGN'): boolean {
  const key = attribute(field, 'KEYTYPE').toUpperCase();
  return key !== 'NOT A KEY' && key.includes(kind);
}

function foreignKeys(fields: readonly XmlElement[]): readonly ForeignKey[] {
  return fields
    .filter((field) => isKey(field, 'FOREIGN') && attributeOrNull(field, 'REFERENCEDTABLE') !== null)
    .map((field) => ({
      name: null,
      columns: [attribute(field, 'NAME')],
      references: {
        schema: null,
        table: attribute(field, 'REFERENCEDTABLE'),
        columns: [attributeOrNull(field, 'REFERENCEDFIELD') ?? attribute(field, 'NAME')],
      },
    }));
}

/** A SOURCE or TARGET element as a definition whose table is a schema source of its own. */
export function parseDefinition(element: XmlElement, folder: string): EtlDefinition {
  const role = element.name === 'SOURCE' ? 'source' : 'target';
  const databaseType = attribute(element, 'DATABASETYPE');
  const fields = fieldsOf(element, role === 'source' ? 'SOURCEFIELD' : 'TARGETFIELD');
  const name = attribute(element, 'NAME');
  const table: Table = {
    schema: attributeOrNull(element, 'OWNERNAME'),
    name,
    kind: 'definition',
    comment: attributeOrNull(element, 'DESCRIPTION'),
    columns: fields.map((field) => toColumn(field, databaseType)),
    primaryKey: fields.filter((field) => isKey(field, 'PRIMARY')).map((field) => attribute(field, 'NAME')),
    uniques: [],
    foreignKeys: foreignKeys(fields),
    indexes: [],
    checks: [],
    line: element.line,
  };
  const file = childrenNamed(element, 'FLATFILE').flatMap((flat) => attributeProperties(flat, new Set()));
  return {
    id: definitionId(folder, role, attribute(element, 'DBDNAME'), name),
    role,
    databaseType,
    connection: attributeOrNull(element, 'DBDNAME'),
    table,
    properties: [
      ...attributeProperties(element, modelled),
      ...childProperties(element, new Set(['TABLEATTRIBUTE'])),
      ...file,
    ],
  };
}
