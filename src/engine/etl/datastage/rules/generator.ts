import { converted, type LinkColumn } from '../convert/columns.ts';
import { linkProperty } from '../convert/tables.ts';
import { item, pipelineColumn, select, seqColumn, type StageDraft } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

/** A generated value in row `i`: numbers count up, dates stay, text repeats its letter as the source tool's does. */
function generated(column: LinkColumn): string {
  const type = column.sqlType;
  if (type.startsWith('VARCHAR')) {
    const size = Math.min(Number(/\((\d+)\)/.exec(type)?.[1] ?? '20'), 20);
    return `repeat(chr(CAST(97 + i % 26 AS INTEGER)), ${size})`;
  }
  if (type === 'DATE') return "DATE '1960-01-01'";
  if (type === 'TIMESTAMP') return "TIMESTAMP '1960-01-01 00:00:00'";
  if (type === 'TIME') return "TIME '00:00:00'";
  return type === 'BLOB' ? "encode('')" : `TRY_CAST(i AS ${type})`;
}

const assumption = 'Generated values follow the default cycle of their types; generators set on columns are left out';

function rowGenerator(draft: StageDraft, link: string): void {
  const rows = Number(linkProperty(draft.stage, link, 'records') ?? '10');
  const columns = draft.outputColumns(link);
  draft.output(
    link,
    columns.map((column) => pipelineColumn(column)),
    select(
      draft.withOrder(
        columns.map((column) => item(generated(column), column.name)),
        'i',
      ),
      `range(${Number.isSafeInteger(rows) && rows >= 0 ? rows : 10}) AS r(i)`,
    ),
  );
}

/** Row Generator and Column Generator: test data. */
export const generatorRule: StageRule = {
  types: ['PxRowGenerator', 'PxColumnGenerator'],
  readsOrder: (stage) => stage.type === 'PxColumnGenerator',
  convert(draft) {
    draft.note(assumption);
    draft.atMost(0.86);
    if (draft.stage.type === 'PxRowGenerator') {
      for (const link of draft.outputLinks) rowGenerator(draft, link);
      return draft.node('source_connector_sql_pushdown', {
        type: 'source',
        connector: 'generator',
        config: { generated: true },
      });
    }
    for (const link of draft.outputLinks) {
      const columns = draft.outputColumns(link);
      const items = columns.map((column) => {
        const source = draft.find(column.name);
        return item(
          source === null ? generated(column) : converted(source.sql, source.column.sqlType, column.sqlType),
          column.name,
        );
      });
      draft.output(
        link,
        columns.map((column) => pipelineColumn(column)),
        select(
          draft.withOrder(items),
          `(SELECT *, row_number() OVER (ORDER BY ${seqColumn}) - 1 AS i FROM ${draft.relation(draft.input)})`,
        ),
      );
    }
    return draft.node('sql_expression');
  },
};
