import { itemsOf } from '../properties.ts';
import { converted } from '../convert/columns.ts';
import { item, NotConverted, pipelineColumn, select, type StageDraft } from '../convert/stage-draft.ts';
import type { StageRule } from './rule.ts';

interface Specification {
  readonly target: string;
  readonly source: string;
  readonly call: string | null;
  readonly arguments: readonly string[];
}

/** `target[:type] = [function(]source[)]`; null for keep and drop lists, which the columns of the output already say. */
function parse(text: string): Specification | null {
  if (/^\s*(?:keep|drop|nowarn|warn)\b/i.test(text)) return null;
  const found =
    /^\s*(\w+)\s*(?::[^=]{0,200})?=\s*(?:(\w+)(?:\[[^\]]{0,200}\])?\s*\(([^()]{0,500})\)|(\w+))\s*;?\s*$/.exec(text);
  if (found === null) throw new NotConverted(`The specification ${text.slice(0, 80)} is not known`);
  const args = (found[3] ?? '').split(',').map((one) => one.trim());
  return {
    target: found[1] ?? '',
    source: found[4] ?? args[0] ?? '',
    call: found[2]?.toLowerCase() ?? null,
    arguments: args.slice(1),
  };
}

function valueSql(specification: Specification, sql: string): string {
  const { call } = specification;
  const literal = specification.arguments[0] ?? '';
  if (call === null || /^(?:u?string|ustring|string)_from_u?string$/.test(call) || /_from_/.test(call)) return sql;
  if (call === 'handle_null')
    return `coalesce(${sql}, ${/^-?\d+(?:\.\d+)?$/.test(literal) ? literal : `'${literal.replace(/^["']|["']$/g, '').replaceAll("'", "''")}'`})`;
  if (call === 'string_trim') return `trim(${sql})`;
  if (call === 'uppercase_string' || call === 'u_uppercase_string') return `upper(${sql})`;
  if (call === 'lowercase_string' || call === 'u_lowercase_string') return `lower(${sql})`;
  if (call === 'null' || call === 'notnull') return `CAST(${sql} IS ${call === 'null' ? '' : 'NOT '}NULL AS INTEGER)`;
  throw new NotConverted(`The conversion ${call} is not known`);
}

function specifications(draft: StageDraft): ReadonlyMap<string, Specification> {
  const all = itemsOf(draft.stage.properties, 'modifyspec').flatMap((one) =>
    one.value.split(';').filter((text) => text.trim() !== ''),
  );
  return new Map(all.flatMap((text) => parse(text) ?? []).map((one) => [one.target.toLowerCase(), one]));
}

/** Modify: columns renamed, converted to the type of the output column, or with NULL replaced. */
export const modifyRule: StageRule = {
  types: ['PxModify'],
  readsOrder: () => false,
  convert(draft) {
    const known = specifications(draft);
    for (const link of draft.outputLinks) {
      const items: string[] = [];
      const columns = draft.outputColumns(link).map((column) => {
        const specification = known.get(column.name.toLowerCase());
        const source = draft.find(specification?.source ?? column.name);
        if (source === null)
          throw new NotConverted(`The column ${specification?.source ?? column.name} is not in the input`);
        const sql = specification === undefined ? source.sql : valueSql(specification, source.sql);
        items.push(item(converted(sql, source.column.sqlType, column.sqlType), column.name));
        return pipelineColumn(column, { from: [source.from] });
      });
      draft.output(link, columns, select(draft.withOrder(items), draft.relation(draft.input)));
    }
    return draft.node('sql_expression');
  },
};
