/** The file system as the engine needs it. Every method throws PortolanError INPUT_UNREADABLE naming the file and a remedy. */

export interface FileFacts {
  readonly bytes: number;
  readonly kind: 'file' | 'folder';
}

export interface Files {
  facts(path: string): Promise<FileFacts>;
  /** Hex. Reads the file as a stream. */
  sha256(path: string): Promise<string>;
  /** The first bytes, at most `length`. */
  head(path: string, length: number): Promise<Uint8Array>;
  read(path: string): Promise<Uint8Array>;
  /** All files below a folder, sorted by path; hidden ones and links that leave the folder are left out. */
  walk(folder: string): Promise<readonly string[]>;
  /** The name without folders. */
  baseName(path: string): string;
  absolute(path: string): string;
  /** Throws what `replaceFolder` would, as far as it can be told before. */
  checkReplaceable(folder: string, marker: string): Promise<void>;
  /**
   * Makes `folder` hold exactly `files` (relative path with `/` → content), as a whole or not at all. A folder that is
   * not empty is replaced only when it holds `marker`; otherwise throws INPUT_INVALID.
   */
  replaceFolder(folder: string, files: ReadonlyMap<string, Uint8Array>, marker: string): Promise<void>;
}
