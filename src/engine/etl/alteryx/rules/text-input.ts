import { quoteLiteral } from '../../../core/text.ts';
import { all, at, attribute, type Config } from '../config.ts';
import { nothing } from '../convert/draft.ts';
import { printSelect, type Item } from '../convert/sql.ts';
import { columnOf, distinctNames, type Field } from '../convert/stream.ts';
import { single, type Rule, type RuleResult, type Tool } from '../convert/rule.ts';
import { fieldType, textType, type FieldType } from '../field-type.ts';

/** More cells than this are data of their own, not part of a pipeline. */
const maximumCells = 30_000;

/** The type that all values of a column have. */
function inferType(values: readonly string[]): FieldType {
  const given = values.filter((value) => value !== '');
  const every = (pattern: RegExp): boolean => given.length > 0 && given.every((value) => pattern.test(value));
  if (every(/^-?\d{1,9}$/)) return fieldType('Int32', null);
  if (every(/^-?\d{1,18}$/)) return fieldType('Int64', null);
  if (every(/^-?\d{1,20}(?:\.\d{1,20})?$/)) return fieldType('Double', null);
  if (every(/^\d{4}-\d\d-\d\d$/)) return fieldType('Date', null);
  if (every(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)) return fieldType('DateTime', null);
  return fieldType('V_WString', String(Math.max(1, ...values.map((value) => value.length))));
}

export function textTable(config: Config): {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const names = all(at(config, 'Fields'), 'Field').map((field) => attribute(field, 'name'));
  const rows = all(at(config, 'Data'), 'r').map((row) => all(row, 'c').map((cell) => cell.text));
  return { names, rows };
}

/** The records as a raw table, where there are too many to write out. */
function tooLarge({ draft, context }: Tool, fields: readonly Field[], rows: number): RuleResult {
  const table = context.addTable({
    name: `${draft.id}_data`,
    role: 'source',
    connector: 'file',
    columns: fields.map((field) => ({ name: field.name, type: field.type.sqlType, nullable: true })),
  });
  draft.doubt(`The tool holds ${rows} records; export them as the table ${table.name}`, 0.7);
  const node = draft.node({
    type: 'source',
    operator: 'source_connector_sql_pushdown',
    config: { table: table.name },
    columns: fields.map((field) => columnOf(field)),
    sql: printSelect({
      items: [...draft.items({ input: { node: '' }, fields, ask: null }), ...draft.seq('row_number() OVER ()')],
      from: `src."${table.name}"`,
    }),
  });
  return single(node, { fields, ask: null });
}

function cellItem(field: Field, index: number): Item {
  const text = `CAST(v.c${index + 1} AS VARCHAR)`;
  if (field.type.kind === 'blob') return { name: field.name, sql: `encode(${text})` };
  if (field.type.kind === 'boolean') return { name: field.name, sql: `${text} IN ('True', 'true', '1')` };
  return { name: field.name, sql: field.type.kind === 'string' ? text : `TRY_CAST(${text} AS ${field.type.sqlType})` };
}

type Cells = readonly (readonly string[])[];
type CellSql = (row: number, column: number) => string | null;

function valuesSql(fields: readonly Field[], rows: Cells, answered: CellSql): string {
  const cell = (value: string | undefined): string =>
    value === undefined || value === '' ? 'NULL' : quoteLiteral(value);
  const tuples = (rows.length === 0 ? [[]] : rows).map((row, index) => {
    const cells = fields.map((_field, place) => answered(index, place) ?? cell(row[place]));
    return `(${[String(index + 1), ...cells].join(', ')})`;
  });
  return `(VALUES\n    ${tuples.join(',\n    ')}\n  ) AS v(n${fields.map((_field, index) => `, c${index + 1}`).join('')})`;
}

const nth = (name: string, index: number): string => (index === 0 ? name : `${name}[${index + 1}]`);

/** The path of a cell; rows and columns are counted from 0. */
const cellPath = (row: number, column: number): string => `Data/${nth('r', row)}/${nth('c', column)}`;

/** A cell that an answer of the app fills, as text; an empty one is NULL, as in the source tool. */
function answeredCell({ draft, answer }: Tool, row: number, column: number): string | null {
  const given = answer(cellPath(row, column));
  if (given === null) return null;
  const value = draft.translate(`ToString(${given})`, `Cell ${row + 1}, ${column + 1}`, nothing);
  return value === null ? "error('The answer is not converted')" : `nullif(${value.sql}, '')`;
}

/** Text Input: records written out in the workflow. */
export const textInputRule: Rule = {
  types: ['TextInput'],
  answers: /^Data\/r(?:\[\d+\])?\/c(?:\[\d+\])?$/,
  convert(tool) {
    const { config, draft, context } = tool;
    const { names, rows } = textTable(config);
    const known = new Map((context.remembered('Output') ?? []).map((field) => [field.name, field.type]));
    const answered = (column: number): boolean => rows.some((_row, row) => tool.answer(cellPath(row, column)) !== null);
    const answers = names.some((_name, column) => answered(column));
    const fields: readonly Field[] = distinctNames(
      names.map((name, index) => {
        const type = known.get(name) ?? inferType(rows.map((row) => row[index] ?? ''));
        // An answer may be longer than the text that the file stores for it.
        return { name, type: type.kind === 'string' && answered(index) ? textType : type };
      }),
    );
    if (fields.some((field) => field.type.name === 'SpatialObj')) draft.doubt('Geometry is kept as its text', 0.7);
    if (rows.length * names.length > maximumCells) return tooLarge(tool, fields, rows.length);
    const sql = printSelect({
      items: [...fields.map(cellItem), ...draft.seq('v.n')],
      from: valuesSql(fields, rows, (row, column) => answeredCell(tool, row, column)),
      ...(rows.length === 0 ? { where: 'FALSE' } : {}),
    });
    return single(
      draft.node({
        type: 'source',
        operator: 'source_connector_sql_pushdown',
        config: { rows: rows.length },
        columns: fields.map((field) => columnOf(field)),
        sql,
      }),
      { fields, ask: null, ...(answers ? {} : { cells: rows }) },
    );
  },
};
