import { quoteLiteral } from '../../../core/text.ts';
import { itemsOf } from '../properties.ts';
import { NotConverted, select, type StageDraft } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

const written = /^\s*"?(.*?)"?\s*=\s*(\d{1,3})\s*$/s;

/** The values of each output, as SQL, by its number. */
function casesOf(draft: StageDraft): ReadonlyMap<number, readonly string[]> {
  const byOutput = new Map<number, string[]>();
  for (const { value } of itemsOf(draft.stage.properties, 'case')) {
    const found = written.exec(value);
    if (found === null) throw new NotConverted(`The case ${value} of the Switch stage is not written as VALUE=OUTPUT`);
    const output = Number(found[2]);
    if (output >= draft.outputLinks.length)
      throw new NotConverted(`A case names the output ${output}, which the stage does not have`);
    byOutput.set(output, [...(byOutput.get(output) ?? []), quoteLiteral(found[1] ?? '')]);
  }
  if (byOutput.size === 0) throw new NotConverted('The cases of the Switch stage are not written as VALUE=OUTPUT');
  return byOutput;
}

/** Switch: each row goes to the output whose number stands at its value of one column. */
export const switchRule: StageRule = {
  types: ['PxSwitch'],
  readsOrder: () => false,
  convert(draft) {
    const selector = itemsOf(draft.stage.properties, 'key')[0]?.value ?? '';
    const column = draft.find(selector);
    if (column === null) throw new NotConverted('The selector of the Switch stage is no column of the input');
    const cases = casesOf(draft);
    const text = `CAST(${column.sql} AS VARCHAR)`;
    const listed = `coalesce(${text} IN (${[...cases.values()].flat().join(', ')}), FALSE)`;
    const otherwise = (draft.property('ifNotFound') ?? 'fail').trim().toLowerCase();
    const fails = `error(${quoteLiteral(`${draft.stage.id}: a value of ${column.column.name} has no case`)})`;
    draft.doubt('The cases are read by the number of the output, in the order of the output links', 0.8);
    for (const [place, link] of draft.outputLinks.entries()) {
      const own = cases.get(place);
      const takesRest = otherwise === 'allow' && place === draft.outputLinks.length - 1;
      const hit = own === undefined ? 'FALSE' : `${text} IN (${own.join(', ')})`;
      const rest = otherwise === 'fail' ? fails : takesRest ? 'TRUE' : 'FALSE';
      const { items, columns } = draft.passOn(link);
      const where = `WHERE CASE WHEN ${listed} THEN ${hit} ELSE ${rest} END`;
      draft.output(link, columns, select(draft.withOrder(items), draft.relation(draft.input), where));
    }
    return draft.node('conditional_branch', { config: { selector: column.column.name } });
  },
};
