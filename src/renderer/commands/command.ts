import type { ViewId } from './navigation.ts';

/** One action of the window: palette, button, tooltip and shortcut all come from this object. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** Chords in the notation of `chordOf`, e.g. `a`, `Shift+a`, `Mod+k`, `ArrowDown`. The first is the one shown. */
  readonly keys?: readonly string[];
  /** The view it belongs to; without one it works everywhere. */
  readonly view?: ViewId;
  /** True where it can run now, otherwise why not. */
  readonly when?: () => true | string;
  readonly run: () => void | Promise<void>;
  /** Left out of the palette: movement that makes sense by key only. */
  readonly keyOnly?: boolean;
}
