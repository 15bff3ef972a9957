import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EtlFile } from '../../../shared/model/etl.ts';
import { parseSsis } from './parse.ts';

const folder = new URL('../../../../../shared/corpus/ssis/', import.meta.url);
const missing = existsSync(folder) ? false : 'the corpus of public SSIS packages is not beside this project';

/** The text without what is quoted inside it: designer layouts in CDATA and escaped XML hold elements of their own. */
function withoutQuoted(text: string): string {
  return text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, '').replace(/<!--[\s\S]*?-->/g, '');
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

describe.skipIf(missing !== false)(`packages of the corpus${missing === false ? '' : ` (skipped: ${missing})`}`, () => {
  const files =
    missing === false
      ? readdirSync(folder)
          .filter((name) => name.endsWith('.dtsx'))
          .sort()
      : [];

  it.each(files)('%s keeps every component, path, task, constraint and variable', (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const plain = withoutQuoted(text);
    const parsed = parseSsis(text, { file: name });
    EtlFile.parse(parsed);
    const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);
    const executables = count(plain, /<DTS:Executable\b/g) - count(plain, /<DTS:Executable\b[^>]*\bIDREF\s*=/g);
    expect({
      components: total(parsed.mappings.map((one) => one.transformations.length)),
      paths: total(parsed.mappings.map((one) => one.connectors.length)),
      dangling: total(
        parsed.mappings.map(
          (one) => one.connectors.filter((connector) => connector.from === '' || connector.to === '').length,
        ),
      ),
      inputs: total(
        parsed.mappings.flatMap((one) =>
          one.transformations.map((part) => part.ports.filter((port) => port.direction === 'input').length),
        ),
      ),
      outputs: total(
        parsed.mappings.flatMap((one) =>
          one.transformations.map((part) => part.ports.filter((port) => port.direction === 'output').length),
        ),
      ),
      tasks: parsed.tasks.length,
      links: total(parsed.workflows.map((one) => one.links.length)),
      errors: parsed.diagnostics.filter((one) => one.severity === 'error'),
    }).toEqual({
      components: count(plain, /<component\s/g),
      paths: count(plain, /<path\s/g),
      dangling: 0,
      inputs: count(plain, /<inputColumn\s/g),
      outputs: count(plain, /<outputColumn\s/g),
      tasks: executables - 1,
      links: count(plain, /<DTS:PrecedenceConstraint\b/g),
      errors: [],
    });
  });
});
