import { describe, expect, it } from 'vitest';
import { domainPacks } from './packs.ts';
import { readPack, writePack } from './read-pack.ts';

const pack = `id: water
title: Water
version: 1
abbreviations:
  mtr: meter
tables:
  - name: meter
    meaning: A device that measures
    columns:
      - { name: meter_number, type: string, meaning: Number on the device, aliases: [ZNR] }
`;

describe('reading a domain pack', () => {
  it('takes what is left out as empty', () => {
    expect(readPack(pack, 'water.yaml')).toMatchObject({
      pack: { id: 'water', synonyms: [], keywords: [] },
      diagnostics: [],
    });
  });

  it.each([
    ['a wrong type', pack.replace('type: string', 'type: text'), 10, /tables\.0\.columns\.0\.type/],
    ['a key that nobody knows', pack.replace('title: Water', 'title: Water\nsynonims: []'), 3, /synonims/],
    ['a missing key', pack.replace('title: Water\n', ''), 1, /title/],
    ['a value of another kind', pack.replace('version: 1', 'version: one'), 3, /version/],
    [
      'a pattern that could take for ever',
      `${pack}patterns:\n  - name: P\n    meaning: P\n    words: p\n    values: (a+)+b\n`,
      15,
      /patterns\.0\.values.*repetitions/,
    ],
    ['broken YAML', pack.replace('title: Water', 'title: ]'), 2, /./],
    ['no map at all', '- a\n- b\n', 1, /./],
  ])('names the line of %s', (_what, text, line, message) => {
    const { pack: found, diagnostics } = readPack(text, 'water.yaml');
    expect(found).toBeNull();
    expect(diagnostics[0]).toMatchObject({
      severity: 'error',
      file: 'water.yaml',
      message: expect.stringMatching(message) as string,
    });
    expect(diagnostics[0]?.line).toBe(line);
  });

  it('survives bombs and prototype keys', () => {
    const bomb = `a: &a [x, x]\n${Array.from({ length: 20 }, (_, i) => `b${i}: &b${i} [*${i === 0 ? 'a' : `b${i - 1}`}, *${i === 0 ? 'a' : `b${i - 1}`}]`).join('\n')}`;
    expect(readPack(bomb, 'x.yaml').pack).toBeNull();
    expect(readPack('__proto__: {id: x}', 'x.yaml').pack).toBeNull();
    expect(({} as { id?: string }).id).toBeUndefined();
  });

  it('reads every shipped pack back from its YAML unchanged', () => {
    for (const shipped of domainPacks.values())
      expect(readPack(writePack(shipped), `${shipped.id}.yaml`)).toEqual({ pack: shipped, diagnostics: [] });
  });
});
