/** What the Actions of an app or macro change: settings of tools, as the workflow lists them. */
import type { EtlMapping } from '../../../../shared/model/etl.ts';

/** Settings that say where a database is and who asks it. The pipeline holds none of them. */
const connectionSetting = /^(?:UserName|Password|Server|Host|Port|Database|Connection|DSN|AuthDatabase)$/i;

/** The tools that an Action is wired to, and whether all that the Actions change is the connection. */
export function actedOn(mapping: EtlMapping): ReadonlyMap<string, 'settings' | 'connection'> {
  const destinations = new Map<string, string[]>();
  for (const { name, value } of mapping.properties) {
    const [, tool, setting] = /^(\d+)\/(.+)$/s.exec(value ?? '') ?? [];
    if (tool === undefined || setting === undefined || !/^RuntimeProperties\/Actions\/.*\/Destination$/.test(name))
      continue;
    destinations.set(tool, [...(destinations.get(tool) ?? []), setting]);
  }
  const wires = new Map<string, number>();
  for (const { to, toPort } of mapping.connectors) if (toPort === 'Action') wires.set(to, (wires.get(to) ?? 0) + 1);
  return new Map(
    [...wires].map(([tool, count]) => {
      const changed = destinations.get(tool) ?? [];
      const known = changed.length >= count && changed.every((one) => connectionSetting.test(one));
      return [tool, known ? 'connection' : 'settings'] as const;
    }),
  );
}
