import { describe, expect, it } from 'vitest';
import { readComment } from './read-comment.ts';

describe('comments of data dictionaries', () => {
  it('a comment of labelled entries gives its title and its description without the technical entries', () => {
    expect(readComment('Description: Day the bill was sent, Type: DATE, Format: 8, Field Name: Bill Date')).toEqual({
      title: 'Bill Date',
      description: 'Day the bill was sent',
    });
  });

  it('text before the first entry is part of the description', () => {
    expect(readComment('Sent by mail. Label: Bill Date; Type: DATE')).toEqual({
      title: 'Bill Date',
      description: 'Sent by mail',
    });
  });

  it('a plain comment stays as it is, a single colon included', () => {
    for (const text of ['Note: set by the clerk', 'Customer since', 'Ratio 3:4 of width, height'])
      expect(readComment(text)).toEqual({ title: null, description: text });
  });

  it('a title is used where nothing describes the column', () => {
    expect(readComment('Name: Account, Type: INT')).toEqual({ title: 'Account', description: 'Account' });
  });

  it('a long hostile comment is read in linear time and cut', () => {
    const text = `${'a, '.repeat(50_000)}Name: X, Type: Y`;
    expect(readComment(text).title).toBeNull();
  });
});
