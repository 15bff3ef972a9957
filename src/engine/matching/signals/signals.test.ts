import { describe, expect, it } from 'vitest';
import { column, table, typed } from '../../../../test/support/builders.ts';
import type { Table } from '../../../shared/model/schema.ts';
import { findDomainPack } from '../../domains/packs.ts';
import { prepareJob } from '../prepare-job.ts';
import { featureNames, measurePair } from './registry.ts';

/** One figure of every pair, as `a.b > c.d`. */
async function figures(
  name: string,
  source: readonly Table[],
  target: readonly Table[],
): Promise<ReadonlyMap<string, number>> {
  const none = new Map<string, never>();
  const domain = findDomainPack('healthcare');
  const job = await prepareJob({ source, target, profiles: none, targetProfiles: none, domain }, null);
  const at = featureNames.indexOf(name);
  return new Map(
    job.context.source.columns.flatMap((a) =>
      job.context.target.columns.map((b): [string, number] => {
        const out = new Float64Array(featureNames.length);
        measurePair({ job: job.context, base: job.base, structure: job.structure, source: a, target: b }, out);
        return [`${a.ref.table}.${a.ref.column} > ${b.ref.table}.${b.ref.column}`, out[at] as number];
      }),
    ),
  );
}

describe('a bare name in a lookup table', () => {
  it('stands for what its table is called', async () => {
    const found = await figures(
      'context.bare',
      [table('release_status', [column('name')])],
      [table('releases', [column('status'), column('title')]), table('labels', [column('name')])],
    );
    expect(found.get('release_status.name > releases.status')).toBeGreaterThan(0.6);
    expect(found.get('release_status.name > labels.name')).toBe(0);
  });
});

describe('the key of a source table', () => {
  const target = [
    table('person', [typed('person_id', 'integer'), column('person_source_value'), column('race_source_value')], {
      primaryKey: ['person_id'],
    }),
  ];

  it('fits the column that keeps keys of the source system', async () => {
    const source = [table('patients', [column('id'), column('race')], { primaryKey: ['id'] })];
    const found = await figures('reference.legacy', source, target);
    expect(found.get('patients.id > person.person_source_value')).toBe(1);
    expect(found.get('patients.id > person.race_source_value')).toBe(0);
    expect(found.get('patients.id > person.person_id')).toBe(0);
    expect(found.get('patients.race > person.person_source_value')).toBe(0);
  });
});

describe('tables of the domain’s standard schemas', () => {
  it('count by how much source data goes there', async () => {
    const source = [table('visits', [column('patient')])];
    const target = ['visit_occurrence', 'condition_era', 'elsewhere'].map((name) =>
      table(name, [typed('person_id', 'integer')]),
    );
    const found = await figures('table.usual', source, target);
    expect(found.get('visits.patient > visit_occurrence.person_id')).toBeGreaterThan(0);
    expect(found.get('visits.patient > condition_era.person_id')).toBe(-1);
    expect(found.get('visits.patient > elsewhere.person_id')).toBe(0);
  });
});

describe('a key named by the beginning of its table', () => {
  it('is read as the table’s key', async () => {
    const found = await figures(
      'reference.bothOwn',
      [table('inproceedings', [column('inprocid'), column('title')])],
      [table('article', [column('articleid'), column('title')])],
    );
    expect(found.get('inproceedings.inprocid > article.articleid')).toBe(1);
  });
});
