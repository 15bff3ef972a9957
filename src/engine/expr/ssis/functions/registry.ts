import type { FunctionRule } from '../../compiler.ts';
import { characterFunctions } from './character.ts';
import { conditionalFunctions } from './conditional.ts';
import { dateFunctions } from './date.ts';
import { numericFunctions } from './numeric.ts';

/** Every function of the language by its name in upper case, and what the grammar writes as calls. */
export const ssisFunctions: ReadonlyMap<string, FunctionRule> = new Map(
  [characterFunctions, conditionalFunctions, dateFunctions, numericFunctions].flatMap((family) =>
    Object.entries(family),
  ),
);
