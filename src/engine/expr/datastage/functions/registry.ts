/** All functions of DataStage expressions that have a translation, by upper-case name. */
import type { FunctionRule } from '../../compiler.ts';
import { basicConversionFunctions } from './basic-conversion.ts';
import { conversionFunctions } from './conversion.ts';
import { dateFunctions } from './date.ts';
import { momentConversionFunctions } from './moment-conversion.ts';
import { nullFunctions } from './null.ts';
import { numberFunctions } from './number.ts';
import { runtimeFunctions } from './runtime.ts';
import { textFunctions } from './text.ts';

export const dataStageFunctions: ReadonlyMap<string, FunctionRule> = new Map(
  [
    nullFunctions,
    textFunctions,
    numberFunctions,
    dateFunctions,
    conversionFunctions,
    momentConversionFunctions,
    basicConversionFunctions,
    runtimeFunctions,
  ].flatMap((table) => Object.entries(table)),
);
