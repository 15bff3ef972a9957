/** Alteryx Designer: workflows, macros and apps as XML. */
import type { EtlToolAdapter } from '../tool.ts';
import { convertMapping } from './convert/convert-mapping.ts';
import { parseAlteryxFile } from './parse.ts';

export const alteryxTool: EtlToolAdapter = { parse: parseAlteryxFile, convertMapping };
