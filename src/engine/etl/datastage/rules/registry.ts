/** Stage types and the rules that convert them. */
import { aggregatorRule } from './aggregator.ts';
import { changeApplyRule } from './change-apply.ts';
import { changeCaptureRule } from './change-capture.ts';
import { filterRule } from './filter.ts';
import { funnelRule } from './funnel.ts';
import { generatorRule } from './generator.ts';
import { joinRule } from './join.ts';
import { headTailRule, removeDuplicatesRule } from './keep-rows.ts';
import { lookupRule } from './lookup.ts';
import { mergeRule } from './merge.ts';
import { modifyRule } from './modify.ts';
import { passThroughRule } from './pass-through.ts';
import { pivotRule } from './pivot.ts';
import type { StageRule } from './rule.ts';
import { sortRule } from './sort.ts';
import { storageRule } from './storage.ts';
import { surrogateKeyRule } from './surrogate-key.ts';
import { switchRule } from './switch.ts';
import { transformerRule } from './transformer.ts';
import { unsupportedRule } from './unsupported.ts';

const rules: readonly StageRule[] = [
  storageRule,
  transformerRule,
  passThroughRule,
  lookupRule,
  joinRule,
  aggregatorRule,
  changeCaptureRule,
  sortRule,
  removeDuplicatesRule,
  headTailRule,
  filterRule,
  funnelRule,
  modifyRule,
  generatorRule,
  pivotRule,
  switchRule,
  mergeRule,
  changeApplyRule,
  surrogateKeyRule,
];
const byType = new Map(rules.flatMap((rule) => rule.types.map((type) => [type, rule] as const)));

/** The rule for a stage type; one that keeps the original and fails closed where there is none. */
export function ruleFor(type: string): StageRule {
  return byType.get(type) ?? (/Connector(?:PX)?$/.test(type) ? storageRule : unsupportedRule);
}
