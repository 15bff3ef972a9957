import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDuckDbRunner } from '../../src/engine/adapters/duckdb/duckdb-runner.ts';
import { quoteIdentifier, quoteLiteral } from '../../src/engine/core/text.ts';
import { patternFromDecision } from '../../src/engine/learning/pattern-from-decision.ts';
import { matchSchemas } from '../../src/engine/matching/match-schemas.ts';
import { settleParts } from '../../src/engine/matching/derive/with-derived.ts';
import { runSql } from '../../src/engine/nodes/sql-generator/run-sql.ts';
import type { SqlSession } from '../../src/engine/ports/sql-runner.ts';
import { duckDbType } from '../../src/engine/sql/dialects/duckdb/print-type.ts';
import { generateSql } from '../../src/engine/sql/generate/generate-sql.ts';
import { type LearnedPattern, type Mapping, isDerived, sourcesOf } from '../../src/shared/model/mapping.ts';
import { columnKey } from '../../src/shared/model/schema.ts';
import { type Pair, type PreparedPair, preparePair, rowsOf } from './pair.ts';
import { germanClinic } from './pairs/german-clinic.ts';
import { italianShop } from './pairs/italian-shop.ts';
import { plainMove } from './pairs/plain-move.ts';
import { waterUtility } from './pairs/water-utility.ts';

const pairs: readonly Pair[] = [waterUtility, germanClinic, italianShop, plainMove];
const settings = { autoApprove: 0.8, flagBelow: 0.5, topCandidates: 5, domain: null };

const propose = (pair: PreparedPair, more: Partial<Parameters<typeof matchSchemas>[0]> = {}) =>
  matchSchemas({ ...pair, patterns: [], rejected: new Map(), settings, ...more }, null);

const told = ({ transformation, sources = [] }: Mapping): string =>
  `${transformation.type} ${sources.map(({ column }) => column).join('+')}`;

describe.each(pairs)('derived columns of $name', (pair) => {
  const prepared = preparePair(pair);
  let mappings: readonly Mapping[] = [];
  const derived = (): readonly Mapping[] => mappings.filter(isDerived);
  beforeAll(async () => {
    mappings = await propose(prepared);
  });

  it('are proposed as the truth has them, and no others', () => {
    const found = Object.fromEntries(
      derived().map((mapping) => [`${mapping.target?.table ?? ''}.${mapping.target?.column ?? ''}`, told(mapping)]),
    );
    const truth = Object.fromEntries(
      Object.entries(pair.truth).map(([target, { type, sources }]) => [target, `${type} ${sources.join('+')}`]),
    );
    expect(found).toEqual(truth);
  });

  it('are made of columns that the source has, wait for a person and say why', () => {
    const known = new Set(
      prepared.source.flatMap(({ schema, name, columns }) =>
        columns.map((column) => columnKey({ schema, table: name, column: column.name })),
      ),
    );
    for (const mapping of derived()) {
      expect(sourcesOf(mapping).every((ref) => known.has(columnKey(ref)))).toBe(true);
      expect(mapping.status === 'auto_approved').toBe(false);
      expect(mapping.confidence).toBeLessThan(settings.autoApprove);
      expect(mapping.reasons.length).toBeGreaterThan(0);
    }
  });

  it('load into the target when all of them are approved', async () => {
    const approved = settleParts(
      mappings.map((mapping): Mapping => (isDerived(mapping) ? { ...mapping, status: 'approved' } : mapping)),
    );
    const session = await createDuckDbRunner().open({ readable: [], memoryLimit: '256MB' });
    try {
      const sql = generateSql({ ...prepared, mappings: approved, relationships: [] });
      const runs = await runSql(
        sql,
        session,
        () => fill(session, pair, prepared),
        () => {},
      );
      expect(runs.filter(({ status }) => status === 'failed')).toEqual([]);
      const loads = new Map(sql.statements.filter(({ kind }) => kind === 'load').map((one) => [one.name, one.columns]));
      for (const { target, sources = [] } of derived()) {
        const fed = loads.get(target?.table ?? '')?.find((one) => one.target.column === target?.column);
        expect(fed?.sources.map(columnKey)).toEqual(sources.map(columnKey));
      }
    } finally {
      await session.close();
    }
  });

  it('do not depend on the order of tables and columns', async () => {
    const turned = (tables: PreparedPair['source']) =>
      tables.toReversed().map((table) => ({ ...table, columns: table.columns.toReversed() }));
    const profiles = new Map(
      [...prepared.profiles].map(([key, profile]) => [
        key,
        { ...profile, columns: profile.columns.toReversed(), sample: profile.sample.map((row) => row.toReversed()) },
      ]),
    );
    const again = await propose({
      ...prepared,
      source: turned(prepared.source),
      target: turned(prepared.target),
      profiles,
    });
    expect(new Set(again.filter(isDerived).map((one) => `${one.id} ${told(one)}`))).toEqual(
      new Set(derived().map((one) => `${one.id} ${told(one)}`)),
    );
  });
});

async function fill(session: SqlSession, pair: Pair, { source }: PreparedPair): Promise<void> {
  for (const table of source) {
    const rows = rowsOf(pair.rows[table.name] ?? []);
    for (const row of rows) {
      const values = table.columns.map((column, at) => {
        const value = row[at] ?? null;
        return value === null ? 'NULL' : `CAST(${quoteLiteral(value)} AS ${duckDbType(column)})`;
      });
      await session.run(`INSERT INTO legacy.${quoteIdentifier(table.name)} VALUES (${values.join(', ')})`);
    }
  }
}

describe('a derived column that was decided before', () => {
  const prepared = preparePair(italianShop);
  const lessonOf = async (
    verdict: 'approve' | 'reject',
    by: (mapping: Mapping) => boolean,
  ): Promise<LearnedPattern> => {
    const mapping = (await propose(prepared)).find((one) => isDerived(one) && by(one)) as Mapping;
    const decision = { seq: 1, batch: 1, mappingId: mapping.id, verdict, target: mapping.target };
    const rest = { transformation: mapping.transformation, note: null, at: '2026-01-01', undoes: null, by: 'person' };
    return patternFromDecision(mapping, { ...decision, ...rest }, { origin: 'earlier', state: null, known: [] });
  };
  const isName = ({ target }: Mapping): boolean => target?.column === 'customer_name';

  it('is made in the same way again, and says where that was decided', async () => {
    const lesson = await lessonOf('approve', isName);
    const again = (await propose(prepared, { patterns: [lesson] })).find((one) => isDerived(one) && isName(one));
    expect(again).toMatchObject({ status: 'auto_approved', patterns: [lesson.id] });
    expect(again?.reasons).toEqual(['Decided so before in earlier']);
  });

  it('is not proposed again where it was refused', async () => {
    const lesson = await lessonOf('reject', isName);
    expect((await propose(prepared, { patterns: [lesson] })).filter((one) => isDerived(one) && isName(one))).toEqual(
      [],
    );
  });

  it('says nothing of mappings of single columns', async () => {
    const lesson = await lessonOf('approve', isName);
    const single = (mappings: readonly Mapping[]) => mappings.filter((one) => !isDerived(one) && !isName(one));
    expect(single(await propose(prepared, { patterns: [lesson] }))).toEqual(single(await propose(prepared)));
  });
});

describe('the values of derived columns', () => {
  let session: SqlSession;
  beforeAll(async () => {
    session = await createDuckDbRunner().open({ readable: [], memoryLimit: '256MB' });
  });
  afterAll(() => session.close());

  const load = async (pair: Pair, query: string): Promise<unknown> => {
    const prepared = preparePair(pair);
    const mappings = (await propose(prepared)).map((one): Mapping =>
      isDerived(one) ? { ...one, status: 'approved' } : one,
    );
    const sql = generateSql({ ...prepared, mappings: settleParts(mappings), relationships: [] });
    const steps = sql.statements.filter(({ kind }) => kind !== 'rollback');
    await runSql(
      { statements: steps },
      session,
      () => fill(session, pair, prepared),
      () => {},
    );
    const { rows } = await session.query(query);
    await session.run(
      sql.statements
        .filter(({ kind }) => kind === 'rollback')
        .map((one) => one.sql)
        .join('\n'),
    );
    return rows;
  };

  it('join names, lines, numbers, dates and times, and leave out what is missing', async () => {
    expect(
      await load(
        waterUtility,
        'SELECT full_name, address, phone_number, birth_date::VARCHAR FROM target.customer ORDER BY customer_id LIMIT 2',
      ),
    ).toEqual([
      ['Ann B Miller', '12 Oak St, Apt 4', '217 555-0101', '1961-04-30'],
      ['Bob Stone', '7 Elm Rd', '217 555-0102', '1975-12-01'],
    ]);
    expect(
      await load(
        waterUtility,
        'SELECT read_timestamp::VARCHAR, total_amount::VARCHAR FROM target.meter_reading ORDER BY reading_id LIMIT 1',
      ),
    ).toEqual([['2024-01-31 08:05:00', '144.60']]);
  });

  it('are written as the rows of the target are, where it has some', async () => {
    expect(
      await load(
        germanClinic,
        'SELECT full_name, street_address, phone, station_name, tenant_code FROM target.patient ORDER BY patient_number LIMIT 1',
      ),
    ).toEqual([['Becker, Anna', 'Lindenweg 12', '0221/445566', 'Innere', 'KLN']]);
  });
});
