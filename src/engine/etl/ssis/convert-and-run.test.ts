import { describe, expect, it } from 'vitest';
import { orders, runSsis, source, toTarget } from '../../../../test/support/run-ssis.ts';
import {
  lineage,
  ssisSource,
  ssisTarget,
  type ComponentSpec,
  type FlowSpec,
} from '../../../../test/support/ssis-xml.ts';

function derived(expression: string, disposition: string, type = 'i4'): ComponentSpec {
  return {
    name: 'Derive',
    type: 'DerivedColumn',
    inputs: [{ name: 'in', columns: [{ from: 'Src.out.name' }, { from: 'Src.out.id' }] }],
    outputs: [
      {
        name: 'out',
        synchronous: true,
        columns: [
          {
            name: 'x',
            type,
            attributes: { errorRowDisposition: disposition },
            properties: { Expression: expression, FriendlyExpression: expression },
          },
        ],
      },
      { name: 'bad', synchronous: true, error: true },
    ],
  };
}

function split(condition: string, disposition: string): ComponentSpec {
  return {
    name: 'Split',
    type: 'ConditionalSplit',
    inputs: [{ name: 'in', columns: [{ from: 'Src.out.name' }] }],
    outputs: [
      {
        name: 'first',
        synchronous: true,
        attributes: { errorRowDisposition: disposition },
        properties: { Expression: condition, FriendlyExpression: condition, EvaluationOrder: '0' },
      },
      {
        name: 'second',
        synchronous: true,
        attributes: { errorRowDisposition: 'IgnoreFailure' },
        properties: { Expression: 'TRUE', FriendlyExpression: 'TRUE', EvaluationOrder: '1' },
      },
      { name: 'rest', synchronous: true, properties: { IsDefaultOut: 'true' } },
      { name: 'bad', synchronous: true, error: true },
    ],
  };
}

const target = ssisTarget('Tgt', 'Result', ['Src.out.id i4', 'Src.out.name wstr']);

describe('Derived Column', () => {
  const failing = `#{${lineage('Src.out.id')}} / (#{${lineage('Src.out.id')}} - 2)`;
  const spec = (disposition: string): FlowSpec => ({
    components: [
      source,
      derived(failing, disposition),
      ssisTarget('Tgt', 'Result', ['Src.out.id i4', 'Derive.out.x i4']),
      ssisTarget('Bad', 'Refused', ['Src.out.id i4']),
    ],
    paths: ['Src.out>Derive.in', 'Derive.out>Tgt.in', 'Derive.bad>Bad.in'],
  });

  it('fails the run at a row that cannot be computed where the component is to fail', async () => {
    expect((await runSsis(spec('FailComponent'), orders, [])).error).toContain('Derive: a row cannot be computed');
  });

  it('gives NULL where failures are ignored', async () => {
    expect((await runSsis(spec('IgnoreFailure'), orders, ['tgt.Result'])).rows('tgt.Result')).toEqual([
      [1, -1],
      [2, null],
      [3, 3],
    ]);
  });

  it('sends the row to the error output where failures are redirected', async () => {
    const { rows } = await runSsis(spec('RedirectRow'), orders, ['tgt.Result', 'tgt.Refused']);
    expect([rows('tgt.Result'), rows('tgt.Refused')]).toEqual([
      [
        [1, -1],
        [3, 3],
      ],
      [[2]],
    ]);
  });

  it('sees the row as it came in, even where it replaces a column', async () => {
    const replacing: ComponentSpec = {
      name: 'Derive',
      type: 'DerivedColumn',
      inputs: [
        {
          name: 'in',
          columns: [
            {
              from: 'Src.out.id',
              attributes: { usageType: 'readWrite' },
              properties: { Expression: `#{${lineage('Src.out.id')}} * 10`, FriendlyExpression: 'id * 10' },
            },
          ],
        },
      ],
      outputs: [
        {
          name: 'out',
          synchronous: true,
          columns: [
            {
              name: 'x',
              type: 'i4',
              properties: { Expression: `#{${lineage('Src.out.id')}} + 1`, FriendlyExpression: 'id + 1' },
            },
          ],
        },
      ],
    };
    const { rows } = await runSsis(
      {
        components: [source, replacing, ssisTarget('Tgt', 'Result', ['Src.out.id i4', 'Derive.out.x i4'])],
        paths: ['Src.out>Derive.in', ...toTarget('Derive.out')],
      },
      orders,
      ['tgt.Result'],
    );
    expect(rows('tgt.Result')).toEqual([
      [10, 2],
      [20, 3],
      [30, 4],
    ]);
  });
});

describe('Conditional Split', () => {
  const spec = (disposition: string): FlowSpec => ({
    components: [
      source,
      split('name == "a"', disposition),
      target,
      ssisTarget('Second', 'Others', ['Src.out.id i4']),
      ssisTarget('Bad', 'Refused', ['Src.out.id i4']),
    ],
    paths: ['Src.out>Split.in', 'Split.first>Tgt.in', 'Split.second>Second.in', 'Split.bad>Bad.in'],
  });

  it('sends a row to the first output whose condition is true, and takes NULL for false where failures are ignored', async () => {
    const { rows } = await runSsis(spec('IgnoreFailure'), orders, ['tgt.Result', 'tgt.Others']);
    expect([rows('tgt.Result'), rows('tgt.Others')]).toEqual([[[1, 'a']], [[2], [3]]]);
  });

  it('fails the run at a NULL condition where the component is to fail', async () => {
    expect((await runSsis(spec('FailComponent'), orders, [])).error).toContain('Split: a row cannot be computed');
  });

  it('redirects the row of a NULL condition', async () => {
    const { rows } = await runSsis(spec('RedirectRow'), orders, ['tgt.Result', 'tgt.Others', 'tgt.Refused']);
    expect([rows('tgt.Result'), rows('tgt.Others'), rows('tgt.Refused')]).toEqual([[[1, 'a']], [[2]], [[3]]]);
  });
});

describe('Lookup', () => {
  const lookup = (noMatch: string, disposition: string): ComponentSpec => ({
    name: 'Look',
    type: 'Lookup',
    properties: {
      SqlCommand: 'select * from [dbo].[Names]',
      NoMatchBehavior: noMatch,
      CacheType: '0',
      ReferenceMetadataXml:
        '<referenceMetadata><referenceColumns><referenceColumn name="name" dataType="DT_WSTR" length="50" precision="0" scale="0"/><referenceColumn name="number" dataType="DT_I4" length="0" precision="0" scale="0"/></referenceColumns></referenceMetadata>',
    },
    inputs: [{ name: 'in', columns: [{ from: 'Src.out.name', properties: { JoinToReferenceColumn: 'name' } }] }],
    outputs: [
      {
        name: 'match',
        synchronous: true,
        attributes: { errorRowDisposition: disposition },
        columns: [{ name: 'number', type: 'i4', properties: { CopyFromReferenceColumn: 'number' } }],
      },
      { name: 'none', synchronous: true },
      { name: 'bad', synchronous: true, error: true },
    ],
  });
  const data = {
    ...orders,
    Names: "SELECT * FROM (VALUES ('a', 10), ('a', 11), ('A', 12), (NULL, 13)) AS t(name, number)",
  };
  const spec = (noMatch: string, disposition: string, missed: string): FlowSpec => ({
    components: [
      source,
      lookup(noMatch, disposition),
      ssisTarget('Tgt', 'Result', ['Src.out.id i4', 'Look.match.number i4']),
      ssisTarget('None', 'Missed', ['Src.out.id i4']),
    ],
    paths: ['Src.out>Look.in', 'Look.match>Tgt.in', `Look.${missed}>None.in`],
  });

  it('takes one of several matches, compares letter by letter and lets NULL meet NULL; rows without a match leave by their own output', async () => {
    const { rows } = await runSsis(spec('1', 'FailComponent', 'none'), data, ['tgt.Result', 'tgt.Missed']);
    expect([rows('tgt.Result'), rows('tgt.Missed')]).toEqual([
      [
        [1, 10],
        [3, 13],
      ],
      [[2]],
    ]);
  });

  it('compares by the collation of the database without a full cache', async () => {
    const partial = spec('0', 'IgnoreFailure', 'none');
    const components = partial.components.map((one) =>
      one.type === 'Lookup' ? { ...one, properties: { ...one.properties, CacheType: '1' } } : one,
    );
    const rows = { ...data, Names: "SELECT * FROM (VALUES ('A', 12), ('\u00c1', 20)) AS t(name, number)" };
    const found = async (collation: string): Promise<unknown> =>
      (await runSsis({ ...partial, components }, rows, ['tgt.Result'], { 'ssis.collation': collation })).rows(
        'tgt.Result',
      )[0];
    expect([await found('ci_as'), await found('cs_as')]).toEqual([
      [1, 12],
      [1, null],
    ]);
  });

  it('gives NULL columns where failures are ignored', async () => {
    expect((await runSsis(spec('0', 'IgnoreFailure', 'none'), data, ['tgt.Result'])).rows('tgt.Result')).toEqual([
      [1, 10],
      [2, null],
      [3, 13],
    ]);
  });

  it('fails at a row without a match by default, and redirects it to the error output where that is set', async () => {
    expect((await runSsis(spec('0', 'FailComponent', 'bad'), data, [])).error).toContain('Look: a row has no match');
    const { rows } = await runSsis(spec('0', 'RedirectRow', 'bad'), data, ['tgt.Result', 'tgt.Missed']);
    expect([rows('tgt.Result'), rows('tgt.Missed')]).toEqual([
      [
        [1, 10],
        [3, 13],
      ],
      [[2]],
    ]);
  });
});

describe('joins, unions and orders', () => {
  const other = ssisSource('Right', 'Names', ['name wstr', 'number i4']);
  const data = { ...orders, Names: "SELECT * FROM (VALUES ('a', 10), (NULL, 13), ('z', 14)) AS t(name, number)" };
  const join = (type: string, nulls: string): ComponentSpec => ({
    name: 'Join',
    type: 'MergeJoin',
    properties: { JoinType: type, NumKeyColumns: '1', TreatNullsAsEqual: nulls },
    inputs: [
      {
        name: 'left',
        columns: [{ from: 'Src.out.name', attributes: { cachedSortKeyPosition: '1' } }, { from: 'Src.out.id' }],
      },
      {
        name: 'right',
        columns: [{ from: 'Right.out.name', attributes: { cachedSortKeyPosition: '1' } }, { from: 'Right.out.number' }],
      },
    ],
    outputs: [
      {
        name: 'out',
        columns: [
          { name: 'id', type: 'i4', properties: { InputColumnID: '#{Package\\Load\\Join.Inputs[left].Columns[id]}' } },
          {
            name: 'number',
            type: 'i4',
            properties: { InputColumnID: '#{Package\\Load\\Join.Inputs[right].Columns[number]}' },
          },
        ],
      },
    ],
  });
  const joined = (type: string, nulls: string): FlowSpec => ({
    components: [
      source,
      other,
      join(type, nulls),
      ssisTarget('Tgt', 'Result', ['Join.out.id i4', 'Join.out.number i4']),
    ],
    paths: ['Src.out>Join.left', 'Right.out>Join.right', ...toTarget('Join.out')],
  });

  it('joins NULL keys with each other unless the component says otherwise', async () => {
    expect((await runSsis(joined('2', 'true'), data, ['tgt.Result'])).rows('tgt.Result')).toEqual([
      [1, 10],
      [3, 13],
    ]);
    expect((await runSsis(joined('2', 'false'), data, ['tgt.Result'])).rows('tgt.Result')).toEqual([[1, 10]]);
  });

  it('keeps the rows of the left side, or of both', async () => {
    expect((await runSsis(joined('1', 'true'), data, ['tgt.Result'])).rows('tgt.Result')).toEqual([
      [1, 10],
      [2, null],
      [3, 13],
    ]);
    expect((await runSsis(joined('0', 'true'), data, ['tgt.Result'])).rows('tgt.Result')).toEqual([
      [1, 10],
      [2, null],
      [3, 13],
      [null, 14],
    ]);
  });

  it('unites rows by the mapped columns and fills the others with NULL', async () => {
    const union: ComponentSpec = {
      name: 'Union',
      type: 'UnionAll',
      inputs: [
        {
          name: 'one',
          columns: [
            { from: 'Src.out.id', properties: { OutputColumnLineageID: `#{${lineage('Union.out.key')}}` } },
            { from: 'Src.out.name', properties: { OutputColumnLineageID: `#{${lineage('Union.out.text')}}` } },
          ],
        },
        {
          name: 'two',
          columns: [
            { from: 'Right.out.number', properties: { OutputColumnLineageID: `#{${lineage('Union.out.key')}}` } },
          ],
        },
      ],
      outputs: [
        {
          name: 'out',
          columns: [
            { name: 'key', type: 'i4' },
            { name: 'text', type: 'wstr' },
          ],
        },
      ],
    };
    const spec: FlowSpec = {
      components: [source, other, union, ssisTarget('Tgt', 'Result', ['Union.out.key i4', 'Union.out.text wstr'])],
      paths: ['Src.out>Union.one', 'Right.out>Union.two', ...toTarget('Union.out')],
    };
    expect((await runSsis(spec, data, ['tgt.Result'])).rows('tgt.Result')).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, null],
      [10, null],
      [13, null],
      [14, null],
    ]);
  });

  it('sorts NULLs first and removes duplicates by the sort keys', async () => {
    const sort: ComponentSpec = {
      name: 'Sort',
      type: 'Sort',
      properties: { EliminateDuplicates: 'true' },
      inputs: [
        {
          name: 'in',
          columns: [
            { from: 'Src.out.name', properties: { NewSortKeyPosition: '1', NewComparisonFlags: '1' } },
            { from: 'Src.out.id' },
          ],
        },
      ],
      outputs: [
        {
          name: 'out',
          columns: [
            { name: 'name', type: 'wstr', properties: { SortColumnId: `#{${lineage('Src.out.name')}}` } },
            { name: 'id', type: 'i4', properties: { SortColumnId: `#{${lineage('Src.out.id')}}` } },
          ],
        },
      ],
    };
    const spec: FlowSpec = {
      components: [source, sort, ssisTarget('Tgt', 'Result', ['Sort.out.id i4', 'Sort.out.name wstr'])],
      paths: ['Src.out>Sort.in', ...toTarget('Sort.out')],
    };
    const given = { Orders: "SELECT * FROM (VALUES (1, 'b'), (2, 'B'), (3, NULL), (4, 'a')) AS t(id, name)" };
    const { rows } = await runSsis(spec, given, ['(SELECT __seq, id FROM Sort)']);
    expect(rows('(SELECT __seq, id FROM Sort)').map(([, id]) => id)).toEqual([3, 4, 1]);
  });
});
