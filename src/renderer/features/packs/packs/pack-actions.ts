/** What can be done with domain packs. */
import type { PackList } from '../../../../shared/ipc/contract.ts';
import { call, grant } from '../../../data/client.ts';
import { notify, reportFailure } from '../../../data/notices.ts';
import { setProject } from '../../../data/project-store.ts';
import { text } from '../../../ui/text.ts';
import { packInHand, textInHand, usePacks } from '../store.ts';

const words = text.packs;
const checkAfterMs = 300;
let timer: ReturnType<typeof setTimeout> | undefined;

export async function loadPacks(): Promise<void> {
  take(await call('packs.list', {}));
}

/** The list as it is now; what was made is in hand, what is gone is not any more. */
function take({ folder, packs, chosen }: PackList): void {
  const { key } = usePacks.getState();
  const next = chosen ?? (packs.some((pack) => pack.key === key) ? key : (packs[0]?.key ?? null));
  usePacks.setState({ folder, packs });
  if (next !== null) choosePack(next);
}

export function choosePack(key: string): void {
  const { key: before, saved } = usePacks.getState();
  if (key !== before) usePacks.setState({ key, jump: null });
  if (saved?.key !== key) void loadText(key).catch(reportFailure);
}

async function loadText(key: string): Promise<void> {
  const { yaml } = await call('packs.text', { key });
  if (usePacks.getState().key !== key) return;
  usePacks.setState({ saved: { key, yaml } });
  await checkNow();
}

/** Takes a changed text over as a draft; it survives leaving the view, not the window. */
export function setDraft(key: string, yaml: string): void {
  const { drafts, saved } = usePacks.getState();
  const next = new Map(drafts);
  if (saved?.key === key && yaml === saved.yaml) next.delete(key);
  else next.set(key, yaml);
  usePacks.setState({ drafts: next });
  clearTimeout(timer);
  timer = setTimeout(() => void checkNow().catch(reportFailure), checkAfterMs);
}

/** Has the text in hand checked by what reads packs. */
async function checkNow(): Promise<void> {
  const state = usePacks.getState();
  const [yaml, { key }] = [textInHand(state), state];
  if (yaml === null || key === null) return;
  const { mistakes } = await call('packs.check', { key, yaml });
  if (textInHand(usePacks.getState()) === yaml) usePacks.setState({ check: { key, yaml, mistakes } });
}

export function discardDraft(): void {
  const { key, drafts } = usePacks.getState();
  if (key === null) return;
  const next = new Map(drafts);
  next.delete(key);
  usePacks.setState({ drafts: next });
  void checkNow().catch(reportFailure);
}

export async function savePack(): Promise<void> {
  const state = usePacks.getState();
  const [yaml, pack] = [textInHand(state), packInHand()];
  if (yaml === null || pack === null) return;
  const list = await call('packs.save', { key: pack.key, yaml });
  const drafts = new Map(usePacks.getState().drafts);
  if (drafts.get(pack.key) === yaml) drafts.delete(pack.key);
  usePacks.setState({ drafts, saved: { key: pack.key, yaml } });
  take(list);
  notify('ok', words.saved(pack.file ?? ''));
}

/** The copy is in hand, ready to be edited. */
export async function copyPack(): Promise<void> {
  const { key } = usePacks.getState();
  if (key !== null) made(await call('packs.copy', { key }));
}

export async function createPack(): Promise<void> {
  made(await call('packs.create', {}));
}

function made(list: PackList): void {
  usePacks.setState({ mode: 'yaml' });
  take(list);
  notify('ok', words.copied(packInHand()?.file ?? ''));
}

export async function addPacks(): Promise<void> {
  take(await call('packs.choose', {}));
}

export async function addDroppedPacks(files: readonly File[]): Promise<void> {
  const replies = await grant(files);
  for (const { message } of replies) if (message !== null) notify('bad', message);
  const grants = replies.flatMap((reply) => (reply.grant === null ? [] : [reply.grant]));
  if (grants.length > 0) take(await call('packs.add', { grants }));
}

export async function removePack(): Promise<void> {
  const pack = packInHand();
  usePacks.setState({ deleting: false });
  if (pack === null) return;
  const list = await call('packs.remove', { key: pack.key });
  const drafts = new Map(usePacks.getState().drafts);
  drafts.delete(pack.key);
  usePacks.setState({ drafts, saved: null });
  take(list);
  notify('ok', words.deleted(pack.file ?? ''));
}

export async function exportPack(as: 'pack' | 'ddl'): Promise<void> {
  const { key } = usePacks.getState();
  const written = key === null ? null : await call('packs.export', { key, as });
  if (written !== null) notify('ok', words.exported(written.file));
}

/** Has the project match with the pack in hand, or with none where it did. The next run takes it in. */
export async function usePackInProject(): Promise<void> {
  const pack = packInHand();
  if (pack === null) return;
  setProject(await call('project.settings', { settings: { domain: pack.used ? null : pack.id } }));
  await loadPacks();
}

/** Brings the line of a mistake into sight. */
export function jumpTo(line: number): void {
  usePacks.setState(({ jump }) => ({ mode: 'yaml', jump: { line, count: (jump?.count ?? 0) + 1 } }));
}
