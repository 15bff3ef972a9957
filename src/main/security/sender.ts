import { APP_HOST, APP_SCHEME } from './app-url.ts';

/** The part of Electron's invoke event that the check needs. */
export interface Sender {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
  readonly sender: { readonly id: number };
}

/** True for the top frame of one of our windows that shows our own page. */
export function isTrusted(event: Sender, ours: ReadonlySet<number>): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null || !ours.has(event.sender.id)) return false;
  try {
    // Not `.origin`: it is 'null' for schemes that Node does not know.
    const { protocol, host } = new URL(frame.url);
    return protocol === `${APP_SCHEME}:` && host === APP_HOST;
  } catch {
    return false;
  }
}
