/** What a file defines, by folder and name, so that instances and shortcuts find their definition. */
import type { EtlDefinition } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { attribute, childrenNamed } from './attributes.ts';
import { definitionId } from './parse-definition.ts';

export interface RepositoryIndex {
  source(folder: string, database: string, name: string): EtlDefinition | null;
  target(folder: string, name: string): EtlDefinition | null;
  reusable(folder: string, name: string): XmlElement | null;
  /** The folder and name of the mapplet that is meant. */
  mapplet(folder: string, name: string): Place | null;
  /** Where a name of a folder is defined: in that folder, or where its shortcut points to. */
  place(folder: string, name: string): Place;
}

/** A name in a folder of the repository. */
export interface Place {
  readonly folder: string;
  readonly name: string;
}

function key(folder: string, name: string): string {
  return `${folder}\u0000${name}`;
}

/** Names that a folder borrows from another one. */
function shortcutsOf(folders: readonly XmlElement[]): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const folder of folders) {
    for (const element of childrenNamed(folder, 'SHORTCUT')) {
      found.set(key(attribute(folder, 'NAME'), attribute(element, 'NAME')), {
        folder: attribute(element, 'FOLDERNAME'),
        name: attribute(element, 'REFOBJECTNAME'),
      });
    }
  }
  return found;
}

function elementsByName(folders: readonly XmlElement[], tag: string): ReadonlyMap<string, XmlElement> {
  const found = new Map<string, XmlElement>();
  for (const folder of folders) {
    for (const element of childrenNamed(folder, tag))
      found.set(key(attribute(folder, 'NAME'), attribute(element, 'NAME')), element);
  }
  return found;
}

/** An index over `folders`. A shortcut is followed once, to its folder in the same file. */
export function indexRepository(
  folders: readonly XmlElement[],
  definitions: readonly EtlDefinition[],
): RepositoryIndex {
  const byId = new Map(definitions.map((definition) => [definition.id, definition]));
  const byName = new Map<string, EtlDefinition>();
  for (const definition of definitions) {
    const folder = definition.id.split('/', 1)[0] ?? '';
    byName.set(key(`${folder}/${definition.role}`, definition.table.name), definition);
  }
  const shortcuts = shortcutsOf(folders);
  const reusable = elementsByName(folders, 'TRANSFORMATION');
  const mapplets = elementsByName(folders, 'MAPPLET');
  const through = <T>(folder: string, name: string, find: (at: Place) => T | undefined): T | null => {
    const shortcut = shortcuts.get(key(folder, name));
    return find({ folder, name }) ?? (shortcut === undefined ? null : (find(shortcut) ?? null));
  };
  return {
    source: (folder, database, name) =>
      through(
        folder,
        name,
        (at) =>
          byId.get(definitionId(at.folder, 'source', database, at.name)) ??
          byName.get(key(`${at.folder}/source`, at.name)),
      ),
    target: (folder, name) => through(folder, name, (at) => byName.get(key(`${at.folder}/target`, at.name))),
    reusable: (folder, name) => through(folder, name, (at) => reusable.get(key(at.folder, at.name))),
    mapplet: (folder, name) => through(folder, name, (at) => (mapplets.has(key(at.folder, at.name)) ? at : undefined)),
    place: (folder, name) => shortcuts.get(key(folder, name)) ?? { folder, name },
  };
}
