import { type Session, type WebContents, app, session } from 'electron';
import { APP_ORIGIN } from './app-url.ts';

const localProtocols = ['app:', 'devtools:', 'blob:', 'data:'];

/** True for a request that stays on this machine. */
export function isLocalRequest(url: string): boolean {
  try {
    return localProtocols.includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

/** Nothing leaves the machine, no permission but writing the clipboard, no spell-check dictionaries from the network. */
export function lockDownSession(target: Session = session.defaultSession): void {
  target.setPermissionRequestHandler((_contents, permission, callback) =>
    callback(permission === 'clipboard-sanitized-write'),
  );
  target.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write');
  target.setDevicePermissionHandler(() => false);
  target.setDisplayMediaRequestHandler(null);
  target.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isLocalRequest(details.url) }));
  target.setSpellCheckerEnabled(false);
}

/** No navigation, no new windows, no webviews, whatever a page asks for. A stray file drop must not navigate either. */
export function lockDownContents(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }, url?: string): void => {
    if (url === undefined || !url.startsWith(`${APP_ORIGIN}/`)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
  contents.on('will-frame-navigate', (event) => stay(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

export function lockDownAllContents(): void {
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
}
