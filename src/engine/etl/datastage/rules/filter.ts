import { quoteLiteral } from '../../../core/text.ts';
import { itemsOf } from '../properties.ts';
import { NotConverted, select, type StageDraft } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

const words: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'is',
  'null',
  'like',
  'between',
  'in',
  'true',
  'false',
]);
const token =
  /\s+|'(?:[^']|'')*'|"[^"]*"|#[\w.$]+#|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)?|\d+(?:\.\d+)?|<>|!=|<=|>=|[=<>(),+\-*/]/y;

/** A where clause of the stage as SQL: text may be in double quotes, names are columns of the input. */
function whereSql(draft: StageDraft, text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (found === undefined)
      throw new NotConverted(`The where clause cannot be read at ${JSON.stringify(text.slice(at, at + 20))}`);
    at += found.length;
    parts.push(piece(draft, found));
  }
  return parts.join('').trim();
}

function piece(draft: StageDraft, found: string): string {
  if (/^\s/.test(found)) return ' ';
  if (found.startsWith('"')) return quoteLiteral(found.slice(1, -1));
  if (found.startsWith('#')) return `getvariable(${quoteLiteral(found.slice(1, -1))})`;
  if (found === '!=') return '<>';
  if (!/^[A-Za-z_$]/.test(found)) return found;
  if (words.has(found.toLowerCase())) return found.toUpperCase();
  const source = draft.find(found);
  if (source === null) throw new NotConverted(`The where clause uses ${found}, which is no column of the input`);
  return source.sql;
}

/** Filter: each where clause sends its rows to an output; the reject output takes rows of no clause. */
export const filterRule: StageRule = {
  types: ['PxFilter'],
  readsOrder: () => false,
  convert(draft) {
    const { input } = draft;
    const clauses = itemsOf(draft.stage.properties, 'where').map((one, index) => ({
      sql: whereSql(draft, one.value),
      target: Number([...one.more].find(([name]) => name === 'target')?.[1] ?? index),
    }));
    if (clauses.length === 0) throw new NotConverted('The filter has no where clause');
    const once = (draft.property('first') ?? '').trim() !== '';
    const rejects = (draft.property('reject') ?? '').trim() !== '';
    const any = clauses.map((one) => `(${one.sql})`).join(' OR ');
    for (const [place, link] of draft.outputLinks.entries()) {
      const own = clauses.flatMap((one, index) => {
        if (one.target !== place) return [];
        const before = once ? clauses.slice(0, index).map((other) => ` AND NOT coalesce(${other.sql}, FALSE)`) : [];
        return [`(${one.sql})${before.join('')}`];
      });
      const rejected = own.length === 0 && rejects && place === draft.outputLinks.length - 1;
      if (own.length === 0 && !rejected) draft.doubt(`No where clause sends rows to ${link}`, 0.7);
      const { items, columns } = draft.passOn(link);
      const where = rejected ? `NOT coalesce(${any}, FALSE)` : own.length === 0 ? 'FALSE' : own.join(' OR ');
      draft.output(link, columns, select(draft.withOrder(items), draft.relation(input), `WHERE ${where}`));
    }
    draft.note('LIKE without wildcards compares the whole text');
    return draft.node(draft.outputLinks.length > 1 ? 'conditional_branch' : 'sql_where');
  },
};
