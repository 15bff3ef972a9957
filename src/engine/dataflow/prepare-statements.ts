/** What has to exist before the nodes of a pipeline can run: schemas, empty tables, macros, parameters. */
import { PortolanError } from '../../shared/errors.ts';
import { quoteLiteral } from '../core/text.ts';
import { macroSql } from '../expr/duckdb-macros.ts';
import type { Pipeline, PipelineParameter, PipelineTable } from './model.ts';
import { sqlName, tableRelation } from './sql-name.ts';

const initial: readonly (readonly [RegExp, string])[] = [
  [/^(?:date|timestamp|datetime)/i, "TIMESTAMP '0001-01-01'"],
  [/^(?:u?int|s?byte|single|small|big|dec|num|double|float|real)/i, '0'],
];

const emptyOf = ({ type }: PipelineParameter): string => initial.find(([pattern]) => pattern.test(type))?.[1] ?? "''";

function dateOf(text: string): string {
  const formats = ['%Y-%m-%d', '%m/%d/%Y %I:%M:%S %p', '%m/%d/%Y %H:%M:%S', '%m/%d/%Y', '%Y-%m-%d %H:%M:%S']
    .map(quoteLiteral)
    .join(', ');
  return `try_strptime(${quoteLiteral(text.trim())}, [${formats}])`;
}

const number = /^[+-]?\d+(?:\.\d+)?$/;

function defaultValue(parameter: PipelineParameter): string {
  const text = parameter.default;
  const empty = emptyOf(parameter);
  if (text === undefined) return empty;
  if (empty === '0') return number.test(text.trim()) ? text.trim() : '0';
  return empty === "''" ? quoteLiteral(text) : `coalesce(${dateOf(text)}, ${empty})`;
}

/** A value that a person gave has to be of the parameter's type. */
function givenValue(parameter: PipelineParameter, text: string): string {
  const empty = emptyOf(parameter);
  if (empty === "''") return quoteLiteral(text);
  if (empty !== '0')
    return `coalesce(${dateOf(text)}, error(${quoteLiteral(`The parameter ${parameter.name} is a date, which ${text} is not: write it as 2024-01-31`)}))`;
  if (number.test(text.trim())) return text.trim();
  throw new PortolanError('INPUT_INVALID', `The parameter ${parameter.name} is a number, which ${text} is not`, {
    hint: 'Write it as 12 or 12.5.',
  });
}

export function createTable(table: PipelineTable): string {
  const columns =
    table.columns.length === 0
      ? ['__empty INTEGER']
      : table.columns.map((column) => `${sqlName(column.name)} ${column.type}`);
  return `CREATE TABLE ${tableRelation(table)} (${columns.join(', ')})`;
}

/**
 * Values of parameters: given ones first, then defaults, then the type's initial value; `kept` ones are left as they are.
 * `run_ts` is the time of the run.
 */
export function parameterStatements(
  { parameters }: Pick<Pipeline, 'parameters'>,
  runTime: string,
  { given, kept }: { readonly given?: ReadonlyMap<string, string>; readonly kept?: ReadonlySet<string> } = {},
): readonly string[] {
  const said = new Map([...(given ?? [])].map(([name, value]) => [name.toLowerCase(), value]));
  const statements = (parameters ?? [])
    .filter(({ name }) => kept?.has(name.toLowerCase()) !== true)
    .map((parameter) => {
      const text = said.get(parameter.name.toLowerCase());
      const value = text === undefined ? defaultValue(parameter) : givenValue(parameter, text);
      return `SET VARIABLE ${sqlName(parameter.name)} = ${value}`;
    });
  return [`SET VARIABLE run_ts = TIMESTAMP ${quoteLiteral(runTime)}`, ...statements];
}

export function schemaStatements(pipeline: Pipeline): readonly string[] {
  return [
    'CREATE SCHEMA IF NOT EXISTS src',
    'CREATE SCHEMA IF NOT EXISTS tgt',
    ...(pipeline.tables ?? []).map(createTable),
  ];
}

/** The CREATE MACRO text of the pipeline, '' where it needs none. Names that the generator does not know are left out. */
export function macroStatements(pipeline: Pick<Pipeline, 'macros'>): string {
  return macroSql(pipeline.macros ?? []);
}
