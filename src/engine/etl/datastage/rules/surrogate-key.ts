import { item, NotConverted, pipelineColumn, select, seqColumn } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

/** Surrogate Key Generator: rows numbered in the column that only the output has; where the numbers start is a state of its own. */
export const surrogateKeyRule: StageRule = {
  types: ['PxSurrogateKeyGenerator', 'PxSurrogateKeyGeneratorN'],
  readsOrder: () => true,
  convert(draft) {
    const { input } = draft;
    for (const link of draft.outputLinks) {
      const made = draft.outputColumns(link).filter((column) => draft.find(column.name) === null);
      const [key] = made;
      if (key === undefined || made.length > 1 || key.sqlType.startsWith('VARCHAR'))
        throw new NotConverted(`Which column of ${link} gets the numbers cannot be told by the columns of the input`);
      draft.doubt(
        `${key.name} is numbered from 1; the source tool goes on from its state file or sequence: add the last number in use`,
        0.7,
      );
      const sql = `CAST(row_number() OVER (ORDER BY ${seqColumn}) AS ${key.sqlType})`;
      const rest = draft.outputColumns(link).map((column) => {
        const source = draft.find(column.name);
        return source === null
          ? { text: item(sql, column.name), column: pipelineColumn(column, { expression: sql }) }
          : { text: item(source.sql, column.name), column: pipelineColumn(column, { from: [source.from] }) };
      });
      draft.output(
        link,
        rest.map((one) => one.column),
        select(draft.withOrder(rest.map((one) => one.text)), draft.relation(input)),
      );
    }
    if (draft.outputLinks.length === 0) throw new NotConverted('It only makes or changes a state file');
    return draft.node('sequence_generator');
  },
};
