/** Sequence Generators: numbers given to the rows of the transformation that they are connected to. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { relationName, sqlName } from '../../../dataflow/sql-name.ts';
import { isYes, propertyOf } from '../properties.ts';
import { seqColumn, toStream, type Stream } from './stream.ts';

function numberOf(transformation: EtlTransformation, name: string, absent: string): bigint {
  const text = (propertyOf(transformation.properties, name) ?? absent).trim();
  return /^-?\d{1,18}$/.test(text) ? BigInt(text) : BigInt(absent);
}

const usualEnds: ReadonlySet<bigint> = new Set([2147483647n, 9223372036854775807n]);

/** A sequence that does not start over fails after its last number; the usual greatest numbers are no limit of a run. */
function ends(value: string, increment: bigint, end: bigint, id: string): string {
  if (increment <= 0n || usualEnds.has(end)) return value;
  const failure = `error(${quoteLiteral(`${id}: the sequence has reached its end value ${end}`)})`;
  return `CASE WHEN ${value} > ${end} THEN ${failure} ELSE ${value} END`;
}

/** A node that numbers the rows of `lead`, in their order, after those that were numbered `before`. */
export function sequenceNode(
  transformation: EtlTransformation,
  id: string,
  { lead, before }: { readonly lead: Stream; readonly before: readonly Stream[] },
): { readonly node: PipelineNode; readonly stream: Stream } {
  const reset = isYes(transformation.properties, 'Reset');
  const start = reset ? numberOf(transformation, 'Start Value', '1') : numberOf(transformation, 'Current Value', '1');
  const increment = numberOf(transformation, 'Increment By', '1');
  const end = numberOf(transformation, 'End Value', '9223372036854775807');
  const cycle = isYes(transformation.properties, 'Cycle');
  const first = numberOf(transformation, 'Start Value', '0');
  const count = increment === 0n ? 1n : (end - first) / increment + 1n;
  const given = before.map((one) => `(SELECT count(*) FROM ${sqlName(relationName(one.input))}) + `).join('');
  const raw = `${start} + ${increment} * (${given}row_number() OVER (ORDER BY ${seqColumn}) - 1)`;
  const next =
    cycle && count > 1n && count < 1_000_000_000_000n
      ? `${first} + (${raw} - ${first}) % ${count * increment}`
      : ends(raw, increment, end, transformation.id);
  const node: PipelineNode = {
    id,
    type: 'transform',
    operator: 'sequence_generator',
    config: { start: String(start), increment: String(increment), end: String(end), cycle, reset },
    depends_on: [lead.input, ...before.map((one) => one.input)],
    columns: [
      { name: 'NEXTVAL', type: 'BIGINT', expression: next },
      { name: 'CURRVAL', type: 'BIGINT', expression: `${next} + ${increment}` },
    ],
    sql: `SELECT\n  ${next} AS NEXTVAL,\n  ${next} + ${increment} AS CURRVAL,\n  ${seqColumn}\nFROM ${sqlName(relationName(lead.input))}\n`,
    confidence: reset || cycle ? 0.9 : 0.86,
    conversion: 'rule_engine',
    notes: [
      ...(before.length === 0 ? [] : ['Each reader of the sequence has numbers of its own, one block after the other']),
      'Numbers start at the value saved in the file. Set `start` above the highest key in the target before loading it.',
    ],
  };
  const columns = ['NEXTVAL', 'CURRVAL'].map((port) => ({ port, type: 'bigint' as const, sqlType: 'BIGINT' }));
  return { node, stream: toStream({ node: id }, columns, { ordered: true, operation: false }) };
}
