/** Informatica PowerCenter: repository exports as XML. */
import type { EtlToolAdapter } from '../tool.ts';
import { convertMapping } from './convert/convert-mapping.ts';
import { parsePowerCenter } from './parse.ts';

export const powercenterTool: EtlToolAdapter = { parse: parsePowerCenter, convertMapping };
