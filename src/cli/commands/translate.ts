import { createInterface } from 'node:readline';
import { PortolanError } from '../../shared/errors.ts';
import { etlTools } from '../../shared/model/etl.ts';
import { translateExpression } from '../../engine/index.ts';
import { choice, parseArguments } from '../arguments.ts';
import type { Command } from '../context.ts';

/** `translate --tool T`: one expression a line on stdin, one line of JSON out for each. */
export const translate: Command = async (args, { json, print }) => {
  const parsed = parseArguments(args, { tool: { type: 'string' }, dialect: { type: 'string' } });
  const tool = choice(parsed, 'tool', etlTools);
  choice(parsed, 'dialect', ['duckdb'] as const);
  if (tool === undefined)
    throw new PortolanError('INPUT_INVALID', 'translate needs --tool', {
      hint: 'Usage: portolan translate --tool powercenter|ssis|datastage|alteryx < expressions.txt',
    });
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const translated = JSON.stringify(translateExpression(tool, line));
    if (json) lines.push(translated);
    else print(translated);
  }
  if (json) print(`[${lines.join(',\n')}]`);
  return 0;
};
