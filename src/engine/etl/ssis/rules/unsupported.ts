import type { NodeInput } from '../../../dataflow/model.ts';
import type { Component } from '../flow/component.ts';
import { lineageOf, typeOf } from '../flow/component.ts';
import { layoutOf } from '../flow/pass-through.ts';
import { NodeDraft, withOutlets } from '../flow/node-draft.ts';
import type { FlowContext, Rule, RuleResult } from '../flow/rule.ts';
import { ColumnSet, toPipelineColumn } from '../flow/stream.ts';

const longest = 20_000;

/** What the component does, as text: its properties (scripts included) and the expressions of its columns. */
function originalOf(component: Component): string {
  const { source } = component;
  const properties = source.properties
    .filter((one) => one.value !== null && one.value.trim() !== '' && !/^(?:input|output)\./.test(one.name))
    .map((one) => `${one.name}: ${one.value ?? ''}`);
  const ports = source.ports
    .filter((port) => port.expression !== null)
    .map((port) => `${port.name} = ${port.expression ?? ''}`);
  const text = [`${source.type} ${source.name}`, ...properties, ...ports].join('\n');
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)}\n(${text.length - longest} more characters in the package)`;
}

/** A node that keeps what could not be converted and fails when it is run. */
export function unsupportedResult(component: Component, context: FlowContext, reason: string): RuleResult {
  const draft = new NodeDraft(component, context, 0);
  const inputs = component.inputs.map((input) => context.input(component, input.name));
  for (const stream of inputs) if (stream !== null) draft.read(stream);
  draft.doubt(`${reason}. Rewrite ${component.source.id} by hand; its original is kept in the node.`, 0, 'error');
  const outlets = component.outputs
    .filter((output) => !output.isError || context.isConnected(component, output))
    .map((output) => {
      const set = new ColumnSet();
      const before = output.synchronous ? layoutOf(inputs[0] ?? null, { added: [], replaced: new Map() }).buffer : [];
      for (const column of before) set.add(column.lineage, column.label, column.type);
      for (const port of output.ports)
        if (!before.some((column) => column.lineage === lineageOf(port)))
          set.add(lineageOf(port), port.name, typeOf(port));
      return {
        output: output.name,
        buffer: set.columns,
        columns: set.columns.map((column) => toPipelineColumn(column)),
        sql: '',
      };
    });
  const parts = {
    operator: 'unsupported',
    config: { source_type: component.source.type },
    confidence: 0,
    conversion: 'unsupported',
    original: originalOf(component),
  } as const;
  const streams = (input: (output: string) => NodeInput): RuleResult['streams'] =>
    outlets.map((outlet) => ({
      output: outlet.output,
      stream: { input: input(outlet.output), columns: outlet.buffer, ordered: false },
    }));
  if (outlets.length <= 1)
    return draft.result(
      [draft.node({ ...parts, columns: outlets[0]?.columns ?? [] })],
      streams(() => ({ node: draft.id })),
    );
  const { node, input } = withOutlets(draft, outlets, parts);
  return draft.result([failing(node)], streams(input));
}

/** Outputs keep their columns and fail when they are read. */
function failing(node: RuleResult['nodes'][number]): RuleResult['nodes'][number] {
  const outputs = (node.outputs ?? []).map((output) => ({
    ...output,
    sql: `SELECT error('not converted') AS "not converted"\n`,
  }));
  return { ...node, outputs };
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ScriptComponent', 'A script component is a program'],
  ['FuzzyLookup', 'Fuzzy matching has no equivalent with the same scores'],
  ['FuzzyGrouping', 'Fuzzy grouping has no equivalent with the same scores'],
  ['TermExtraction', 'Extracting terms from texts needs a linguistic library'],
  ['TermLookup', 'Looking up terms in texts needs a linguistic library'],
  ['DataMiningQuery', 'A data mining query is answered by an Analysis Services model'],
  ['ExportColumn', 'Exporting columns writes one file a row, which is outside of the pipeline'],
  ['ImportColumn', 'Importing columns reads one file a row, which is outside of the pipeline'],
  ['SSASDimensionProcessing', 'It processes a dimension of an Analysis Services cube, which is no table'],
  ['SSASPartitionProcessing', 'It processes a partition of an Analysis Services cube, which is no table'],
  ['DataMiningModelTraining', 'It trains a model of Analysis Services, which is no table'],
  ['DataStreamingDestination', 'It hands its rows to a view that a SQL Server query reads while the package runs'],
  ['DQSCleansing', 'The rules of the cleansing stand in a knowledge base of Data Quality Services'],
  ['SQLServerCompactDestination', 'SQL Server Compact databases are no longer read or written'],
  ['SAPBWDestination', 'It loads SAP BW by process chains of that system'],
  ['SharePointListDestination', 'It changes or deletes the items of a SharePoint list by a service on the network'],
  ['MultipleHash', 'The hash is computed over a binary form of the row that only this component knows'],
]);

/** Everything that no other rule converts. */
export const unsupportedRule: Rule = {
  types: [],
  convert: (component, context) =>
    unsupportedResult(
      component,
      context,
      reasons.get(component.source.type) ??
        `No rule converts ${component.source.type}: it is an extension, or the package does not say what it is`,
    ),
};
