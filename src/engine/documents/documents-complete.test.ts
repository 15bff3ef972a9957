import { describe, expect, it } from 'vitest';
import { documentsComplete } from './documents-complete.ts';
import { fixtureState } from '../../../test/support/documents-state.ts';
import { writeDocuments } from './write-documents.ts';

/** The problems of the overview when its text is changed. */
function problemsAfter(change: (markdown: string) => string): readonly string[] {
  const documents = writeDocuments(fixtureState()).map((document) =>
    document.id === 'migration-overview' ? { ...document, markdown: change(document.markdown) } : document,
  );
  return documentsComplete(documents).flatMap(({ problems }) => problems);
}

describe('documentsComplete', () => {
  it('names every document that is missing', () => {
    expect(documentsComplete([])).toHaveLength(10);
    expect(documentsComplete(writeDocuments(fixtureState()).slice(1))).toEqual([
      { id: 'migration-overview', problems: ['is missing'] },
    ]);
  });

  it('finds an empty document, a lost title and a document of a title alone', () => {
    expect(problemsAfter(() => ' \n')).toEqual(['is empty']);
    expect(problemsAfter((markdown) => markdown.slice(2))).toEqual(['does not begin with its title']);
    expect(problemsAfter((markdown) => `${markdown.split('\n')[0]}\n`)).toEqual(['has a title and nothing else']);
  });

  it('finds a placeholder outside of code and leaves code alone', () => {
    expect(problemsAfter((markdown) => `${markdown}\n{{total}}\n`)[0]).toMatch(/^line \d+: \{\{ was not filled in$/);
    expect(problemsAfter((markdown) => `${markdown}\nsee \`\${x}\` and [object Object]\n`)[0]).toMatch(
      /\[object Object\] was not filled in$/,
    );
    expect(problemsAfter((markdown) => `${markdown}\nsee \`\${x}\`\n`)).toEqual([]);
  });

  it('finds a diagram that is not closed or empty', () => {
    expect(problemsAfter((markdown) => `${markdown}\n\`\`\`mermaid\nflowchart LR\n`)[0]).toMatch(
      /the diagram is not closed$/,
    );
    expect(problemsAfter((markdown) => `${markdown}\n\`\`\`mermaid\n\`\`\`\n`)[0]).toMatch(/the diagram is empty$/);
  });

  it('finds a row with a cell too many and a table without a rule', () => {
    expect(problemsAfter((markdown) => `${markdown}\n| a | b |\n| --- | --- |\n| 1 | 2 | 3 |\n`)[0]).toMatch(
      /the row has 3 cells, its header 2$/,
    );
    expect(problemsAfter((markdown) => `${markdown}\n| a | b |\n| 1 | 2 |\n`)[0]).toMatch(/no rule under its header$/);
    expect(problemsAfter((markdown) => `${markdown}\n| a |\n\ntext\n`)[0]).toMatch(/no rule under its header$/);
  });
});
