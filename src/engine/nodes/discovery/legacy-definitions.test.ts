import { describe, expect, it } from 'vitest';
import { aColumn, aTable } from '../../../../test/support/data-session.ts';
import type { EtlOutline } from '../../../shared/model/etl.ts';
import type { SchemaFile, Table } from '../../../shared/model/schema.ts';
import { withLegacyDefinitions } from './legacy-definitions.ts';

const table = (name: string, columns: readonly string[]): Table =>
  aTable(
    name,
    columns.map((column) => aColumn(column)),
  );

function job(file: string, definitions: readonly (readonly ['source' | 'target', Table])[]): EtlOutline {
  const entries = definitions.map(([role, own]) => ({ role, table: own }));
  const nothing = { mappings: [], transformations: 0, workflows: 0, diagnostics: [] };
  return { file, sha256: '', tool: 'powercenter', definitions: entries, ...nothing };
}

const ddl = (tables: readonly Table[]): SchemaFile => ({
  file: 'a.sql',
  format: 'ddl',
  dialect: null,
  tables,
  diagnostics: [],
});
const names = (files: readonly SchemaFile[]): readonly string[] =>
  files.flatMap(({ file, tables }) => tables.map(({ name, columns }) => `${file}: ${name} ${columns.length}`));

describe('definitions of legacy jobs as a schema', () => {
  const jobs = [
    job('a.xml', [
      ['source', table('CUST', ['a'])],
      ['source', table('ORDERS', ['a'])],
      ['target', table('DIM', ['a'])],
    ]),
    job('b.xml', [['source', table('orders', ['a', 'b'])]]),
  ];

  it('stand in for source tables that nothing else declares, each once and with all its columns, and are said', () => {
    const files = withLegacyDefinitions([ddl([table('cust', ['a', 'b'])])], jobs, 'source');
    expect(names(files)).toEqual(['a.sql: cust 2', 'a.xml: orders 2']);
    expect(files[1]?.diagnostics[0]?.message).toContain('come from the source definitions of a.xml');
  });

  it('give way to the rows of an extract', () => {
    expect(names(withLegacyDefinitions([], jobs, 'source', [table('Orders', ['a'])]))).toEqual(['a.xml: CUST 1']);
  });

  it('are the target only where there is no target schema', () => {
    expect(names(withLegacyDefinitions([], jobs, 'target'))).toEqual(['a.xml: DIM 1']);
    expect(names(withLegacyDefinitions([ddl([table('new', ['a'])])], jobs, 'target'))).toEqual(['a.sql: new 1']);
  });
});
