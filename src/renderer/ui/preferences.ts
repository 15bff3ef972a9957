/** Small choices of this window (pane widths, theme): kept by the page, lost without harm. */

const prefix = 'portolan.';

export function readPreference(name: string): string | null {
  return window.localStorage.getItem(prefix + name);
}

export function writePreference(name: string, value: string): void {
  window.localStorage.setItem(prefix + name, value);
}
