/** A pack's canonical tables as DDL, to be used as a target schema. */
import { quoteIdentifier } from '../core/text.ts';
import type { DomainPack } from '../../shared/model/domain-pack.ts';

const typeNames: Readonly<Record<DomainPack['tables'][number]['columns'][number]['type'], string>> = {
  string: 'VARCHAR(255)',
  integer: 'BIGINT',
  decimal: 'DECIMAL(18,4)',
  float: 'DOUBLE PRECISION',
  boolean: 'BOOLEAN',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
};

const plain = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : quoteIdentifier(name));
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** CREATE TABLE and COMMENT statements in the pack's order; the first column of a table is its key where its name ends in `id`, `number` or `code`. */
export function canonicalDdl({ tables }: Pick<DomainPack, 'tables'>): string {
  return tables
    .map(({ name, meaning, columns }) => {
      const lines = columns.map((column) => `  ${plain(column.name)} ${typeNames[column.type]}`);
      const key = columns.find((column) => /(?:^|_)(?:id|number|code)$/.test(column.name));
      if (key !== undefined && key === columns[0]) lines.push(`  PRIMARY KEY (${plain(key.name)})`);
      const comments = columns.map(
        (column) => `COMMENT ON COLUMN ${plain(name)}.${plain(column.name)} IS ${quoted(column.meaning)};`,
      );
      return [
        `CREATE TABLE ${plain(name)} (`,
        lines.join(',\n'),
        ');',
        `COMMENT ON TABLE ${plain(name)} IS ${quoted(meaning)};`,
        ...comments,
      ].join('\n');
    })
    .join('\n\n');
}
