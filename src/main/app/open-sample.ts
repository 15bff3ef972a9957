import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectView } from '../../shared/ipc/contract.ts';
import type { Workbench } from '../workbench/workbench.ts';

export const SAMPLE_TITLE = 'Northlake Water & Power';
export const SAMPLE_DOMAIN = 'utility-billing';

/** Paths of the sample's files by their role, below `sample`. */
export async function sampleFiles(sample: string): Promise<{
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly etl: readonly string[];
}> {
  const extracts = join(sample, 'legacy', 'extracts');
  return {
    source: [
      join(sample, 'legacy', 'schema.sql'),
      ...(await readdir(extracts)).sort().map((name) => join(extracts, name)),
    ],
    target: [join(sample, 'target', 'schema.sql')],
    etl: [join(sample, 'etl', 'wf_load_customer.xml')],
  };
}

/** Opens the sample in the user's documents. Its files are copied there, so that trying things out cannot spoil it. */
export async function openSample(workbench: Workbench, sample: string, documents: string): Promise<ProjectView> {
  const folder = join(documents, 'Portolan sample');
  await mkdir(folder, { recursive: true });
  for (const part of ['legacy', 'target', 'etl']) await cp(join(sample, part), join(folder, part), { recursive: true });
  const view = await workbench.open(join(folder, 'northlake.portolan'), 'create');
  if (view.inputs.length > 0) return view;
  workbench.session.changeSettings({ title: SAMPLE_TITLE, domain: SAMPLE_DOMAIN });
  const files = await sampleFiles(folder);
  await workbench.addInputs(files.source, 'source');
  await workbench.addInputs(files.target, 'target');
  return workbench.addInputs(files.etl, 'etl');
}
