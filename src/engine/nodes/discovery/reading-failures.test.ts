import { describe, expect, it } from 'vitest';
import { column, table } from '../../../../test/support/builders.ts';
import type { InputFile } from '../../../shared/model/project.ts';
import type { Diagnostic, SchemaFile } from '../../../shared/model/schema.ts';
import { readingFailures } from './reading-failures.ts';

const input = (name: string, role: InputFile['role']): InputFile => ({
  id: `id-${name}`,
  name,
  path: `/${name}`,
  role,
  format: 'unknown',
  dialect: null,
  sha256: '',
  bytes: 1,
});
const problem = (file: string, severity: Diagnostic['severity'], message: string): Diagnostic => ({
  severity,
  message,
  file,
  line: 1,
  statement: null,
});
const schema = (file: string, tables: SchemaFile['tables']): SchemaFile => ({
  file,
  format: 'ddl',
  dialect: null,
  tables,
  diagnostics: [],
});

type Found = Parameters<typeof readingFailures>[0];
const discovery = (more: Partial<Found>): Found => ({ source: [], target: [], data: [], diagnostics: [], ...more });

describe('readingFailures', () => {
  it('names the first error of each input that gave nothing', () => {
    const errors = [
      problem('bad.sql', 'error', 'first'),
      problem('bad.sql', 'error', 'second'),
      problem('odd.sql', 'warning', 'only odd'),
    ];
    expect(
      readingFailures(discovery({ diagnostics: errors }), [input('bad.sql', 'source'), input('odd.sql', 'target')]),
    ).toEqual([errors[0]]);
  });

  it('passes over a script with one bad statement and an extract with a bad row', () => {
    const found = discovery({
      source: [schema('some.sql', [table('t', [column('id')])]), schema('rows.csv', [])],
      data: [{ inputId: 'id-rows.csv', table: 't' }],
      diagnostics: [problem('some.sql', 'error', 'not understood'), problem('rows.csv', 'error', 'row 7')],
    });
    expect(readingFailures(found, [input('some.sql', 'source'), input('rows.csv', 'source')])).toEqual([]);
  });

  it('names a legacy export of which a part is missing', () => {
    const truncated = problem('wf.xml', 'error', 'truncated');
    expect(readingFailures(discovery({ diagnostics: [truncated] }), [input('wf.xml', 'etl')])).toEqual([truncated]);
  });
});
