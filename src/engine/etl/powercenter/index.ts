/** Informatica PowerCenter: repository exports as XML. */
import { type EtlToolAdapter, handOver } from '../tool.ts';
import { powercenterControl } from './control-flow.ts';
import { convertMapping } from './convert/convert-mapping.ts';
import { linkPowerCenter } from './link-powercenter.ts';
import { parsePowerCenter } from './parse.ts';

export const powercenterTool: EtlToolAdapter = {
  parse: parsePowerCenter,
  link: linkPowerCenter,
  control: powercenterControl,
  convertMapping: handOver(convertMapping),
};
