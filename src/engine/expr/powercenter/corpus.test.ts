import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { quoteIdentifier } from '../../core/text.ts';
import { macroNames, macroSql } from '../duckdb-macros.ts';
import { defaultSettings, type ExpressionEnv, type ScalarType } from '../environment.ts';
import { parsePowerCenter } from './parse.ts';
import { toDuckDb } from './to-duckdb.ts';

const folder = new URL('../../../../../shared/corpus/powercenter/', import.meta.url);
const missing = existsSync(folder) ? false : 'the corpus of public PowerCenter files is not beside this project';

const portTypes: ReadonlyMap<string, ScalarType> = new Map<string, ScalarType>([
  ['string', 'string'],
  ['nstring', 'string'],
  ['text', 'string'],
  ['ntext', 'string'],
  ['integer', 'integer'],
  ['small integer', 'integer'],
  ['bigint', 'bigint'],
  ['decimal', 'decimal'],
  ['double', 'double'],
  ['real', 'double'],
  ['date/time', 'date'],
  ['binary', 'binary'],
]);

interface Found {
  readonly expression: string;
  readonly ports: ExpressionEnv['ports'];
  readonly aggregate: boolean;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const decoded = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, digits?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return digits === undefined ? (entities[name ?? ''] ?? whole) : String.fromCodePoint(Number(digits));
  });

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`).exec(tag);
  return found === null ? null : decoded(found[1] ?? '');
}

/** Every expression of the folder with the ports of its own transformation. */
function expressions(): readonly Found[] {
  const found: Found[] = [];
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(new URL(file, folder), 'latin1');
    for (const [block, head = ''] of text.matchAll(/<TRANSFORMATION\b([^>]*)>[\s\S]*?<\/TRANSFORMATION>/g)) {
      const fields = [...block.matchAll(/<TRANSFORMFIELD\b[^>]*>/g)].map((match) => match[0]);
      const ports = new Map(
        fields.map((tag) => {
          const name = attribute(tag, 'NAME') ?? '';
          const type = portTypes.get(attribute(tag, 'DATATYPE') ?? '') ?? 'unknown';
          const sizes = { precision: Number(attribute(tag, 'PRECISION')), scale: Number(attribute(tag, 'SCALE')) };
          return [name.toLowerCase(), { type, ...sizes, sqlName: quoteIdentifier(name) }] as const;
        }),
      );
      const aggregate = attribute(head, 'TYPE') === 'Aggregator';
      const add = (expression: string | null): void => {
        if (expression !== null && expression.trim() !== '') found.push({ expression, ports, aggregate });
      };
      for (const tag of fields) add(attribute(tag, 'EXPRESSION'));
      for (const [tag] of block.matchAll(/<GROUP\b[^>]*>/g)) add(attribute(tag, 'EXPRESSION'));
      for (const [tag] of block.matchAll(/<TABLEATTRIBUTE\b[^>]*>/g)) {
        if (/^(?:Filter Condition|Update Strategy Expression)$/.test(attribute(tag, 'NAME') ?? ''))
          add(attribute(tag, 'VALUE'));
      }
    }
  }
  return found;
}

const sqlTypes: Readonly<Record<string, string>> = {
  string: 'VARCHAR',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  date: 'TIMESTAMP',
  binary: 'BLOB',
};

describe.skipIf(missing !== false)(
  `expressions of public PowerCenter exports${missing === false ? '' : ` (skipped: ${missing})`}`,
  () => {
    it('all parse, and those without a warning are valid DuckDB over the ports of their transformation', async () => {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      await connection.run(macroSql(macroNames));
      const all = expressions();
      const failures: string[] = [];
      const refused: string[] = [];
      let confident = 0;
      for (const { expression, ports, aggregate } of all) {
        const parsed = parsePowerCenter(expression);
        if (!parsed.ok) {
          failures.push(`${expression}: ${parsed.error.message}`);
          continue;
        }
        const mode = aggregate ? 'aggregate' : 'row';
        const { sql, confidence } = toDuckDb(parsed.ast, {
          ports,
          parameters: new Map(),
          mode,
          settings: defaultSettings,
        });
        if (confidence < 0.8) continue;
        confident += 1;
        const columns = [...ports.values()].map(
          ({ sqlName, type, precision, scale }) =>
            `CAST(NULL AS ${sqlTypes[type] ?? `DECIMAL(${Math.min(38, precision || 38)},${scale || 0})`}) AS ${sqlName}`,
        );
        const from = columns.length === 0 ? '' : ` FROM (SELECT ${columns.join(', ')})`;
        const group = aggregate && !/\b(?:sum|count|max|min|avg)\(/i.test(sql) ? ' GROUP BY ALL' : '';
        await connection
          .run(`SELECT ${sql} AS result${from}${group}`)
          .catch((error: unknown) => refused.push(`${expression} => ${sql}: ${String(error)}`));
      }
      const distinct = new Set(all.map(({ expression }) => expression)).size;
      process.stdout.write(
        `${all.length} expressions, ${distinct} distinct; ${failures.length} do not parse; ${confident} at confidence 0.8 or more; ${refused.length} refused by DuckDB\n`,
      );
      expect(all.length).toBeGreaterThan(300);
      expect({ failures: [...new Set(failures)], refused: [...new Set(refused)].slice(0, 20) }).toEqual({
        failures: [],
        refused: [],
      });
    });
  },
);
