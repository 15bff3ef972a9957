/** Types of tools and the rules that convert them. */
import type { Rule } from '../convert/rule.ts';
import { filterRule } from './filter.ts';
import { formulaRule } from './formula.ts';
import { inputRule } from './input.ts';
import { joinRule } from './join.ts';
import { multiFieldFormulaRule } from './multi-field-formula.ts';
import { outputRule } from './output.ts';
import { detourEndRule, detourRule, passThroughRule } from './pass-through.ts';
import { selectRule } from './select.ts';
import { sortRule } from './sort.ts';
import { summarizeRule } from './summarize.ts';
import { textInputRule } from './text-input.ts';
import { unionRule } from './union.ts';
import { appendFieldsRule } from './append-fields.ts';
import { cleanseRule } from './cleanse.ts';
import { crossTabRule } from './cross-tab.ts';
import { dateTimeRule } from './date-time.ts';
import { fieldInfoRule } from './field-info.ts';
import { findReplaceRule } from './find-replace.ts';
import { generateRowsRule } from './generate-rows.ts';
import { imputationRule } from './imputation.ts';
import { blobConvertRule } from './blob-convert.ts';
import { jsonParseRule } from './json-parse.ts';
import { joinMultipleRule } from './join-multiple.ts';
import { autoFieldRule, dynamicRenameRule, dynamicSelectRule } from './known-fields.ts';
import { multiRowFormulaRule } from './multi-row-formula.ts';
import { regExRule } from './reg-ex.ts';
import {
  countRecordsRule,
  recordIdRule,
  runningTotalRule,
  sampleRule,
  selectRecordsRule,
  tileRule,
  uniqueRule,
} from './row-order.ts';
import { dateTimeNowRule, randomRecordsRule, weightedAverageRule } from './standard-macros.ts';
import { testRule } from './test-tool.ts';
import { textToColumnsRule } from './text-to-columns.ts';
import { transposeRule } from './transpose.ts';
import { unsupportedRule } from './unsupported.ts';
import { xmlParseRule } from './xml-parse.ts';

const rules: readonly Rule[] = [
  selectRule,
  formulaRule,
  filterRule,
  textInputRule,
  joinRule,
  unionRule,
  summarizeRule,
  inputRule,
  outputRule,
  sortRule,
  multiFieldFormulaRule,
  passThroughRule,
  testRule,
  detourRule,
  detourEndRule,
  appendFieldsRule,
  cleanseRule,
  crossTabRule,
  dateTimeRule,
  findReplaceRule,
  generateRowsRule,
  jsonParseRule,
  xmlParseRule,
  blobConvertRule,
  joinMultipleRule,
  autoFieldRule,
  dynamicRenameRule,
  dynamicSelectRule,
  multiRowFormulaRule,
  regExRule,
  countRecordsRule,
  recordIdRule,
  runningTotalRule,
  sampleRule,
  selectRecordsRule,
  tileRule,
  uniqueRule,
  textToColumnsRule,
  transposeRule,
  fieldInfoRule,
  weightedAverageRule,
  randomRecordsRule,
  imputationRule,
  dateTimeNowRule,
];
const byType = new Map(rules.flatMap((rule) => rule.types.map((type) => [type, rule] as const)));

/** The rule for a type of tool; one that keeps the original and fails closed where there is none. */
export function ruleFor(type: string): Rule {
  return byType.get(type) ?? unsupportedRule;
}
