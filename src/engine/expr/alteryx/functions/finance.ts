import { expandMacro, type MacroName } from '../../duckdb-macros.ts';
import { quoteLiteral } from '../../../core/text.ts';
import { asNumber } from '../coerce.ts';
import type { FunctionRule, FunctionTable } from '../compiler.ts';
import { argument } from '../../translation-state.ts';
import { atom } from '../value.ts';

/** An annuity: payments at the end of a period unless the last argument is 1. */
function annuity(macro: MacroName, parameters: number, needed: number): FunctionRule {
  return {
    arity: [needed, parameters],
    translate(compiler, args) {
      compiler.assume('Annuities have the sign convention of spreadsheets', 0.88);
      const values = Array.from({ length: parameters }, (_none, index) => {
        const arg = args[index];
        return arg === undefined ? '0' : `CAST(${asNumber(compiler, compiler.value(arg)).text} AS DOUBLE)`;
      });
      return atom(`(${expandMacro(macro, values)})`, 'double');
    },
  };
}

const formula = (count: number, build: (...values: readonly string[]) => string): FunctionRule => ({
  arity: [count, count],
  translate: (compiler, args) =>
    atom(
      build(
        ...Array.from(
          { length: count },
          (_none, index) => `(${asNumber(compiler, compiler.value(argument(args, index))).text})`,
        ),
      ),
      'double',
    ),
});

/** Net present value of payments at the end of each period. */
const presentValue: FunctionRule = {
  arity: [2, 500],
  translate(compiler, args) {
    const [rate, ...flows] = args.map((arg) => `(${asNumber(compiler, compiler.value(arg)).text})`);
    return atom(`(${flows.map((flow, index) => `${flow} / power(1 + ${rate}, ${index + 1})`).join(' + ')})`, 'double');
  },
};

const iterated = (name: string): FunctionRule => ({
  arity: [1, 500],
  translate(compiler, args) {
    for (const arg of args) compiler.value(arg);
    compiler.unsupported(name, `${name} is found by iteration over dated payments, which has no SQL translation`);
    return atom(`error(${quoteLiteral(`${name} is not translated`)})`, 'double');
  },
});

export const financeFunctions: FunctionTable = {
  FINANCEFV: annuity('pc_fv', 5, 3),
  FINANCEPV: annuity('pc_pv', 5, 3),
  FINANCEPMT: annuity('pc_pmt', 5, 3),
  FINANCENPER: annuity('pc_nper', 5, 3),
  FINANCERATE: annuity('pc_rate', 5, 3),
  FINANCECAGR: formula(
    3,
    (start, end, years) => `TRY(power(${end} / nullif(${start}, 0), 1.0 / nullif(${years}, 0)) - 1)`,
  ),
  FINANCEEFFECTIVERATE: formula(2, (rate, periods) => `(power(1 + ${rate} / nullif(${periods}, 0), ${periods}) - 1)`),
  FINANCENOMINALRATE: formula(
    2,
    (rate, periods) => `(${periods} * (power(1 + ${rate}, 1.0 / nullif(${periods}, 0)) - 1))`,
  ),
  FINANCEFVSCHEDULE: {
    arity: [2, 500],
    translate: (compiler, args) =>
      atom(
        `(${args
          .map((arg, index) => `(${index === 0 ? '' : '1 + '}${asNumber(compiler, compiler.value(arg)).text})`)
          .join(' * ')})`,
        'double',
      ),
  },
  FINANCENPV: presentValue,
  FINANCEIRR: iterated('FinanceIRR'),
  FINANCEMIRR: iterated('FinanceMIRR'),
  FINANCEMXIRR: iterated('FinanceMXIRR'),
  FINANCEXIRR: iterated('FinanceXIRR'),
  FINANCEXNPV: iterated('FinanceXNPV'),
};
