import { sqlName } from '../../../dataflow/sql-name.ts';
import { itemsOf } from '../properties.ts';
import { converted, type LinkColumn } from '../convert/columns.ts';
import {
  item,
  NotConverted,
  pipelineColumn,
  select,
  seqColumn,
  type InputLink,
  type StageDraft,
} from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

/** What happens to a row between two sets of rows, with the tool's own code for it. */
export const changes = [
  { name: 'copy', code: 0, dropped: true },
  { name: 'insert', code: 1, dropped: false },
  { name: 'delete', code: 2, dropped: false },
  { name: 'edit', code: 3, dropped: false },
] as const;
type Change = (typeof changes)[number];

/** The number written for a change: as the stage sets it, else the tool's own. */
export function codeOf(draft: StageDraft, change: Change): number {
  const text = (draft.property(`${change.name}Code`) ?? '').trim();
  return /^-?\d{1,9}$/.test(text) ? Number(text) : change.code;
}

function isDropped(draft: StageDraft, change: Change): boolean {
  const named = change.name.charAt(0).toUpperCase() + change.name.slice(1);
  if (draft.property(`keep${named}`) !== null) return false;
  const drop = draft.property(`drop${named}`);
  return drop === null ? change.dropped : !/^(?:false|no|0)$/i.test(drop.trim());
}

function columnNamed(link: InputLink, name: string): LinkColumn {
  const found = link.stream.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw new NotConverted(`${link.name} has no column ${name}`);
  return found;
}

/** The columns that make a row an edit: those that are named, else all that both inputs have and that are no keys. */
function valuesOf(draft: StageDraft, before: InputLink, after: InputLink, keys: readonly string[]): readonly string[] {
  const named = itemsOf(draft.stage.properties, 'value').map((one) => one.value);
  if (named.length > 0) return named;
  const taken = new Set(keys.map((key) => key.toLowerCase()));
  const known = new Set(before.stream.columns.map((column) => column.name.toLowerCase()));
  return after.stream.columns
    .map((column) => column.name)
    .filter((name) => known.has(name.toLowerCase()) && !taken.has(name.toLowerCase()));
}

/** Change Capture: what happened to each key between two sets of rows; a deleted row has its values of before. */
export const changeCaptureRule: StageRule = {
  types: ['PxChangeCapture'],
  readsOrder: () => true,
  convert(draft) {
    const [before, after] = draft.inputs;
    const keys = itemsOf(draft.stage.properties, 'key').map((one) => one.value);
    if (before === undefined || after === undefined) throw new NotConverted('A link of the comparison has no rows');
    if (keys.length === 0) throw new NotConverted('The comparison names no key');
    draft.doubt('The first link is taken as the rows before, the second as those after', 0.88);
    draft.note('Each key is there once in each set of rows, as the source tool expects');
    const side = (link: InputLink, name: string): string =>
      `${link === before ? 'b' : 'a'}.${sqlName(columnNamed(link, name).name)}`;
    const pair = (name: string): readonly [string, string] => [side(before, name), side(after, name)];
    const on = keys.map((key) => pair(key).join(' IS NOT DISTINCT FROM ')).join(' AND ');
    const values = valuesOf(draft, before, after, keys);
    const edited = values.map((name) => pair(name).join(' IS DISTINCT FROM ')).join(' OR ') || 'FALSE';
    const code = (name: Change['name']): number =>
      changes.reduce((found, one) => (one.name === name ? codeOf(draft, one) : found), 0);
    const change = `CASE WHEN b.__there IS NULL THEN ${code('insert')} WHEN a.__there IS NULL THEN ${code('delete')} WHEN ${edited} THEN ${code('edit')} ELSE ${code('copy')} END`;
    const dropped = changes.filter((one) => isDropped(draft, one)).map((one) => codeOf(draft, one));
    const codeField = (draft.property('codeField') ?? 'change_code').trim().toLowerCase();
    const there = (link: InputLink): string => `(SELECT *, TRUE AS __there FROM ${draft.relation(link)})`;
    for (const link of draft.outputLinks) {
      const columns = draft.outputColumns(link).map((column) => {
        if (column.name.toLowerCase() === codeField)
          return { column, sql: `CAST(${change} AS ${column.sqlType})`, from: [] };
        const sides = [before, after].filter((one) => draft.find(`${one.name}.${column.name}`) !== null);
        const sql = sides.map((one) =>
          converted(side(one, column.name), columnNamed(one, column.name).sqlType, column.sqlType),
        );
        if (sides.length === 0) draft.doubt(`No input has the column ${column.name} of ${link}; it is empty here`, 0.7);
        const value =
          sql.length === 2
            ? `CASE WHEN a.__there THEN ${sql[1]} ELSE ${sql[0]} END`
            : (sql[0] ?? `CAST(NULL AS ${column.sqlType})`);
        return {
          column,
          sql: value,
          from: sides.flatMap((one) => draft.find(`${one.name}.${column.name}`)?.from ?? []),
        };
      });
      draft.output(
        link,
        columns.map(({ column, sql, from }) =>
          pipelineColumn(column, from.length === 0 ? { expression: sql } : { from }),
        ),
        select(
          draft.withOrder(
            columns.map(({ column, sql }) => item(sql, column.name)),
            `row_number() OVER (ORDER BY ${keys.map((key) => `coalesce(${pair(key).toReversed().join(', ')}) NULLS FIRST`).join(', ')}, a.${seqColumn}, b.${seqColumn})`,
          ),
          `${there(before)} AS b FULL JOIN ${there(after)} AS a ON ${on}`,
          dropped.length === 0 ? '' : `WHERE ${change} NOT IN (${dropped.join(', ')})`,
        ),
      );
    }
    return draft.node('change_capture', { config: { keys: [...keys], values: [...values], code: codeField } });
  },
};
