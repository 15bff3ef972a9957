import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type DocumentId, documentIds } from '../../shared/model/artifacts.ts';
import { ProjectSettings, type RunState } from '../../shared/model/project.ts';
import { buildBundle } from '../bundle/build-bundle.ts';
import { redactSecrets } from '../bundle/redact-secrets.ts';
import { documentsComplete } from './documents-complete.ts';
import { bundleFiles } from './facts/bundle-files.ts';
import { fixtureState } from '../../../test/support/documents-state.ts';
import { splitRow } from './markdown/split-row.ts';
import { wholeText } from '../core/kept-text.ts';
import { writeDocuments } from './write-documents.ts';

const empty: RunState = { settings: ProjectSettings.parse({}), inputs: [] };

function markdownOf(id: DocumentId, state: RunState = fixtureState()): string {
  return writeDocuments(state).find((document) => document.id === id)?.markdown ?? '';
}

/** The row of a table that starts with these cells. */
function rowOf(markdown: string, ...first: readonly string[]): readonly string[] {
  const rows = markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => splitRow(line).map((cell) => cell.trim()));
  return rows.find((row) => first.every((cell, i) => row[i] === cell)) ?? [];
}

const hostile = [
  'a|b',
  '`',
  '```',
  '</td><script>alert(1)</script>',
  '[x](javascript:alert(1))',
  'x\n# heading\n',
  '\\|',
  'a\\',
  '%%{init: {}}%%',
  '"]; click t0 href "javascript:alert(1)"',
  '---',
  '{{name}}',
  '${x}',
  '| --- |',
  '\u202Eabc',
  '<!-- ',
  '~~~',
  '\ud800',
  '__proto__',
  '',
];

describe('the ten documents', () => {
  it('are ten, in order, complete, and the same each time', () => {
    const documents = writeDocuments(fixtureState());
    expect(documents.map(({ id }) => id)).toEqual(documentIds);
    expect(documentsComplete(documents)).toEqual([]);
    expect(writeDocuments(fixtureState())).toEqual(documents);
  });

  it('do not depend on the order of files, tables and mappings', () => {
    const state = fixtureState();
    const { discovery } = state;
    if (discovery === undefined) throw new Error('the state has a discovery');
    const turned = {
      ...state,
      inputs: state.inputs.toReversed(),
      mappings: state.mappings?.toReversed(),
      discovery: {
        ...discovery,
        source: discovery.source.map((file) => ({ ...file, tables: file.tables.toReversed() })),
        target: discovery.target.map((file) => ({ ...file, tables: file.tables.toReversed() })),
      },
    } as RunState;
    expect(writeDocuments(turned)).toEqual(writeDocuments(state));
  });

  it('say plainly what is missing where nothing has run', () => {
    const documents = writeDocuments(empty);
    expect(documentsComplete(documents)).toEqual([]);
    expect(markdownOf('source-schema-analysis', empty)).toContain('Discovery has not run');
    expect(markdownOf('mapping-specification', empty)).toContain('The mapper has not run');
    expect(markdownOf('data-quality-report', empty)).toContain('No extract was profiled');
    expect(markdownOf('deployment-instructions', empty)).toContain('No SQL was generated');
    expect(markdownOf('rollback-procedures', empty)).toContain('there is nothing to roll back');
    expect(markdownOf('migration-overview', empty)).toContain('The evaluator has not run');
  });

  it('work for every state in which a run can be between two nodes', () => {
    const state = fixtureState();
    for (const key of ['discovery', 'mappings', 'evaluation', 'rectifications', 'sql', 'jobs'] as const) {
      const { [key]: _left, ...rest } = state;
      expect(documentsComplete(writeDocuments(rest))).toEqual([]);
    }
  });

  it('hold no path of the machine', () => {
    expect(writeDocuments(fixtureState()).filter(({ markdown }) => markdown.includes('secret-place'))).toEqual([]);
  });

  it('do not read the verdict, which is about them', () => {
    const state = fixtureState();
    const judged: RunState = { ...state, validation: { result: 'FAIL', checks: [] }, sqlRepairs: 3 };
    expect(writeDocuments(judged)).toEqual(writeDocuments(state));
  });
});

describe('facts of a small migration', () => {
  it('the overview has scope, statuses, gate, open points and risks', () => {
    const markdown = markdownOf('migration-overview');
    expect(rowOf(markdown, 'Legacy schema and extracts')).toEqual(['Legacy schema and extracts', '2', '2', '6']);
    expect(rowOf(markdown, 'approved by score')).toEqual(['approved by score', '2', '33.3 %']);
    expect(rowOf(markdown, 'Completeness')).toEqual(['Completeness', '0.83', '0.90', 'not met']);
    expect(rowOf(markdown, 'Mappings that a person has still to decide')[1]).toBe('2');
    expect(rowOf(markdown, 'Checks with findings')[1]).toBe('1');
    expect(rowOf(markdown, 'Data is left behind')[1]).toBe('1 source column without a target');
    expect(markdown).toContain('41,208 rows');
  });

  it('the schema analysis draws tables and lists declared and inferred relationships', () => {
    const markdown = markdownOf('source-schema-analysis');
    expect(markdown).toContain('erDiagram');
    expect(markdown).toContain('integer CUST_ACCT_NBR PK');
    expect(rowOf(markdown, '`MTR_READ`', '`CUST_ACCT_NBR`')).toEqual([
      '`MTR_READ`',
      '`CUST_ACCT_NBR`',
      '`CUST_MSTR`',
      '`CUST_ACCT_NBR`',
      'yes',
    ]);
    expect(rowOf(markdown, '`MTR_READ.CUST_ACCT_NBR`').slice(1, 4)).toEqual([
      '`CUST_MSTR.CUST_ACCT_NBR`',
      '0.88',
      '0.97',
    ]);
    expect(rowOf(markdown, '`CUST_NM`').at(-1)).toBe('Full name of the customer');
    expect(markdown).toContain('1 table without a declared primary key');
  });

  it('the specification says expression, confidence, status and who decided', () => {
    const markdown = markdownOf('mapping-specification');
    expect(rowOf(markdown, '`account_number`', '`CUST_MSTR.CUST_ACCT_NBR`').slice(2, 7)).toEqual([
      '`direct`',
      '`"CUST_ACCT_NBR"`',
      '0.93 likely',
      'approved by score',
      'threshold',
    ]);
    expect(rowOf(markdown, '`usage_kwh`', '`MTR_READ.KWH_USAGE`').slice(5, 7)).toEqual([
      'changed and approved',
      'person',
    ]);
    expect(rowOf(markdown, '`MTR_READ.READ_DT`')).toEqual([]);
    expect(rowOf(markdown, '`CUST_MSTR.FAX_NBR`').slice(1, 3)).toEqual(['no counterpart', 'nobody yet']);
    expect(rowOf(markdown, '`customer`', '`segment`')).toEqual([
      '`customer`',
      '`segment`',
      '`VARCHAR(12)`',
      'yes',
      '—',
      '—',
    ]);
  });

  it('the guide shows conversions and expressions before and after', () => {
    const markdown = markdownOf('transformation-guide');
    expect(rowOf(markdown, '`meter_reading.usage_kwh`')[2]).toContain('TRY_CAST(replace(');
    expect(rowOf(markdown, '`EXP_NAMES.FULL_NAME`')).toEqual([
      '`EXP_NAMES.FULL_NAME`',
      "`IIF(ISNULL(FIRST), '', FIRST) \\|\\| ' ' \\|\\| LAST`",
      "`coalesce(FIRST, '') \\|\\| ' ' \\|\\| LAST`",
    ]);
    expect(rowOf(markdown, '`m_load_customer`', '`SP_AUDIT`')[4]).toBe('by hand: not supported');
    expect(markdown).toContain('estimated at 7.25 hours');
  });

  it('the quality report has figures, issues and their queries', () => {
    const markdown = markdownOf('data-quality-report');
    expect(rowOf(markdown, '`CUST_MSTR`', '`customers.csv`').slice(2, 6)).toEqual([
      '41,208',
      '1',
      '2',
      '`CUST_ACCT_NBR`',
    ]);
    expect(rowOf(markdown, '`CUST_MSTR`', '`CUST_NM`').slice(2)).toEqual([
      'whitespace',
      '57',
      '57 values have spaces around them',
    ]);
    expect(rowOf(markdown, '`CUST_MSTR.CUST_NM`')[4]).toBe('331');
    expect(markdown).toContain("SELECT count(*) FROM t WHERE 'x' <> ''");
  });

  it('the checklist shows findings first and leaves boxes', () => {
    const markdown = markdownOf('validation-checklist');
    expect(rowOf(markdown, 'customer: every source row is loaded or rejected')).toEqual([
      'customer: every source row is loaded or rejected',
      'findings',
      '17',
      '—',
      '☐',
    ]);
    expect(markdown).toContain('- [ ] Mappings decided: 2 mappings open');
  });

  it('deployment goes parents first and loads extracts as the sandbox does; the way back goes children first', () => {
    const deployment = markdownOf('deployment-instructions');
    expect(rowOf(deployment, '1')[1]).toBe('`customer`');
    expect(rowOf(deployment, '2')[1]).toBe('`meter_reading`');
    expect(deployment).toContain("FROM read_csv('extracts/customers.csv', all_varchar = true, header = true);");
    expect(deployment).toContain('duckdb migration.duckdb -bail < sql/duckdb/02_load.sql');
    const rollback = markdownOf('rollback-procedures');
    expect(rowOf(rollback, '1').slice(1)).toEqual(['`meter_reading`', '`DELETE FROM target."meter_reading";`', 'yes']);
    expect(rowOf(rollback, '2')[3]).toBe('the load, but not 1 converted column');
    expect(rowOf(rollback, '`m_load_customer.xml`')[3]).toBe('`upsert_strategy`');
  });

  it('the guide to trouble has symptoms, causes and remedies of what was met', () => {
    const markdown = markdownOf('troubleshooting-guide');
    expect(rowOf(markdown, 'error', '`legacy.sql`').slice(2)).toEqual([
      '41',
      'The statement is not understood',
      '`CREATE SYNONYM X`',
    ]);
    expect(rowOf(markdown, 'Rows are rejected as too long').slice(3)).toEqual(['1', '331', '`CUST_MSTR.CUST_NM`']);
    expect(rowOf(markdown, 'Joins and lookups find nothing')[4]).toBe('57');
  });

  it('the reference has hashes, weights and exactly the files of the bundle', () => {
    const markdown = markdownOf('technical-reference');
    expect(rowOf(markdown, '`legacy.sql`').at(-1)).toBe(`\`${'a'.repeat(64)}\``);
    expect(markdown).toContain(
      '0.40 semantic similarity + 0.25 type compatibility + 0.20 domain context + 0.15 history',
    );
    for (const state of [fixtureState(), empty]) {
      const written = { ...state, documents: writeDocuments(state) };
      const built = buildBundle({ state: written, decisions: [], generator: 'test', sha256: () => '0'.repeat(64) });
      expect(bundleFiles(state).map(({ path }) => path)).toEqual([...built.keys()].sort());
    }
  });
});

describe('customer text cannot break a document', () => {
  it.each(hostile)('the name %j leaves tables, fences and diagrams whole', (name) => {
    const documents = writeDocuments(fixtureState((given) => `${name}${given}${name}`));
    expect(documentsComplete(documents)).toEqual([]);
    for (const { markdown } of documents) {
      const prose = proseOf(markdown);
      expect(prose).not.toMatch(/<(?!=)[a-z/!]/i);
      expect(prose).not.toMatch(/(?<!\\)\]\(/);
      expect(markdown).not.toContain('\u202E');
      expect(diagramLines(markdown).filter((line) => !diagramGrammar.some((form) => form.test(line)))).toEqual([]);
    }
  });

  it('every row has as many cells as its header, whatever the names are', () => {
    const nasty = fc
      .array(
        fc.oneof(
          fc.constantFrom('|', '\\', '`', '\n', '\r', '<', '*', '_', ' ', '"', "'", '#', ']', '('),
          fc.string({ unit: 'binary', maxLength: 3 }),
        ),
        { maxLength: 8 },
      )
      .map((items) => items.join(''));
    fc.assert(
      fc.property(nasty, nasty, (before, after) => {
        const documents = writeDocuments(fixtureState((given) => `${before}${given}${after}`));
        expect(documentsComplete(documents)).toEqual([]);
        // The bundle takes secrets out once more: that must not break a row either.
        expect(
          documentsComplete(
            documents.map((document) => ({ ...document, markdown: redactSecrets(document.markdown).text })),
          ),
        ).toEqual([]);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it('a password in a message does not reach a document', () => {
    const documents = writeDocuments(
      fixtureState((given) => (given.startsWith('The statement') ? 'cannot connect with password=hunter2|x' : given)),
    );
    expect(documents.filter(({ markdown }) => markdown.includes('hunter2'))).toEqual([]);
    expect(documentsComplete(documents)).toEqual([]);
  });
});

describe('size', () => {
  it('pipelines of many megabytes are not all read back, and the guide says so', () => {
    const state = fixtureState();
    const jobs = (state.jobs ?? []).map((job) => ({
      ...job,
      pipelines: job.pipelines.flatMap((pipeline) => [
        pipeline,
        { ...pipeline, yaml: `${wholeText(pipeline.yaml)}${'# padding\n'.repeat(300_000)}` },
      ]),
    }));
    expect(markdownOf('transformation-guide', { ...state, jobs })).toContain(
      'The expressions of 1 further pipeline are not listed here',
    );
  });

  it('a project of 50,000 columns gives documents below 1 MB that say what they leave out', () => {
    const documents = writeDocuments(hugeState());
    expect(documentsComplete(documents)).toEqual([]);
    for (const { markdown } of documents) expect(markdown.length).toBeLessThan(1_000_000);
    expect(markdownOf('mapping-specification', hugeState())).toMatch(
      /Shown: the first \d+ of 500 target tables\. The full list is in `mappings\/mappings\.csv`\./,
    );
  });
});

function hugeState(): RunState {
  const small = fixtureState();
  const { discovery, mappings } = small;
  const [file] = discovery?.source ?? [];
  const [first] = mappings ?? [];
  const [base] = file?.tables ?? [];
  const [column] = base?.columns ?? [];
  if (
    discovery === undefined ||
    file === undefined ||
    first === undefined ||
    base === undefined ||
    column === undefined
  )
    throw new Error('the state is complete');
  const numbers = Array.from({ length: 500 }, (_, i) => i);
  const tables = (prefix: string) =>
    numbers.map((i) => ({
      ...base,
      name: `${prefix}_${i}`,
      columns: Array.from({ length: 100 }, (_, c) => ({ ...column, name: `COLUMN_${c}`, comment: 'x'.repeat(300) })),
    }));
  const many = numbers.flatMap((i) =>
    Array.from({ length: 100 }, (_, c) => {
      const ref = (prefix: string) => ({ schema: null, table: `${prefix}_${i}`, column: `COLUMN_${c}` });
      return { ...first, id: `S_${i}.COLUMN_${c}`, source: ref('S'), target: ref('T'), rationale: 'y'.repeat(300) };
    }),
  );
  return {
    ...small,
    mappings: many,
    discovery: { ...discovery, source: [{ ...file, tables: tables('S') }], target: [{ ...file, tables: tables('T') }] },
  };
}

const fences = /^(`{3,})([a-z]*)\n[^]*?\n\1$/gm;

/** What is Markdown and no code: fences and code spans taken out. */
function proseOf(markdown: string): string {
  return markdown.replace(fences, '').replace(/(?<![\\`])(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}

/** Everything that a line of a diagram may be; labels hold no sign that ends or changes them. */
const diagramGrammar = [
  /^(flowchart (LR|TD)|erDiagram)$/,
  /^  [a-z]\d+\["[^"<>`%{}[\]()\\|]+"\]$/,
  /^  [a-z]\d+ -->(\|"\d+"\|)? [a-z]\d+$/,
  /^  t\d+\["[^"<>`%{}[\]()\\|#;]+"\] \{$/,
  /^    [a-z]+ [A-Za-z]\w*( PK| FK| PK, FK)?$/,
  /^  \}$/,
  /^  t\d+ \|\|(--|\.\.)o\{ t\d+ : "[^"<>`%{}[\]()\\|#;]+"$/,
];

function diagramLines(markdown: string): readonly string[] {
  const diagrams = [...markdown.matchAll(fences)].filter((match) => match[2] === 'mermaid');
  return diagrams.flatMap((match) => match[0].split('\n').slice(1, -1));
}
