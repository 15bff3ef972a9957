import type { FunctionRule, FunctionTable } from '../compiler.ts';
import { conditionalFunctions } from './conditional.ts';
import { conversionFunctions } from './conversion.ts';
import { dateTimeFunctions } from './date-time.ts';
import { financeFunctions } from './finance.ts';
import { numericFunctions } from './numeric.ts';
import { regexFunctions } from './regex.ts';
import { testingFunctions } from './testing.ts';
import { textFunctions } from './text.ts';

const tables: readonly FunctionTable[] = [
  conditionalFunctions,
  conversionFunctions,
  dateTimeFunctions,
  financeFunctions,
  numericFunctions,
  regexFunctions,
  testingFunctions,
  textFunctions,
];
const rules: ReadonlyMap<string, FunctionRule> = new Map(tables.flatMap((table) => Object.entries(table)));

/** The rule of a function by its name in upper case; null where Alteryx has no such function. */
export function functionNamed(name: string): FunctionRule | null {
  return rules.get(name) ?? null;
}

/** Names of all translated functions and operators with a name, in upper case. */
export const functionNames: readonly string[] = [...rules.keys()].sort();
