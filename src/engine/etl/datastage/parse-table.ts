/** Table definitions as schema sources. */
import type { EtlDefinition } from '../../../shared/model/etl.ts';
import { columnType, typeName } from './data-types.ts';
import { collection, textOf, valueOf, type DsxBlock } from './read-dsx.ts';
import { recordProperties } from './properties.ts';

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

/** The last part of `Kind\Source\Name`. */
function tableName(identifier: string): string {
  return identifier.split('\\').findLast((part) => part !== '') ?? identifier;
}

/** A table definition of the repository. It says nothing about reading or writing, and counts as a source. */
export function parseTableDefinition(record: DsxBlock): EtlDefinition {
  const identifier = valueOf(record, 'Identifier') ?? '';
  const columns = collection(record, 'Columns');
  return {
    id: identifier,
    role: 'source',
    databaseType: identifier.split('\\', 1)[0] ?? '',
    connection: null,
    table: {
      schema: null,
      name: tableName(identifier),
      kind: 'definition',
      comment: textOf(record, 'Description'),
      columns: columns.map((column) => ({
        name: valueOf(column, 'Name') ?? '',
        ...columnType(
          typeName(valueOf(column, 'SqlType')),
          whole(valueOf(column, 'Precision')),
          whole(valueOf(column, 'Scale')),
        ),
        nullable: valueOf(column, 'Nullable') !== '0',
        default: null,
        comment: textOf(column, 'Description'),
        identity: false,
        generated: null,
      })),
      primaryKey: columns
        .filter((column) => /^[1-9]/.test(valueOf(column, 'KeyPosition') ?? ''))
        .map((column) => valueOf(column, 'Name') ?? ''),
      uniques: [],
      foreignKeys: [],
      indexes: [],
      checks: [],
      line: record.line,
    },
    properties: recordProperties(record),
  };
}
