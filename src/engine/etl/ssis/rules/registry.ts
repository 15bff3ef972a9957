import type { Rule } from '../flow/rule.ts';
import { aggregateRule } from './aggregate.ts';
import { auditRule } from './audit.ts';
import { cdcSplitterRule } from './cdc-splitter.ts';
import { conditionalSplitRule } from './conditional-split.ts';
import { copyColumnRule } from './copy-column.ts';
import { dataConvertRule } from './data-convert.ts';
import { derivedColumnRule } from './derived-column.ts';
import { destinationRule } from './destination.ts';
import { lookupRule } from './lookup.ts';
import { mergeJoinRule } from './merge-join.ts';
import { multicastRule } from './multicast.ts';
import { oledbCommandRule } from './oledb-command.ts';
import { pivotRule, unpivotRule } from './pivot.ts';
import { rowCountRule } from './row-count.ts';
import { samplingRule } from './sampling.ts';
import { scdRule } from './scd.ts';
import { sortRule } from './sort.ts';
import { sourceRule } from './source.ts';
import { unionAllRule } from './union-all.ts';
import { unsupportedRule } from './unsupported.ts';

const rules: readonly Rule[] = [
  sourceRule,
  destinationRule,
  derivedColumnRule,
  lookupRule,
  rowCountRule,
  oledbCommandRule,
  multicastRule,
  conditionalSplitRule,
  cdcSplitterRule,
  sortRule,
  mergeJoinRule,
  unionAllRule,
  dataConvertRule,
  aggregateRule,
  scdRule,
  pivotRule,
  unpivotRule,
  copyColumnRule,
  auditRule,
  samplingRule,
];

const byType: ReadonlyMap<string, Rule> = new Map(
  rules.flatMap((rule) => rule.types.map((type) => [type, rule] as const)),
);

export function ruleFor(type: string): Rule {
  return byType.get(type) ?? unsupportedRule;
}
