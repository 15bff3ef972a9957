/** Items 29 to 35 of the checklist of source semantics: each a workflow of its own, converted, run, and compared with what Alteryx gives. */
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../../../src/engine/ports/sql-runner.ts';
import { alteryxFormula, alteryxInput, alteryxWorkflow } from '../../support/alteryx-workflow.ts';
import { rowsOf, runEtl } from '../../support/run-etl.ts';

type Row = readonly SqlValue[];

/** The values of formulas for each row of `values`; `fields` are those of the input. */
async function evaluated(fields: readonly string[], values: string, formulas: Readonly<Record<string, string>>): Promise<readonly Row[]> {
  const text = alteryxWorkflow({ tools: [alteryxInput(1, 's', fields), alteryxFormula(2, formulas)], wires: ['1.Output>2.Input'] });
  const names = Object.keys(formulas).map((one) => one.split(' ')[0]);
  const [rows] = await rowsOf('alteryx', text, { s: `(VALUES ${values}) AS v(${fields.map((one) => one.split(' ')[0]).join(', ')})` }, `(SELECT id, ${names.join(', ')} FROM Formula_2)`);
  return (rows ?? []).map((row) => row.slice(1));
}

describe('checklist of source semantics: Alteryx', () => {
  it('29. a value differs from NULL, NULL equals NULL, and text with NULL added stays', async () => {
    const rows = await evaluated(['id Int32', 'A Int32', 'B Int32', 'S V_WString 20', 'T V_WString 20'], "(1, 1, NULL, 'x', NULL), (2, NULL, NULL, NULL, NULL), (3, 1, 1, 'x', 'y')", {
      'NE Bool': '[A] != [B]', 'EQ Bool': '[A] = [B]', 'LT Bool': '[A] < [B]', 'LE Bool': '[A] <= [B]', 'CONCAT V_WString 50': '[S] + [T]', 'SUM Int32': '[A] + [B]',
    });
    expect(rows).toEqual([[true, false, false, false, 'x', null], [false, true, false, true, null, null], [false, true, false, true, 'xy', 2]]);
  });

  it('29. Contains, StartsWith and EndsWith leave case out of account unless they are told otherwise', async () => {
    const rows = await evaluated(['id Int32', 'S V_WString 20'], "(1, 'Big Apple'), (2, NULL)", { 'C Bool': "Contains([S], 'APPLE')", 'EXACT Bool': "Contains([S], 'APPLE', 0)", 'STARTS Bool': "StartsWith([S], 'big')", 'ENDS Bool': "EndsWith([S], 'E')" });
    expect(rows).toEqual([[true, false, true, true], [false, false, false, false]]);
  });

  it('30. Round takes a multiple, not a number of digits', async () => {
    const rows = await evaluated(['id Int32', 'X Double'], '(1, 1.236), (2, 13), (3, -13), (4, NULL)', { 'CENTS Double': 'Round([X], 0.01)', 'FIVES Double': 'Round([X], 5)' });
    expect(rows).toEqual([[1.24, 0], [13, 15], [-13, -15], [null, null]]);
  });

  it('31. ToNumber of what is no number is 0; NULL stays only where it is asked to', async () => {
    const rows = await evaluated(['id Int32', 'S V_WString 20'], "(1, '12.5'), (2, 'abc'), (3, NULL), (4, '')", { 'N Double': 'ToNumber([S])', 'KEPT Double': 'ToNumber([S], 1, 1)' });
    expect(rows).toEqual([[12.5, 12.5], [0, 0], [0, null], [0, 0]]);
  });

  it('32. every row of a side of a Join is matched or left over: L and J make up the left side, R and J the right', async () => {
    const text = alteryxWorkflow({
      tools: [
        alteryxInput(1, 'l', ['k Int32', 'a V_WString 9']), alteryxInput(2, 'r', ['k Int32', 'b V_WString 9']),
        { id: 3, type: 'Join', configuration: '<JoinInfo connection="Left"><Field field="k"/></JoinInfo><JoinInfo connection="Right"><Field field="k"/></JoinInfo><SelectConfiguration><Configuration outputConnection="Join"><SelectFields><SelectField field="*Unknown" selected="True"/></SelectFields></Configuration></SelectConfiguration>' },
      ],
      wires: ['1.Output>3.Left', '2.Output>3.Right'],
    });
    const [left, join, right] = await rowsOf('alteryx', text, { l: "(VALUES (1, 'a'), (1, 'b'), (2, 'c'), (NULL, 'n')) AS v(k, a)", r: "(VALUES (1, 'x'), (1, 'y'), (3, 'z')) AS v(k, b)" }, '(SELECT k, a FROM Join_3__Left)', '(SELECT k, a, b FROM Join_3__Join)', '(SELECT k, b FROM Join_3__Right)');
    expect([left, join, right]).toEqual([[[2, 'c'], [null, 'n']], [[1, 'a', 'x'], [1, 'a', 'y'], [1, 'b', 'x'], [1, 'b', 'y']], [[3, 'z']]]);
    expect((left ?? []).length + new Set((join ?? []).map((row) => row[1])).size).toBe(4);
  });

  it('33. Unique keeps the first record of each key in the order of the records, NULL being one key', async () => {
    const text = alteryxWorkflow({ tools: [alteryxInput(1, 's', ['k V_WString 9', 'v Int32']), { id: 2, type: 'Unique', configuration: '<UniqueFields><Field field="k"/></UniqueFields>' }], wires: ['1.Output>2.Input'] });
    const rows = await rowsOf('alteryx', text, { s: "(VALUES ('b', 9), ('a', 2), ('b', 1), (NULL, 5), ('a', 0), (NULL, 4)) AS t(k, v)" }, '(SELECT k, v FROM Unique_2__Unique)', '(SELECT k, v FROM Unique_2__Duplicates)');
    expect(rows).toEqual([[['a', 2], ['b', 9], [null, 5]], [['a', 0], ['b', 1], [null, 4]]]);
  });

  it.each([
    ['[v] + [Row-1:v]', 'a running value: the row before is seen as updated', [1, 3, 6, 10]],
    ['[v] * 2 + [Row-1:v] * [Row-1:v]', 'a recurrence of no simple form', [2, 8, 70, 4908]],
    ['[v] + [Row+1:v]', 'the row after is not yet updated', [3, 5, 7, 4]],
  ])('34. a Multi-Row Formula that updates its own field by %s: %s', async (expression, _why, expected) => {
    const text = alteryxWorkflow({ tools: [alteryxInput(1, 's', ['id Int32', 'v Int64']), { id: 2, type: 'MultiRowFormula', configuration: `<UpdateField value="True"/><UpdateField_Name>v</UpdateField_Name><OtherRows>Empty</OtherRows><NumRows value="1"/><Expression>${expression}</Expression><GroupByFields/>` }], wires: ['1.Output>2.Input'] });
    const [rows] = await rowsOf('alteryx', text, { s: '(VALUES (1, 1), (2, 2), (3, 3), (4, 4)) AS t(id, v)' }, '(SELECT id, v FROM MultiRowFormula_2)');
    expect(rows?.map((row) => row[1])).toEqual(expected);
  });

  it('35. DateTimeDiff is the first date less the second, in whole units cut towards zero', async () => {
    const rows = await evaluated(['id Int32', 'A DateTime', 'B DateTime'], "(1, TIMESTAMP '2024-03-15 06:00:00', TIMESTAMP '2024-01-31 12:00:00'), (2, TIMESTAMP '2024-01-31 12:00:00', TIMESTAMP '2024-03-15 06:00:00')", { 'D Int32': "DateTimeDiff([A], [B], 'days')", 'H Int32': "DateTimeDiff([A], [B], 'hours')", 'M Int32': "DateTimeDiff([A], [B], 'months')" });
    expect(rows).toEqual([[43, 1050, 1], [-43, -1050, -1]]);
  });

  it('what depends on a setting that the file does not hold is a named assumption', async () => {
    const text = alteryxWorkflow({ tools: [alteryxInput(1, 's', ['S V_WString 9']), { id: 2, type: 'Filter', configuration: "<Expression>[S] = 'abc'</Expression><Mode>Custom</Mode>" }], wires: ['1.Output>2.Input'] });
    const { job } = await runEtl('alteryx', text, { s: "(VALUES ('abc')) AS t(S)" }, []);
    expect(job.transformations.find((one) => one.id === '2')?.notes).toEqual([expect.stringContaining('Text is compared with regard to case')]);
  });
});
