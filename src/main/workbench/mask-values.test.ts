import { describe, expect, it } from 'vitest';
import type { ColumnProfile } from '../../shared/model/profile.ts';
import { maskProfile, maskValue } from './mask-values.ts';

const column = (name: string, semanticType: string | null, value: string): ColumnProfile => ({
  name,
  nulls: 0,
  distinct: 1,
  min: value,
  max: value,
  minLength: 1,
  maxLength: 9,
  top: [{ value, count: 3 }],
  patterns: [{ pattern: 'A', count: 3 }],
  semanticType,
});

describe('masked values', () => {
  it('keep their first character, length and separators', () => {
    expect(maskValue('ann.lee@example.org')).toBe('a••.•••@•••••••.•••');
    expect(maskValue('+44 20 7946')).toBe('+•• •• ••••');
    expect(maskValue('Łódź 𝒜')).toBe('Ł••• •');
    expect(maskValue('')).toBe('');
  });

  it('are those of personal columns only, in figures and in rows', () => {
    const masked = maskProfile({
      table: 'T',
      file: 't.csv',
      rows: 3,
      columns: [column('MAIL', 'email', 'a@b.org'), column('CODE', 'code', 'AB')],
      candidateKeys: [],
      duplicateRows: 0,
      sample: [
        ['a@b.org', 'AB'],
        [null, null],
      ],
      issues: [],
    });
    expect(JSON.stringify(masked)).not.toContain('b.org');
    expect(masked.sample).toEqual([
      ['a@•.•••', 'AB'],
      [null, null],
    ]);
    expect(masked.columns[1]?.top).toEqual([{ value: 'AB', count: 3 }]);
    expect(masked.columns[0]?.patterns).toEqual([{ pattern: 'A', count: 3 }]);
  });
});
