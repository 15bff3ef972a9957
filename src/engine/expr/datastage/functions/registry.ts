/** All functions of DataStage expressions that have a translation, by upper-case name. */
import type { FunctionRule } from '../../compiler.ts';
import { conversionFunctions } from './conversion.ts';
import { dateFunctions } from './date.ts';
import { nullFunctions } from './null.ts';
import { numberFunctions } from './number.ts';
import { textFunctions } from './text.ts';

export const dataStageFunctions: ReadonlyMap<string, FunctionRule> = new Map(
  [nullFunctions, textFunctions, numberFunctions, dateFunctions, conversionFunctions].flatMap((table) =>
    Object.entries(table),
  ),
);
