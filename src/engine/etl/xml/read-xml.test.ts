import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml } from './read-xml.ts';

describe('readXml', () => {
  it('keeps line ends written as character references and the line of each element', () => {
    const { root, diagnostics } = readXml(
      '<?xml version="1.0"?>\n<!DOCTYPE A SYSTEM "a.dtd">\n<A>\n<B X ="1&#xD;&#xA;2&apos;"/>\n</A>',
      { file: 'a.xml' },
    );
    expect(root?.children[0]?.attributes.get('X')).toBe("1\r\n2'");
    expect(root?.children[0]?.line).toBe(4);
    expect(diagnostics).toEqual([]);
  });

  it('keeps everything before the end of a truncated file and says where it ends', () => {
    const { root, diagnostics } = readXml('<A>\n<B X="1"/>\n<C><D Y="2"/><E Z="', { file: 'a.xml' });
    expect(root?.children.map((child) => child.name)).toEqual(['B', 'C']);
    expect(root?.children[1]?.children[0]?.attributes.get('Y')).toBe('2');
    expect(diagnostics.filter((found) => found.severity === 'error')).toMatchObject([{ line: 3 }]);
  });

  it('leaves out of the tree what is taken as it ends, and keeps what the end of the file cut off', () => {
    const taken: string[] = [];
    const { root } = readXml('<A><L><N i="1"><N i="2"/></N><O/><N i="3"/><N i="4"><N i="5"/>', {
      file: 'a.xml',
      take(element, around) {
        const isItem = element.name === 'N' && around.length === 2;
        if (isItem) taken.push(`${element.attributes.get('i')} of ${element.children.length}`);
        return isItem;
      },
    });
    expect(taken).toEqual(['1 of 1', '3 of 0']);
    expect(root?.children[0]?.children.map((child) => child.name)).toEqual(['O', 'N']);
    expect(root?.children[0]?.children[1]?.children[0]?.attributes.get('i')).toBe('5');
  });

  it('refuses entity declarations', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>';
    const { diagnostics } = readXml(bomb, { file: 'a.xml' });
    expect(diagnostics.map((found) => [found.severity, found.message.includes('declares entities')])).toEqual([
      ['error', true],
    ]);
  });

  it('refuses elements nested beyond the limit', () => {
    const { diagnostics } = readXml('<a>'.repeat(100_000), { file: 'a.xml' });
    expect(diagnostics.some((found) => found.message.includes('nested more than 256'))).toBe(true);
  });

  it('survives control characters and stray ampersands', () => {
    const { root } = readXml('<A X="a\u0001b" Y="R&D"><B/></A>', { file: 'a.xml' });
    expect(root?.children).toHaveLength(1);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<',
            '>',
            '/',
            'A',
            ' X="',
            '"',
            '&',
            '&#x',
            ';',
            '<!DOCTYPE ',
            '<![CDATA[',
            ']]>',
            '<?',
            '?>',
            '\u0000',
            'é',
          ),
        ),
        (parts) => {
          readXml(parts.join(''), { file: 'a.xml' });
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
});
