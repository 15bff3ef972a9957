/** Small exports of each tool that use most of what its parser and rules know. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { EtlTool } from '../../src/shared/model/etl.ts';
import { alteryxFormula, alteryxInput, alteryxWorkflow } from '../support/alteryx-workflow.ts';
import { dsxOf, listProperty } from '../support/datastage-dsx.ts';

const golden = (path: string): string => readFileSync(resolve(import.meta.dirname, '../golden/etl', path), 'utf8');

const workflow = alteryxWorkflow({
  tools: [
    alteryxInput(1, 'orders', ['k Int32', 'a V_WString 20', 'v Double', 'd Date']),
    alteryxInput(2, 'names', ['k Int32', 'b V_WString 20']),
    alteryxFormula(3, {
      'a V_WString': "IIF(Contains([a], 'x'), [a] + '-' + ToString([k]), Trim([a]))",
      'n Double 8': 'Round([v], 0.01) * ToNumber([a])',
    }),
    { id: 4, type: 'Filter', configuration: '<Expression>[k] != 3 AND !IsEmpty([a])</Expression><Mode>Custom</Mode>' },
    {
      id: 5,
      type: 'Join',
      configuration:
        '<JoinInfo connection="Left"><Field field="k"/></JoinInfo><JoinInfo connection="Right"><Field field="k"/></JoinInfo><SelectConfiguration><Configuration outputConnection="Join"><SelectFields><SelectField field="*Unknown" selected="True"/></SelectFields></Configuration></SelectConfiguration>',
    },
    {
      id: 6,
      type: 'Summarize',
      configuration:
        '<SummarizeFields><SummarizeField field="k" action="GroupBy" rename="k"/><SummarizeField field="v" action="Sum" rename="total"/><SummarizeField field="a" action="First" rename="a"/></SummarizeFields>',
    },
    {
      id: 7,
      type: 'MultiRowFormula',
      configuration:
        '<UpdateField value="True"/><UpdateField_Name>total</UpdateField_Name><OtherRows>Empty</OtherRows><NumRows value="1"/><Expression>[total] + [Row-1:total]</Expression><GroupByFields><Field field="k"/></GroupByFields>',
    },
    { id: 8, type: 'Unique', configuration: '<UniqueFields><Field field="k"/></UniqueFields>' },
    { id: 9, type: 'Sort', configuration: '<SortInfo><Field field="total" order="Descending"/></SortInfo>' },
    { id: 10, type: 'DbFileOutput', configuration: '<File FileFormat="0">out.csv</File>' },
  ],
  wires: [
    '1.Output>3.Input',
    '3.Output>4.Input',
    '4.True>5.Left',
    '2.Output>5.Right',
    '5.Join>6.Input',
    '6.Output>7.Input',
    '7.Output>8.Input',
    '8.Unique>9.Input',
    '9.Output>10.Input',
  ],
});

const int = (name: string, derivation?: string) => ({
  name,
  type: 4,
  precision: 10,
  ...(derivation === undefined ? {} : { derivation }),
});
const job = dsxOf({
  name: 'job',
  stages: [
    { name: 'S', type: 'PxSequentialFile' },
    { name: 'R', type: 'PxSequentialFile' },
    {
      name: 'X',
      type: 'CTransformerStage',
      variables: [
        { name: 'svTotal', expression: 'svTotal + in.A' },
        { name: 'svLast', expression: 'in.ID', initial: '-1' },
      ],
    },
    { name: 'L', type: 'PxLookup' },
    {
      name: 'O',
      type: 'PxSort',
      properties: { key: listProperty('key', [{ value: 'A', more: { 'asc\\desc': 'desc' } }]) },
    },
    {
      name: 'G',
      type: 'PxAggregator',
      properties: {
        key: listProperty('key', [{ value: 'ID' }]),
        reduce: listProperty('reduce', [{ value: 'A', more: { sum: 'ALL' } }]),
      },
    },
    { name: 'D', type: 'PxRemDup', properties: { keep: 'last', key: listProperty('key', [{ value: 'ID' }]) } },
    { name: 'T', type: 'PxSequentialFile' },
    { name: 'U', type: 'PxSequentialFile' },
  ],
  links: [
    { name: 'in', from: 'S', to: 'X', columns: [int('ID'), int('A')] },
    {
      name: 'main',
      from: 'X',
      to: 'L',
      columns: [int('ID', 'in.ID'), int('A', 'If IsNull(in.A) Then 0 Else svTotal * 2')],
      constraint: 'in.A > 5 And Mod(in.ID, 2) = 0',
    },
    {
      name: 'rest',
      from: 'X',
      to: 'U',
      columns: [int('ID', 'in.ID'), { name: 'N', type: 12, derivation: "Trim(UpCase('x' : in.ID))[1,3]" }],
      otherwise: true,
    },
    {
      name: 'ref',
      from: 'R',
      to: 'L',
      columns: [
        { ...int('K'), keyExpression: 'main.ID', key: true },
        { name: 'N', type: 12 },
      ],
      reference: true,
    },
    {
      name: 'looked',
      from: 'L',
      to: 'O',
      columns: [int('ID', 'main.ID'), int('A', 'main.A'), { name: 'N', type: 12, derivation: 'ref.N' }],
      lookupFail: 'continue',
    },
    { name: 'sorted', from: 'O', to: 'G', columns: [int('ID', 'looked.ID'), int('A', 'looked.A')] },
    { name: 'grouped', from: 'G', to: 'D', columns: [int('ID', 'sorted.ID'), int('ALL')] },
    { name: 'out', from: 'D', to: 'T', columns: [int('ID', 'grouped.ID'), int('ALL', 'grouped.ALL')] },
  ],
});

export const ownExports: Readonly<Record<EtlTool, readonly string[]>> = {
  powercenter: ['expression-and-filter', 'lookup-joiner-aggregator', 'router-update-strategy'].map((name) =>
    golden(`${name}/in.xml`),
  ),
  ssis: ['ssis-derived-and-split', 'ssis-lookup-and-sort'].map((name) => golden(`${name}/in.dtsx`)),
  alteryx: [workflow],
  datastage: [job],
};
