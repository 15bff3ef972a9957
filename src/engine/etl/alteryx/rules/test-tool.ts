import { quoteLiteral } from '../../../core/text.ts';
import { all, at, setting, type Config } from '../config.ts';
import type { Draft } from '../convert/draft.ts';
import type { Rule } from '../convert/rule.ts';
import { printSelect, type Item } from '../convert/sql.ts';
import { distinctNames, relationOf } from '../convert/stream.ts';

/** One test as a column that is true, or stops the run with what was found. */
function testItem(test: Config, draft: Draft): Item | null {
  const name = setting(test, 'Name').trim() || 'Test';
  const [type, expected] = [setting(test, 'Type').trim(), setting(test, 'Value').trim()];
  if (type !== 'RecCountValue' || !/^\d{1,18}$/.test(expected)) {
    draft.doubt(`The test ${name} of type ${type || 'unknown'} is not converted: only counts of records are`, 0.65);
    return null;
  }
  const wire = setting(test, 'Connection').trim();
  const inbound = draft.inbound();
  const found = inbound.find((one) => one.order === wire) ?? (inbound.length === 1 ? inbound[0] : undefined);
  if (found === undefined) {
    draft.doubt(`Nothing is connected to ${wire}, which the test ${name} counts`, 0.65);
    return null;
  }
  const count = `(SELECT count(*) FROM ${relationOf(draft.use(found.stream))})`;
  const failed = `error(${quoteLiteral(`The test ${name} failed: expected ${expected} records, found `)} || ${count})`;
  return { name, sql: `CASE WHEN ${count} = ${expected} THEN TRUE ELSE ${failed} END` };
}

/** Test: it has no output and makes the run fail where a count of records is another one than it should be. */
export const testRule: Rule = {
  types: ['Test'],
  convert({ config, draft }) {
    const tests = all(at(config, 'Tests'), 'Test');
    const items = distinctNames(tests.flatMap((test) => testItem(test, draft) ?? []));
    if (tests.length === 0) draft.note('The Test tool has no test');
    if (items.length === 0) return { node: null, outputs: new Map() };
    const node = draft.node({
      operator: 'sql_group_by',
      config: { tests: items.map((one) => one.name) },
      columns: items.map((one) => ({ name: one.name, type: 'BOOLEAN', expression: one.sql })),
      sql: printSelect({ items, from: '(SELECT 1 AS __one)' }),
    });
    return { node, outputs: new Map() };
  },
};
