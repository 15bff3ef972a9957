import { itemsOf } from '../properties.ts';
import { converted } from '../convert/columns.ts';
import { item, NotConverted, pipelineColumn, select, seqColumn } from '../convert/stage-draft.ts';
import { changes, codeOf } from './change-capture.ts';
import type { StageRule } from './rule.ts';

/** Change Apply: the rows before, with the changes that a Change Capture stage found. */
export const changeApplyRule: StageRule = {
  types: ['PxChangeApply'],
  readsOrder: () => true,
  convert(draft) {
    const [before, change] = draft.inputs;
    const keys = itemsOf(draft.stage.properties, 'key').map((one) => one.value);
    if (before === undefined || change === undefined) throw new NotConverted('A link of the stage has no rows');
    if (keys.length === 0) throw new NotConverted('The stage names no key');
    const codeField = (draft.property('codeField') ?? 'change_code').trim();
    const code = draft.find(`${change.name}.${codeField}`, () => 'c');
    if (code === null)
      throw new NotConverted(`${change.name} has no column ${codeField} with the codes of the changes`);
    draft.doubt(
      'The first link is taken as the rows before, the second as the changes, each key being there once',
      0.86,
    );
    const on = keys
      .map((key) => {
        const pair = [draft.find(`${before.name}.${key}`, () => 'b'), draft.find(`${change.name}.${key}`, () => 'c')];
        if (pair.includes(null)) throw new NotConverted(`The key ${key} is not in both inputs`);
        return pair.map((one) => one?.sql ?? '').join(' IS NOT DISTINCT FROM ');
      })
      .join(' AND ');
    const kept = changes.filter((one) => one.name !== 'delete').map((one) => codeOf(draft, one));
    for (const link of draft.outputLinks) {
      const columns = draft.outputColumns(link);
      const cells = columns.map((column) => {
        const sides = [
          draft.find(`${before.name}.${column.name}`, () => 'b'),
          draft.find(`${change.name}.${column.name}`, () => 'c'),
        ];
        const [was, is] = sides.map((one) =>
          one === null ? `CAST(NULL AS ${column.sqlType})` : converted(one.sql, one.column.sqlType, column.sqlType),
        );
        return {
          column: pipelineColumn(column, { from: sides.flatMap((one) => one?.from ?? []) }),
          text: item(`CASE WHEN c.${seqColumn} IS NULL THEN ${was} ELSE ${is} END`, column.name),
        };
      });
      const order = keys.flatMap((key) => {
        const sides = [draft.find(`${change.name}.${key}`, () => 'c'), draft.find(`${before.name}.${key}`, () => 'b')];
        return `coalesce(${sides.flatMap((one) => one?.sql ?? []).join(', ')}) NULLS FIRST`;
      });
      draft.output(
        link,
        cells.map((one) => one.column),
        select(
          draft.withOrder(
            cells.map((one) => one.text),
            `row_number() OVER (ORDER BY ${order.join(', ')}, c.${seqColumn}, b.${seqColumn})`,
          ),
          `${draft.relation(before)} AS b FULL JOIN ${draft.relation(change)} AS c ON ${on}`,
          `WHERE c.${seqColumn} IS NULL OR ${code.sql} IN (${kept.join(', ')})`,
        ),
      );
    }
    return draft.node('change_capture', { config: { keys: [...keys], code: codeField } });
  },
};
