/** References across the files of one import. */
import type { EtlFile } from '../../shared/model/etl.ts';
import { etlToolRegistry } from './registry.ts';
import type { EtlToolAdapter } from './tool.ts';

/** `file` with what it uses of `files` put in, e.g. the macros that a workflow calls. */
export function linkEtl(file: EtlFile, files: readonly EtlFile[]): EtlFile {
  const adapter: EtlToolAdapter = etlToolRegistry[file.tool];
  return adapter.link?.(file, files) ?? file;
}
