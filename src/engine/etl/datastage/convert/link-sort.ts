/** Sorts that an input link does before its stage: a node of their own in front of it. */
import type { EtlTransformation } from '../../../../shared/model/etl.ts';
import type { PipelineNode } from '../../../dataflow/model.ts';
import { relationName, sqlName } from '../../../dataflow/sql-name.ts';
import { propertyOf } from '../properties.ts';
import { groupSql, orderSql, writtenKeys, type SortKey } from './sort-key.ts';
import { item, NotConverted, pipelineColumn, select, seqColumn, type InputLink } from './stage-draft.ts';

export interface LinkSort {
  readonly keys: readonly SortKey[];
  /** Whether one row of each key is kept. */
  readonly unique: boolean;
}

/** The sort of an input link; null where it has none. A collector that merges sorted partitions sorts, too. */
export function linkSortOf(stage: EtlTransformation, link: string): LinkSort | null {
  const collector = propertyOf(stage.properties, `${link}.APT/Part/Col`) ?? '';
  const merges = /^\s*sortmerge\b/i.test(collector) ? collector : null;
  const keys = writtenKeys(propertyOf(stage.properties, `${link}.APT/Sort`) ?? merges ?? '');
  const unique = /(?:^|\s)-unique\b/i.test(propertyOf(stage.properties, `${link}.APT/SortAdv`) ?? '');
  return keys.length === 0 ? null : { keys, unique };
}

/** The node that sorts `link` in front of `stage`. */
export function sortedLink(stage: EtlTransformation, link: InputLink, sort: LinkSort): PipelineNode {
  const { columns, input } = link.stream;
  const keys = sort.keys.map((key) => {
    const found = columns.find((one) => one.name.toLowerCase() === key.column.toLowerCase());
    if (found === undefined)
      throw new NotConverted(`The link ${link.name} is sorted by ${key.column}, which it does not have`);
    return { sql: sqlName(found.name), key };
  });
  const order = [...keys.map(({ sql, key }) => orderSql(sql, key)), seqColumn].join(', ');
  const group = keys.map(({ sql, key }) => groupSql(sql, key)).join(', ');
  return {
    id: `${stage.id}_${link.name}_sorted`,
    type: 'transform',
    operator: 'sql_order_by',
    config: {
      keys: sort.keys.map((key) => `${key.column}${key.descending ? ' DESC' : ''}`),
      ...(sort.unique ? { distinct: true } : {}),
    },
    depends_on: [input],
    columns: columns.map((one) => pipelineColumn(one, { from: [`${relationName(input)}.${one.name}`] })),
    sql: select(
      [...columns.map((one) => sqlName(one.name)), item(`row_number() OVER (ORDER BY ${order})`, seqColumn)],
      sqlName(relationName(input)),
      sort.unique ? `QUALIFY row_number() OVER (PARTITION BY ${group} ORDER BY ${order}) = 1` : '',
    ),
    confidence: 0.95,
    conversion: 'rule_engine',
    notes: [`The link ${link.name} sorts its rows before ${stage.id}, over all partitions`],
  };
}
