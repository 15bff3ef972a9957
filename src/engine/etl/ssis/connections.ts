/** Connection managers of the package; those of the project are only known by name. */
import type { EtlFile } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { childrenOf, dtsProperties, dtsProperty, nestedProperties, wrapped } from './dts-elements.ts';

export interface ConnectionManager {
  readonly name: string;
  /** `OLEDB`, `FLATFILE`, `ADO.NET:…` as the package names it; empty where the project declares it. */
  readonly kind: string;
}

export interface Connections {
  readonly byId: ReadonlyMap<string, ConnectionManager>;
  readonly configurations: EtlFile['configurations'];
}

/** Connection managers, by name, reference id and GUID. */
export function connectionsOf(root: XmlElement): Connections {
  const byId = new Map<string, ConnectionManager>();
  const managers = wrapped(root, 'ConnectionManagers', 'ConnectionManager');
  const configurations = managers.map((element) => {
    const name = dtsProperty(element, 'ObjectName') ?? '';
    const manager = { name, kind: dtsProperty(element, 'CreationName') ?? '' };
    for (const id of [dtsProperty(element, 'DTSID'), dtsProperty(element, 'refId'), name])
      if (id !== null && id !== '') byId.set(id, manager);
    const [data] = childrenOf(element, 'ObjectData');
    return {
      name,
      properties: [...dtsProperties(element), ...(data === undefined ? [] : nestedProperties(data, new Set()))],
    };
  });
  return { byId, configurations };
}

/** The connection manager that a component refers to, by whatever id it gives. */
export function connectionOf(connections: Connections, ids: readonly (string | null)[]): ConnectionManager | null {
  for (const id of ids) {
    const found = id === null ? undefined : connections.byId.get(id);
    if (found !== undefined) return found;
  }
  for (const id of ids) {
    const named = /ConnectionManagers\[([^\]]+)\]/.exec(id ?? '');
    if (named !== null) return { name: named[1] ?? '', kind: '' };
  }
  return null;
}
