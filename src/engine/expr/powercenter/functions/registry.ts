import type { FunctionRule, FunctionTable } from '../../compiler.ts';
import { aggregateFunctions } from './aggregate.ts';
import { characterFunctions } from './character.ts';
import { conditionalFunctions } from './conditional.ts';
import { conversionFunctions } from './conversion.ts';
import { dateFunctions } from './date.ts';
import { encodingFunctions } from './encoding.ts';
import { financialFunctions } from './financial.ts';
import { numericFunctions } from './numeric.ts';
import { searchFunctions } from './search.ts';
import { testFunctions } from './testing.ts';
import { variableFunctions } from './variable.ts';

const families: readonly FunctionTable[] = [
  aggregateFunctions,
  characterFunctions,
  conditionalFunctions,
  conversionFunctions,
  dateFunctions,
  encodingFunctions,
  financialFunctions,
  numericFunctions,
  searchFunctions,
  testFunctions,
  variableFunctions,
];

/** Every function of the language by its name in upper case. */
export const powerCenterFunctions: ReadonlyMap<string, FunctionRule> = new Map(
  families.flatMap((family) => Object.entries(family)),
);
