import { converted, type LinkColumn } from '../convert/columns.ts';
import {
  item,
  NotConverted,
  pipelineColumn,
  select,
  seqColumn,
  type Source,
  type StageDraft,
} from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

const list = /^\s*[\w.$]+(?:\s*,\s*[\w.$]+)+\s*$/;

interface Pivoted {
  readonly column: LinkColumn;
  readonly sources: readonly Source[];
}

/** The output columns whose derivation lists several columns of the input. */
function pivotedOf(draft: StageDraft, link: string): readonly Pivoted[] {
  const columns = new Map(draft.outputColumns(link).map((column) => [column.name, column]));
  return draft.outputPorts(link).flatMap((port) => {
    const column = columns.get(port.name);
    if (column === undefined || port.expression === null || !list.test(port.expression)) return [];
    const sources = port.expression.split(',').map((name) => {
      const found = draft.find(name.trim(), () => 's');
      if (found === null) throw new NotConverted(`${port.name} lists ${name.trim()}, which is no column of the input`);
      return found;
    });
    return [{ column, sources }];
  });
}

/** Pivot: each row becomes as many as the longest list of columns has names; shorter lists end in NULL. */
export const pivotRule: StageRule = {
  types: ['PxPivot'],
  readsOrder: () => true,
  convert(draft) {
    for (const link of draft.outputLinks) {
      const pivoted = pivotedOf(draft, link);
      if (pivoted.length === 0) throw new NotConverted(`No column of ${link} lists the columns that become its rows`);
      const height = Math.max(...pivoted.map((one) => one.sources.length));
      const value = ({ column, sources }: Pivoted, row: number): string => {
        const source = sources[row];
        return source === undefined ? 'NULL' : converted(source.sql, source.column.sqlType, column.sqlType);
      };
      const rows = Array.from(
        { length: height },
        (_none, row) => `(${[String(row), ...pivoted.map((one) => value(one, row))].join(', ')})`,
      );
      const byName = new Map(pivoted.map((one, index) => [one.column.name, { ...one, name: `c${index + 1}` }]));
      const cells = draft.outputColumns(link).map((column) => {
        const found = byName.get(column.name);
        if (found !== undefined)
          return { column, sql: `v.${found.name}`, from: found.sources.map((source) => source.from) };
        const source = draft.find(column.name, () => 's');
        if (source === null) draft.doubt(`No input has the column ${column.name} of ${link}; it is empty here`, 0.7);
        const sql = source === null ? 'NULL' : converted(source.sql, source.column.sqlType, column.sqlType);
        return { column, sql, from: source === null ? [] : [source.from] };
      });
      draft.output(
        link,
        cells.map(({ column, from }) => pipelineColumn(column, from.length === 0 ? {} : { from })),
        select(
          draft.withOrder(
            cells.map(({ column, sql }) => item(sql === 'NULL' ? `CAST(NULL AS ${column.sqlType})` : sql, column.name)),
            `row_number() OVER (ORDER BY s.${seqColumn}, v.place)`,
          ),
          `${draft.relation(draft.input)} AS s CROSS JOIN LATERAL (VALUES ${rows.join(', ')}) AS v(place, ${pivoted.map((_one, index) => `c${index + 1}`).join(', ')})`,
        ),
      );
    }
    return draft.node('normalizer');
  },
};
