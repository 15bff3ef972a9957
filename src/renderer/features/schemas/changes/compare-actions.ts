/** What can be done with two versions of a schema. */
import { create } from 'zustand';
import type { Output, SchemaVersion } from '../../../../shared/ipc/contract.ts';
import { call, grant } from '../../../data/client.ts';
import { notify } from '../../../data/notices.ts';
import { text } from '../../../ui/text.ts';
import { patchCompare, useSchemas } from '../store.ts';

const words = text.changes;

export const useVersions = create<{ readonly versions: readonly SchemaVersion[] | null }>(() => ({ versions: null }));

/** The two versions that are compared; null until both are chosen. */
export function pairOf({ before, after }: { readonly before: string | null; readonly after: string | null }) {
  return before === null || after === null ? null : { before, after };
}

/** What the list shows: the two versions and the filter that is on. */
function shownInHand() {
  const { compare } = useSchemas.getState();
  const pair = pairOf(compare);
  return pair === null ? null : { ...pair, text: compare.text.trim(), kind: compare.kind, breaking: compare.breaking };
}

export async function loadVersions(): Promise<void> {
  take(await call('compare.versions', {}));
}

/** Asks for a file by dialog; it becomes the later version. */
export async function compareWithFile(): Promise<void> {
  take(await call('compare.choose', {}));
}

export async function compareDropped(files: readonly File[]): Promise<void> {
  const replies = await grant(files);
  for (const { message } of replies) if (message !== null) notify('bad', message);
  const grants = replies.flatMap((reply) => (reply.grant === null ? [] : [reply.grant]));
  if (grants.length > 0) take(await call('compare.add', { grants }));
}

/** One new file is the later version, two are both. What is gone is not chosen any more. */
function take({ versions, added }: Output<'compare.versions'>): void {
  useVersions.setState({ versions });
  const known = (id: string | null): string | null => (versions.some((one) => one.id === id) ? id : null);
  const { before, after } = useSchemas.getState().compare;
  const [first, second] = added;
  if (first === undefined) {
    const start = known(before) ?? versions.find((one) => one.id !== after)?.id ?? null;
    if (start !== before || known(after) !== after) patchCompare({ before: start, after: known(after) });
    return;
  }
  if (second !== undefined) patchCompare({ before: first, after: second });
  else patchCompare({ before: known(before) ?? versions.find((one) => one.id !== first)?.id ?? null, after: first });
}

export function swapVersions(): void {
  const { before, after } = useSchemas.getState().compare;
  patchCompare({ before: after, after: before });
}

export async function copyChanges(): Promise<void> {
  const shown = shownInHand();
  if (shown === null) return;
  const { lines, all } = await call('compare.copy', shown);
  notify('ok', words.copied(lines, all));
}

export async function saveChanges(): Promise<void> {
  const shown = shownInHand();
  const saved = shown === null ? null : await call('compare.save', shown);
  if (saved !== null) notify('ok', words.saved(saved.file, saved.lines, saved.all));
}
