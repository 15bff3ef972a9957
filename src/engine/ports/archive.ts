/** Files that came packed into one. */

export interface ArchiveEntry {
  /** Path within the archive; entries of an archive within it come after that one's path. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The files of an archive in the order of their names. Throws PortolanError where it is damaged or beyond a limit. */
export type OpenArchive = (bytes: Uint8Array, file: string) => Promise<readonly ArchiveEntry[]>;
