import { sqlName } from '../../../dataflow/sql-name.ts';
import { printSelect } from '../../powercenter/convert/select.ts';
import { lineageOf, typeOf, type Component, type Output } from '../flow/component.ts';
import { propertyOf } from '../dts-elements.ts';
import { lineageReference } from '../flow/lineage-reference.ts';
import { NodeDraft, withOutlets, type Outlet } from '../flow/node-draft.ts';
import type { Rule } from '../flow/rule.ts';
import { ColumnSet, columnOf, fromOf, toPipelineColumn, type BufferColumn, type Stream } from '../flow/stream.ts';

interface Sampled {
  readonly output: Output;
  readonly buffer: readonly BufferColumn[];
  readonly sources: readonly BufferColumn[];
}

/** The columns of an output: the input's own, or copies that name where they come from. */
function layout(output: Output, stream: Stream): Sampled {
  if (output.ports.length === 0) return { output, buffer: stream.columns, sources: stream.columns };
  const set = new ColumnSet();
  const sources = output.ports.flatMap((port) => {
    const source =
      columnOf(stream, lineageReference(propertyOf(port.properties, 'InputColumnLineageID')) ?? '') ??
      stream.columns.find((one) => one.label === port.name);
    if (source === undefined) return [];
    set.add(lineageOf(port), port.name, typeOf(port));
    return [source];
  });
  return { output, buffer: set.columns, sources };
}

function isSelected(output: Output, component: Component): boolean {
  const own = output.property('Selected');
  return own === null ? component.outputs.indexOf(output) === 0 : own === 'true';
}

/** Row Sampling and Percentage Sampling: a sample by a hash of the row, so that every run draws the same one. */
export const samplingRule: Rule = {
  types: ['RowSampling', 'PercentageSampling'],
  convert(component, context) {
    const draft = new NodeDraft(component, context, 0.8);
    draft.doubt(
      'The sample is drawn by a hash of the row: it is of the same size, and not of the same rows as in SSIS',
      0.8,
    );
    const stream = context.input(component);
    const from = draft.read(stream);
    if (stream === null || stream.columns.length === 0)
      return draft.result([draft.node({ operator: 'conditional_branch', columns: [] })], []);
    const names = stream.columns.map((column) => sqlName(column.name));
    const seed = Number(component.property('SamplingSeed') ?? 0);
    const size = Number(component.property('SamplingValue') ?? 0);
    const hash = `hash(${[String(Number.isInteger(seed) ? seed : 0), ...names].join(', ')})`;
    const percentage = component.source.type === 'PercentageSampling';
    const position = `row_number() OVER (ORDER BY ${hash}, ${names.join(', ')})`;
    const sampled = component.outputs.filter((output) => !output.isError).map((output) => layout(output, stream));
    const outlets = sampled.map(({ output, buffer, sources }): Outlet => {
      const selected = isSelected(output, component);
      const limit = Number.isFinite(size) ? Math.max(0, Math.floor(size)) : 0;
      const items = sources.map((source, index) => ({
        sql: sqlName(source.name),
        name: buffer[index]?.name ?? source.name,
      }));
      return {
        output: output.name,
        columns: buffer.map((column, index) =>
          toPipelineColumn(column, { from: [fromOf(stream, sources[index] ?? column)] }),
        ),
        sql: percentage
          ? printSelect({ items, from, where: [`${hash} % 100 ${selected ? '<' : '>='} ${limit}`] })
          : printSelect({ items, from, qualify: `${position} ${selected ? '<=' : '>'} ${limit}` }),
      };
    });
    const { node, input } = withOutlets(draft, outlets, {
      operator: 'conditional_branch',
      config: { sample: size, seed },
    });
    return draft.result(
      [node],
      sampled.map(({ output, buffer }) => ({
        output: output.name,
        stream: { input: input(output.name), columns: buffer, ordered: false },
      })),
    );
  },
};
