import { describe, expect, it } from 'vitest';
import type { OutputFile } from '../../../shared/ipc/contract.ts';
import { treeLines } from './file-tree.ts';

const files = ['manifest.json', 'sql/duckdb/b.sql', 'sql/a.sql', 'documents/x.md', 'sql/duckdb/a.sql'].map(
  (path): OutputFile => ({ path, bytes: 1, kind: 'text' }),
);
const shown = (closed: readonly string[]): readonly string[] =>
  treeLines(files, new Set(closed)).map(
    (line) => `${' '.repeat(line.depth)}${line.name}${line.file === null ? '/' : ''}`,
  );

describe('treeLines', () => {
  it('puts folders before files, each once, whatever the order of the files', () => {
    expect(shown([])).toEqual([
      'documents/',
      ' x.md',
      'sql/',
      ' duckdb/',
      '  a.sql',
      '  b.sql',
      ' a.sql',
      'manifest.json',
    ]);
  });

  it('hides everything below a closed folder, folders too', () => {
    expect(shown(['sql'])).toEqual(['documents/', ' x.md', 'sql/', 'manifest.json']);
    expect(shown(['sql/duckdb'])).toEqual(['documents/', ' x.md', 'sql/', ' duckdb/', ' a.sql', 'manifest.json']);
  });
});
