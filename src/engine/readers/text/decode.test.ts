import { describe, expect, it } from 'vitest';
import { decodeText, looksBinary } from './decode.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, little: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let i = 0; i < text.length; i += 1) view.setUint16(2 * i, text.charCodeAt(i), little);
  return new Uint8Array(view.buffer);
};

describe('decodeText', () => {
  it('drops the mark of UTF-8 and UTF-16 and says which it was', () => {
    expect(decodeText(utf8('\uFEFFstraße'))).toEqual({ text: 'straße', encoding: 'utf-8', bom: true, replaced: 0 });
    expect(decodeText(utf16('\uFEFFäb', true))).toEqual({ text: 'äb', encoding: 'utf-16le', bom: true, replaced: 0 });
    expect(decodeText(utf16('\uFEFFäb', false))).toEqual({ text: 'äb', encoding: 'utf-16be', bom: true, replaced: 0 });
  });

  it('recognises UTF-16 without a mark', () => {
    expect(decodeText(utf16('create table é (a int);', true))).toMatchObject({
      text: 'create table é (a int);',
      encoding: 'utf-16le',
    });
    expect(decodeText(utf16('create table é (a int);', false))).toMatchObject({
      text: 'create table é (a int);',
      encoding: 'utf-16be',
    });
  });

  it('reads what is not UTF-8 as windows-1252, the euro sign and curly quotes included', () => {
    expect(decodeText(Uint8Array.from([0x80, 0x20, 0x93, 0x61, 0x94, 0xe9]))).toEqual({
      text: '€ “a”é',
      encoding: 'windows-1252',
      bom: false,
      replaced: 0,
    });
  });

  it('believes valid UTF-8 over a declaration that says otherwise', () => {
    expect(decodeText(utf8('Zürich'), { declared: 'windows-1252' })).toMatchObject({
      text: 'Zürich',
      encoding: 'utf-8',
    });
  });

  it('uses a declared encoding where the bytes are not UTF-8, and ignores a declaration that is unknown', () => {
    expect(decodeText(Uint8Array.from([0x93, 0xfa, 0x96, 0x7b]), { declared: 'Shift_JIS' })).toMatchObject({
      text: '日本',
      encoding: 'shift_jis',
    });
    expect(decodeText(Uint8Array.from([0x61, 0xe9]), { declared: 'no-such' })).toMatchObject({
      text: 'aé',
      encoding: 'windows-1252',
    });
  });

  it('counts the damaged characters of UTF-8 that was cut', () => {
    const whole = utf8('äöü'.repeat(20));
    expect(decodeText(whole.subarray(0, whole.length - 1))).toMatchObject({ encoding: 'utf-8', replaced: 1 });
  });

  it('decodes nothing to nothing', () => {
    expect(decodeText(new Uint8Array())).toEqual({ text: '', encoding: 'utf-8', bom: false, replaced: 0 });
  });
});

describe('looksBinary', () => {
  it('tells compressed data from text of any encoding', () => {
    expect(looksBinary(Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0]))).toBe(true);
    expect(looksBinary(Uint8Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? 1 : 200)))).toBe(true);
    expect(looksBinary(utf16('select 1', true))).toBe(false);
    expect(looksBinary(Uint8Array.from([0x61, 0xe9, 0x0d, 0x0a, 0x1a]))).toBe(false);
    expect(looksBinary(new Uint8Array())).toBe(false);
  });
});
