/** Annuity functions, with the sign convention of spreadsheets. */
import type { MacroName } from '../../duckdb-macros.ts';
import { strength, within } from '../../typed-sql.ts';
import { coerce } from '../coerce.ts';
import type { FunctionRule, FunctionTable } from '../../compiler.ts';

/** Three given arguments, then the other amount and the payment type, both 0 where absent. */
function annuity(name: MacroName): FunctionRule {
  return {
    arity: [3, 5],
    translate: (compiler, args) => {
      compiler.assume('Annuities use the sign convention of spreadsheets: money paid is negative', 0.85);
      const given = args.map((arg) => within(coerce.number(compiler, arg), strength.atom));
      const [a = '0', b = '0', c = '0', other = '0', type = '0'] = given;
      return compiler.macro(name, 'double', a, b, c, other, type);
    },
  };
}

export const financialFunctions: FunctionTable = {
  FV: annuity('pc_fv'),
  PV: annuity('pc_pv'),
  PMT: annuity('pc_pmt'),
  NPER: annuity('pc_nper'),
  RATE: annuity('pc_rate'),
};
