/** Messages that outlive the view they came from: failures stay until dismissed, the rest fade. */
import { create } from 'zustand';
import { toErrorShape } from '../../shared/errors.ts';

export interface Notice {
  readonly id: number;
  /** `info` where nothing was done, and nothing is wrong. */
  readonly tone: 'ok' | 'info' | 'bad';
  readonly message: string;
  readonly hint: string | undefined;
}

interface NoticeState {
  readonly notices: readonly Notice[];
  /** What the live region says; the counter makes the same sentence twice two announcements. */
  readonly announcement: { readonly text: string; readonly count: number };
}

const shownAtMost = 4;
export const useNotices = create<NoticeState>(() => ({ notices: [], announcement: { text: '', count: 0 } }));
let lastId = 0;

/** Shows a message in the corner; one that is there already is not repeated. */
export function notify(tone: Notice['tone'], message: string, hint?: string): void {
  if (useNotices.getState().notices.some((one) => one.message === message && one.tone === tone)) return;
  lastId += 1;
  const notice: Notice = { id: lastId, tone, message, hint };
  useNotices.setState(({ notices }) => ({ notices: [...notices, notice].slice(-shownAtMost) }));
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** Shows what went wrong and what to do about it. A cancelled operation is no failure. */
export function reportFailure(error: unknown): void {
  const shape = toErrorShape(error);
  if (shape.code === 'CANCELLED') return;
  const at =
    shape.where === undefined
      ? ''
      : ` (${shape.where.file}${shape.where.line === undefined ? '' : `:${shape.where.line}`})`;
  notify('bad', `${shape.message}${at}`, shape.hint);
}

/** Says something to readers of the screen without showing it. */
export function announce(text: string): void {
  useNotices.setState(({ announcement }) => ({ announcement: { text, count: announcement.count + 1 } }));
}
