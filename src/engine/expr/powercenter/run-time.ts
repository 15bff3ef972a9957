import type { TypedSql } from '../typed-sql.ts';
import type { Compiler } from '../compiler.ts';

/** The time of the run, one value for all rows. */
export function runTime(compiler: Compiler, name: string): TypedSql {
  compiler.parameter('run_ts');
  if (name === 'SYSDATE' || name === 'SYSTIMESTAMP')
    compiler.assume(`${name} is the time of the run, the same for every row`, 0.95);
  return compiler.macro('pc_run_ts', 'date');
}
