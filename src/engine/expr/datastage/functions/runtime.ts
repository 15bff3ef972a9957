/** Functions that ask the engine about the rows of the run or change its state. */
import type { Compiler, FunctionRule, FunctionTable } from '../../compiler.ts';
import { atom, strength, within } from '../../typed-sql.ts';
import { argument, custom, failing } from './rule.ts';

const nextRow = (compiler: Compiler): string => {
  compiler.markOrderSensitive();
  compiler.assume('The last row is that of all partitions in their order', 0.88);
  return `OVER (ORDER BY ${compiler.rowOrder})`;
};

/** Refused with the reason, as a call that fails when it is run. */
function refused(name: string, why: string): FunctionRule {
  return custom([0, 9], (compiler, args) => {
    for (const arg of args) compiler.value(arg);
    compiler.unsupported(name, `${name} ${why}`);
    return failing(name);
  });
}

const keys = 'takes numbers from a state file of the engine; the pipeline needs a sequence instead';
const cache = 'keeps input rows for a later loop of the Transformer; it has to be rebuilt with window functions';
const journal = 'writes to the log of the job, which SQL cannot';

export const runtimeFunctions: FunctionTable = {
  LASTROW: custom([0, 0], (compiler) => atom(`(lead(1) ${nextRow(compiler)} IS NULL)`, 'boolean')),
  LASTROWINGROUP: custom([1, 1], (compiler, args) => {
    const key = compiler.value(argument(args, 0));
    const window = nextRow(compiler);
    return atom(
      `(lead(1) ${window} IS NULL OR lead(${key.text}) ${window} IS DISTINCT FROM ${within(key, strength.concat)})`,
      'boolean',
    );
  }),
  NEXTSURROGATEKEY: refused('NextSurrogateKey', keys),
  NEXTSKCHAIN: refused('NextSKChain', keys),
  PREVSKCHAIN: refused('PrevSKChain', keys),
  SAVEINPUTRECORD: refused('SaveInputRecord', cache),
  GETSAVEDINPUTRECORD: refused('GetSavedInputRecord', cache),
  GETENVIRONMENT: refused('GetEnvironment', 'reads the environment of the machine, which a pipeline does not do'),
  SETUSERSTATUS: refused('SetUserStatus', 'sets the status of the job, which SQL cannot'),
  SETCUSTOMSUMMARYINFO: refused('SetCustomSummaryInfo', journal),
  EBCDIC: refused('Ebcdic', 'changes the bytes of a text, which DuckDB cannot'),
  ASCII: refused('Ascii', 'changes the bytes of a text, which DuckDB cannot'),
  SETBIT: refused('SetBit', 'has no equivalent in DuckDB'),
  MANTISSAFROMDECIMAL: refused('MantissaFromDecimal', 'gives the inner form of a number, which DuckDB does not tell'),
  MANTISSAFROMDFLOAT: refused('MantissaFromDFloat', 'gives the inner form of a number, which DuckDB does not tell'),
};
