import { PortolanError } from '../../shared/errors.ts';
import type { Output, OutputFile } from '../../shared/ipc/contract.ts';
import type { Workbench } from './workbench.ts';

const kinds: Readonly<Record<string, OutputFile['kind']>> = {
  yaml: 'yaml',
  sql: 'sql',
  md: 'markdown',
  json: 'json',
  csv: 'csv',
};
/** Monaco and the reader grow slow beyond this; the whole file is in the bundle. */
const MAX_SHOWN = 2_000_000;

let cached: { readonly key: string; readonly files: ReadonlyMap<string, Uint8Array> } | null = null;

function bundleOf(workbench: Workbench): ReadonlyMap<string, Uint8Array> {
  const { session } = workbench;
  const key = `${session.path} ${session.latestCheckpoint()?.id ?? ''} ${session.decisions().length}`;
  if (cached?.key !== key) cached = { key, files: session.bundle() };
  return cached.files;
}

/** What an export would write now; empty before the run has finished. */
export function outputFiles(workbench: Workbench): Output<'output.files'> {
  const state = workbench.session.state();
  if (state?.validation === undefined) return { files: [], validation: null, runs: [] };
  const files = [...bundleOf(workbench)].map(([path, content]): OutputFile => ({
    path,
    bytes: content.length,
    kind: kinds[path.split('.').at(-1) ?? ''] ?? 'text',
  }));
  return { files, validation: state.validation, runs: [...(state.sql?.runs ?? [])] };
}

export function outputText(workbench: Workbench, path: string): Output<'output.read'> {
  const content = bundleOf(workbench).get(path);
  if (content === undefined) throw new PortolanError('INPUT_INVALID', `The bundle has no file ${path}`);
  const text = new TextDecoder().decode(content.subarray(0, MAX_SHOWN));
  return {
    text:
      content.length > MAX_SHOWN
        ? `${text}\n… ${content.length - MAX_SHOWN} more bytes are in the exported file`
        : text,
  };
}
