import type { EtlTool } from '../../shared/model/etl.ts';
import type { EtlToolAdapter } from './tool.ts';

const names: Readonly<Record<EtlTool, string>> = {
  powercenter: 'PowerCenter',
  ssis: 'SSIS',
  alteryx: 'Alteryx',
  datastage: 'DataStage',
};

/** A tool whose files are recognised and refused with a clear message. */
export function notYetSupported(tool: EtlTool): EtlToolAdapter {
  return {
    parse: (_text, { file }) => ({
      file,
      tool,
      version: null,
      exportedAt: null,
      definitions: [],
      mappings: [],
      workflows: [],
      reusable: [],
      tasks: [],
      configurations: [],
      diagnostics: [
        {
          severity: 'error',
          message: `${names[tool]} exports are recognised but not converted by this version. Leave the file out, or convert it by hand.`,
          file,
          line: null,
          statement: null,
        },
      ],
    }),
    convertMapping: null,
  };
}
