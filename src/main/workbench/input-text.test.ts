import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InputFile } from '../../shared/model/project.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { inputText } from './input-text.ts';

function input(name: string, content: string | Uint8Array): InputFile {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return { id: name, name, path, role: 'source', format: 'ddl', dialect: null, sha256: '', bytes: 0 };
}

const numbered = (count: number): string => Array.from({ length: count }, (_, i) => `line ${i + 1}`).join('\n');

describe('the text around a line of an input', () => {
  it('is a window with the number of its first line', async () => {
    const found = await inputText(input('a.sql', numbered(100_000)), 50_000);
    const lines = found.text.split('\n');
    expect(lines[50_000 - found.first]).toBe('line 50000');
    expect(lines.length).toBeLessThan(300);
    expect(found.complete).toBe(false);
  });

  it('is the whole of a short file, in the encodings that files have', async () => {
    const text = 'CREATE TABLE Größe (\r\n  "Straße" CHAR(1)\r\n);';
    for (const bytes of [
      Buffer.from(text, 'utf8'),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(text, 'latin1'),
    ])
      expect(await inputText(input('b.sql', bytes), 2)).toEqual({
        first: 1,
        text: text.replaceAll('\r', ''),
        complete: true,
      });
  });

  it('cuts lines that nobody could read, whatever their length', async () => {
    const found = await inputText(input('c.csv', `${'x'.repeat(3_000_000)}\nshort`), 1);
    expect(found.text.split('\n').map((line) => line.length)).toEqual([2002, 5]);
  });

  it('is refused for files that are no text, that are gone, and for lines that are not there', async () => {
    await expect(inputText(input('d.bin', new Uint8Array(5000)), 1)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    await expect(inputText(input('e.sql', 'one'), 900)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(inputText({ ...input('f.sql', ''), path: join(temporaryFolder(), 'gone') }, 1)).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
    });
  });
});
