/** Variables of the system whose value stands in the package itself: it is the same in every run. */
import type { EtlParameter } from '../../../shared/model/etl.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { dtsProperty } from './dts-elements.ts';

/** Variable, the package's property that it shows, and its type. */
const variables: readonly (readonly [string, string, string])[] = [
  ['PackageName', 'ObjectName', 'String'],
  ['PackageID', 'DTSID', 'String'],
  ['CreationDate', 'CreationDate', 'DateTime'],
  ['CreatorName', 'CreatorName', 'String'],
  ['CreatorComputerName', 'CreatorComputerName', 'String'],
  ['LocaleID', 'LocaleID', 'Int32'],
  ['VersionBuild', 'VersionBuild', 'Int32'],
  ['VersionMajor', 'VersionMajor', 'Int32'],
  ['VersionMinor', 'VersionMinor', 'Int32'],
  ['VersionGUID', 'VersionGUID', 'String'],
];

/** What a package left out has this value. */
const unwritten: ReadonlyMap<string, string> = new Map([
  ['VersionBuild', '0'],
  ['VersionMajor', '1'],
  ['VersionMinor', '0'],
]);

/** The system variables of the package `root`, with the values that the file gives them. */
export function systemVariables(root: XmlElement): readonly EtlParameter[] {
  return variables.flatMap(([name, property, dataType]) => {
    const value = dtsProperty(root, property) ?? unwritten.get(name) ?? null;
    return value === null
      ? []
      : [{ name: `System::${name}`, dataType, defaultValue: value, isParameter: false as const }];
  });
}
