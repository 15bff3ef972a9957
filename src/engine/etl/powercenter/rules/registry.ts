/** Transformation types and the rules that convert them. */
import type { Rule } from '../convert/rule.ts';
import { aggregatorRule } from './aggregator.ts';
import { expressionRule } from './expression.ts';
import { filterRule } from './filter.ts';
import { joinerRule } from './joiner.ts';
import { lookupRule } from './lookup.ts';
import { normalizerRule } from './normalizer.ts';
import { rankRule } from './rank.ts';
import { routerRule } from './router.ts';
import { sorterRule } from './sorter.ts';
import { sourceDefinitionRule } from './source-definition.ts';
import { sourceQualifierRule } from './source-qualifier.ts';
import { targetRule } from './target.ts';
import { transactionControlRule } from './transaction-control.ts';
import { unionRule } from './union.ts';
import { unsupportedRule } from './unsupported.ts';
import { updateStrategyRule } from './update-strategy.ts';

const rules: readonly Rule[] = [
  sourceDefinitionRule,
  sourceQualifierRule,
  expressionRule,
  filterRule,
  lookupRule,
  joinerRule,
  aggregatorRule,
  routerRule,
  updateStrategyRule,
  sorterRule,
  unionRule,
  rankRule,
  normalizerRule,
  transactionControlRule,
  targetRule,
];
const byType = new Map(rules.flatMap((rule) => rule.types.map((type) => [type, rule] as const)));

/** The rule for a transformation type; one that keeps the original and fails closed where there is none. */
export function ruleFor(type: string): Rule {
  return byType.get(type) ?? unsupportedRule;
}
