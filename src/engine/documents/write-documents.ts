import { type MigrationDocument, documentIds } from '../../shared/model/artifacts.ts';
import type { RunState } from '../../shared/model/project.ts';
import { viewState } from './facts/state-view.ts';
import { documentText } from './markdown/blocks.ts';
import { md, text } from './markdown/inline.ts';
import { documentWriters } from './registry.ts';

/**
 * The ten documents of a run, in the order of `documentIds`. Pure and deterministic. What the state does not hold yet is said
 * plainly; `validation` is not read, because it judges these very documents.
 */
export function writeDocuments(state: RunState): readonly MigrationDocument[] {
  const view = viewState(state);
  return documentIds.map((id) => {
    const { title, write } = documentWriters[id];
    return { id, title, markdown: documentText(md`${text(title)}: ${text(state.settings.title)}`, write(view)) };
  });
}
