/** An Electron that is on this machine. `fallback`: not the version that the project declares. */
export interface ElectronRuntime {
  readonly dist: string;
  readonly executable: string;
  readonly version: string;
  readonly fallback: boolean;
  readonly source: string;
}
export function electronRuntime(): Promise<ElectronRuntime>;
export function readyRuntime(): ElectronRuntime | undefined;
export function describeRuntime(runtime: ElectronRuntime): string;
