/** Items 22 to 28 of the checklist of source semantics: each a package of its own, converted, run, and compared with what SSIS gives. */
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../../../src/engine/ports/sql-runner.ts';
import { rowsOf, runEtl } from '../../support/run-etl.ts';
import { ssisPackage, ssisSource, ssisTarget, type ComponentSpec, type FlowSpec } from '../../support/ssis-xml.ts';

type Row = readonly SqlValue[];

const run = (spec: FlowSpec, data: Readonly<Record<string, string>>, ...relations: readonly string[]): Promise<readonly (readonly Row[])[]> => rowsOf('ssis', ssisPackage(spec), data, ...relations);
const failure = async (spec: FlowSpec, data: Readonly<Record<string, string>>): Promise<string | null> => (await runEtl('ssis', ssisPackage(spec), data, [])).error;

/** The values of derived columns `NAME type` by expression, in the order of the rows of `values`. */
async function derived(columns: readonly string[], values: string, expressions: Readonly<Record<string, string>>, disposition = 'FailComponent'): Promise<readonly Row[]> {
  const names = columns.map((one) => one.split(' ')[0] ?? '');
  const spec: FlowSpec = {
    components: [
      ssisSource('Src', 'Rows', columns),
      {
        name: 'Derive', type: 'DerivedColumn', inputs: [{ name: 'in', columns: names.map((name) => ({ from: `Src.out.${name}` })) }],
        outputs: [{ name: 'out', synchronous: true, columns: Object.entries(expressions).map(([column, text]) => {
          const [name = '', type = 'wstr'] = column.split(' ');
          return { name, type, attributes: { errorRowDisposition: disposition, truncationRowDisposition: disposition }, properties: { Expression: text, FriendlyExpression: text } };
        }) }],
      },
      ssisTarget('Tgt', 'Result', [`Src.out.${names[0] ?? ''} i4`, ...Object.keys(expressions).map((column) => `Derive.out.${column}`)]),
    ],
    paths: ['Src.out>Derive.in', 'Derive.out>Tgt.in'],
  };
  const [rows] = await run(spec, { rows: `(VALUES ${values}) AS v(${names.join(', ')})` }, 'tgt.Result');
  return (rows ?? []).map((row) => row.slice(1));
}

const source = ssisSource('Src', 'Orders', ['id i4', 'name wstr']);
const orders = { orders: "(VALUES (1, 'a'), (2, 'b'), (3, NULL)) AS t(id, name)" };

describe('checklist of source semantics: SSIS', () => {
  it('22. a NULL condition of ?: gives NULL, not the second result', async () => {
    expect(await derived(['id i4', 'a i4'], '(1, 7), (2, 3), (3, NULL)', { 'X wstr': 'a > 5 ? "big" : "small"', 'Y wstr': 'ISNULL(a) ? "none" : "some"' })).toEqual([['big', 'some'], ['small', 'some'], [null, 'none']]);
  });

  const split = (disposition: string): FlowSpec => ({
    components: [
      source,
      {
        name: 'Split', type: 'ConditionalSplit', inputs: [{ name: 'in', columns: [{ from: 'Src.out.name' }] }],
        outputs: [
          { name: 'first', synchronous: true, attributes: { errorRowDisposition: disposition }, properties: { Expression: 'name == "a"', EvaluationOrder: '0' } },
          { name: 'rest', synchronous: true, properties: { IsDefaultOut: 'true' } },
          { name: 'bad', synchronous: true, error: true },
        ],
      },
      ssisTarget('Tgt', 'Result', ['Src.out.id i4']), ssisTarget('Rest', 'Others', ['Src.out.id i4']), ssisTarget('Bad', 'Refused', ['Src.out.id i4']),
    ],
    paths: ['Src.out>Split.in', 'Split.first>Tgt.in', 'Split.rest>Rest.in', 'Split.bad>Bad.in'],
  });

  it('23. a NULL condition of a Conditional Split fails the component, is false, or redirects the row, by its disposition', async () => {
    expect(await failure(split('FailComponent'), orders)).toContain('Split: a row cannot be computed');
    const relations = ['tgt.Result', 'tgt.Others', 'tgt.Refused'] as const;
    expect(await run(split('IgnoreFailure'), orders, ...relations)).toEqual([[[1]], [[2], [3]], []]);
    expect(await run(split('RedirectRow'), orders, ...relations)).toEqual([[[1]], [[2]], [[3]]]);
  });

  const lookup = (noMatch: string, disposition: string, missed: string): FlowSpec => ({
    components: [
      source,
      {
        name: 'Look', type: 'Lookup',
        properties: { SqlCommand: 'select * from [dbo].[Names]', NoMatchBehavior: noMatch, CacheType: '0', ReferenceMetadataXml: '<referenceMetadata><referenceColumns><referenceColumn name="name" dataType="DT_WSTR" length="50" precision="0" scale="0"/><referenceColumn name="number" dataType="DT_I4" length="0" precision="0" scale="0"/></referenceColumns></referenceMetadata>' },
        inputs: [{ name: 'in', columns: [{ from: 'Src.out.name', properties: { JoinToReferenceColumn: 'name' } }] }],
        outputs: [
          { name: 'match', synchronous: true, attributes: { errorRowDisposition: disposition }, columns: [{ name: 'number', type: 'i4', properties: { CopyFromReferenceColumn: 'number' } }] },
          { name: 'none', synchronous: true }, { name: 'bad', synchronous: true, error: true },
        ],
      },
      ssisTarget('Tgt', 'Result', ['Src.out.id i4', 'Look.match.number i4']), ssisTarget('None', 'Missed', ['Src.out.id i4']),
    ],
    paths: ['Src.out>Look.in', 'Look.match>Tgt.in', `Look.${missed}>None.in`],
  });
  const names = { ...orders, names: "(VALUES ('a', 10), ('a', 11), ('B', 12), (NULL, 13)) AS t(name, number)" };
  it.each([
    { where: 'to the no-match output', noMatch: '1', disposition: 'FailComponent', missed: 'none', expected: [[[1, 10], [3, 13]], [[2]]] },
    { where: 'on with NULL', noMatch: '0', disposition: 'IgnoreFailure', missed: 'bad', expected: [[[1, 10], [2, null], [3, 13]], []] },
    { where: 'to the error output', noMatch: '0', disposition: 'RedirectRow', missed: 'bad', expected: [[[1, 10], [3, 13]], [[2]]] },
  ])('24. a Lookup is exact about case, and sends a row without a match $where', async ({ noMatch, disposition, missed, expected }) => {
    expect(await run(lookup(noMatch, disposition, missed), names, 'tgt.Result', 'tgt.Missed')).toEqual(expected);
  });
  it('24. a Lookup fails at a row without a match where nothing else is set', async () => {
    expect(await failure(lookup('0', 'FailComponent', 'bad'), names)).toContain('Look: a row has no match');
  });

  const mergeJoin = (nulls: string | null): FlowSpec => ({
    components: [
      source, ssisSource('Right', 'Names', ['name wstr', 'number i4']),
      {
        name: 'Join', type: 'MergeJoin', properties: { JoinType: '2', NumKeyColumns: '1', ...(nulls === null ? {} : { TreatNullsAsEqual: nulls }) },
        inputs: [
          { name: 'left', columns: [{ from: 'Src.out.name', attributes: { cachedSortKeyPosition: '1' } }, { from: 'Src.out.id' }] },
          { name: 'right', columns: [{ from: 'Right.out.name', attributes: { cachedSortKeyPosition: '1' } }, { from: 'Right.out.number' }] },
        ],
        outputs: [{ name: 'out', columns: [
          { name: 'id', type: 'i4', properties: { InputColumnID: '#{Package\\Load\\Join.Inputs[left].Columns[id]}' } },
          { name: 'number', type: 'i4', properties: { InputColumnID: '#{Package\\Load\\Join.Inputs[right].Columns[number]}' } },
        ] }],
      },
      ssisTarget('Tgt', 'Result', ['Join.out.id i4', 'Join.out.number i4']),
    ],
    paths: ['Src.out>Join.left', 'Right.out>Join.right', 'Join.out>Tgt.in'],
  });
  it.each([[null, [[1, 10], [3, 13]]], ['true', [[1, 10], [3, 13]]], ['false', [[1, 10]]]])('25. a Merge Join with TreatNullsAsEqual %s joins NULL keys by default', async (nulls, expected) => {
    expect(await run(mergeJoin(nulls), { ...orders, names: "(VALUES ('a', 10), (NULL, 13)) AS t(name, number)" }, 'tgt.Result')).toEqual([expected]);
  });

  it('26. a cast to a text of fixed length cuts without a word; numbers are rounded half away from zero', async () => {
    expect(await derived(['id i4', 'a wstr', 'r r8'], "(1, 'abcdef', 2.5), (2, NULL, -2.5)", { 'S wstr': '(DT_WSTR,3)a', 'N i4': '(DT_I4)r', 'T wstr': '(DT_STR,2,1252)id' })).toEqual([['abc', 3, '1'], [null, -3, '2']]);
  });

  it('27. integers are divided to integers, towards zero, in the order in which the operators are written', async () => {
    expect(await derived(['id i4', 'a i4'], '(1, 7), (2, -7)', { 'H i4': 'a / 2', 'B i4': 'a / 2 * 2', 'M i4': 'a * 10 / 4', 'P i4': 'a % 4', 'F r8': 'a / 2.0F' })).toEqual([[3, 6, 17, 3, 3.5], [-3, -6, -17, -3, -3.5]]);
  });

  it('28. a row with a change of type 1 and one of type 2 leaves by both outputs of an SCD; other rows by one', async () => {
    const columns = ['key i4', 'city wstr', 'phone wstr'];
    const typed = (name: string, kind: string): NonNullable<NonNullable<ComponentSpec['inputs']>[number]['columns']>[number] => ({ from: `Src.out.${name}`, to: name, properties: { ColumnType: kind } });
    const outputs = ['Unchanged Output', 'New Output', 'Fixed Attribute Output', 'Changing Attribute Updates Output', 'Historical Attribute Inserts Output', 'Inferred Member Updates Output'];
    const kept = ['Unchanged Output', 'New Output', 'Changing Attribute Updates Output', 'Historical Attribute Inserts Output'];
    const targets = ['Same', 'Fresh', 'Changed', 'History'];
    const spec: FlowSpec = {
      components: [
        ssisSource('Src', 'Customers', columns),
        { name: 'Scd', type: 'SCD', properties: { SqlCommand: 'SELECT [key], [city], [phone] FROM [dbo].[Dim]', CurrentRowWhere: '[ended] IS NULL' }, inputs: [{ name: 'in', external: columns, columns: [typed('key', '1'), typed('phone', '2'), typed('city', '3')] }], outputs: outputs.map((name) => ({ name, synchronous: true })) },
        ...targets.map((name) => ssisTarget(name, name, ['Src.out.key i4'])),
      ],
      paths: ['Src.out>Scd.in', ...kept.map((output, index) => `Scd.${output}>${targets[index] ?? ''}.in`)],
    };
    const data = {
      customers: "(VALUES (1, 'Bonn', '1'), (2, 'Ulm', '2'), (3, 'Kiel', '3'), (4, 'Köln', '4'), (5, 'Hof', '5')) AS v(key, city, phone)",
      dim: "(VALUES (1, 'Bonn', '1', NULL), (2, 'Ulm', '0', NULL), (3, 'Jena', '3', NULL), (4, 'Jena', '0', NULL), (5, 'Hof', '5', TIMESTAMP '2020-01-01')) AS v(key, city, phone, ended)",
    };
    expect(await run(spec, data, ...targets.map((name) => `tgt.${name}`))).toEqual([[[1]], [[5]], [[2], [4]], [[3], [4]]]);
  });

  it('what depends on a setting that the file does not hold is a named assumption', async () => {
    const { job } = await runEtl('ssis', ssisPackage(lookup('1', 'FailComponent', 'none')), names, []);
    expect(job.transformations.find((one) => one.id === 'Look')?.notes).toEqual([expect.stringContaining('the first that the query returns')]);
  });
});
