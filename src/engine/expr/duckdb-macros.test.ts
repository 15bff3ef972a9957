import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { expandMacro, macroNames, macroSql } from './duckdb-macros.ts';

describe('macroSql', () => {
  it('puts macros after those that they call, so that the text runs from top to bottom', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const name of macroNames) await connection.run(macroSql([name]));
    const names = [...macroSql(['pc_date_rr', 'pc_instr']).matchAll(/MACRO (\w+)/g)].map((match) => match[1]);
    expect(names).toEqual(['pc_run_ts', 'pc_date_rr', 'pc_instr_bwd', 'pc_instr_fwd', 'pc_instr']);
  });

  it('gives the same bytes whatever the order of the names', () => {
    expect(macroSql([...macroNames].reverse())).toBe(macroSql(macroNames));
  });

  it('is empty without names and refuses a name that is not there', () => {
    expect(macroSql([])).toBe('');
    expect(() => macroSql(['constructor'])).toThrow('No macro constructor');
  });
});

describe('expandMacro', () => {
  it('puts arguments that are more than one term in parentheses', () => {
    expect(expandMacro('pc_last_day', ["a || ')'"])).toContain("last_day((a || ')'))");
    expect(expandMacro('pc_last_day', ['f(a) + g(b)'])).toContain('last_day((f(a) + g(b)))');
    expect(expandMacro('pc_last_day', ["f(a, ')')"])).toContain("last_day(f(a, ')'))");
  });
});
