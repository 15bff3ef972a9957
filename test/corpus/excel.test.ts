/** Every real workbook of ../shared/excel against what was counted by hand in it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkbook } from '../../src/engine/adapters/excel/open-workbook.ts';
import type { WorkbookContent } from '../../src/engine/ports/input-reader.ts';
import { readWorkbook } from '../../src/engine/readers/excel/read-workbook.ts';

const folder = join(import.meta.dirname, '../../../shared/excel');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.xlsx')) : [];

async function read(name: string, side: 'source' | 'target' = 'source'): Promise<WorkbookContent> {
  return readWorkbook(await openWorkbook(readFileSync(join(folder, name)), name), {
    path: '',
    name,
    dialect: null,
    side,
  });
}

/** Columns of the one table in each extract, which has a header and no rows. */
const extracts: readonly (readonly [part: string, columns: number])[] = [
  ['Electronic_Monitoring', 3],
  ['leif__weather', 4],
  ['btc_tower', 8],
  ['slovenian', 4],
  ['solar_power', 2],
  ['btc__weather', 6],
  ['BEMS', 6],
  ['Charging', 6],
  ['Photovoltaic', 10],
  ['torrelago', 5],
  ['public_buildings', 5],
  ['air_quality', 5],
];

const named = (part: string): string => files.find((name) => name.includes(part)) ?? '';

describe.skipIf(files.length === 0)('workbooks of ../shared/excel (skipped where the folder is absent)', () => {
  it.each(extracts)('%s is one table of %i columns', async (part, columns) => {
    const { data, schema } = await read(named(part));
    expect([data.length, data[0]?.header.length, data[0]?.rows, schema.tables]).toEqual([1, columns, 0, []]);
  });

  it.each([
    ['cms_omop', 25_632],
    ['synthea_omop', 29_637],
  ])(
    '%s is one table of 9 columns with all its rows',
    async (part, rows) => {
      const { data, schema } = await read(named(part));
      expect([data.length, data[0]?.header.length, data[0]?.rows, schema.tables.length]).toEqual([1, 9, rows, 0]);
    },
    60_000,
  );

  it('a dictionary of three columns gives its 7 tables', async () => {
    const { schema, data } = await read(named('extract_dictionary'));
    const columns = schema.tables.reduce((sum, table) => sum + table.columns.length, 0);
    expect([schema.tables.length, columns, data.length]).toEqual([7, 108, 0]);
  });

  it('a workbook of a cover, a mapping and a dictionary gives each as what it is', async () => {
    const { schema, data } = await read(named('Mappings'));
    expect(data).toEqual([]);
    expect(schema.mappings?.length).toBeGreaterThan(50);
    expect(schema.mappings?.every(({ sheet }) => sheet?.startsWith('Map') === true)).toBe(true);
    const visit = schema.tables.find(({ name }) => name === 'care_site');
    expect(visit?.columns.map(({ name }) => name).slice(0, 2)).toEqual(['care_site_id', 'care_site_name']);
  });

  it('a model of twelve sheets under two rows of merged names gives entities, attributes and no header as a table', async () => {
    const { schema } = await read(named('target_model'));
    const names = schema.tables.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['Building', 'EV Charging Station', 'ACMeasurement', 'WeatherObserved', 'Tarif']),
    );
    expect(names).not.toContain('Entity');
    const building = schema.tables.find(({ name }) => name === 'Building');
    expect(building?.columns.find(({ name }) => name === 'id')?.nullable).toBe(false);
  });
});
