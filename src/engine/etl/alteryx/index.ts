/** Alteryx Designer: workflows, macros and apps as XML. */
import type { EtlToolAdapter } from '../tool.ts';
import { convertMapping } from './convert/convert-mapping.ts';
import { inlineMacros } from './inline-macros.ts';
import { parseAlteryxFile } from './parse.ts';

export const alteryxTool: EtlToolAdapter = { parse: parseAlteryxFile, link: inlineMacros, convertMapping };
