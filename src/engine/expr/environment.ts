/** What an expression is translated against: its ports, parameters and the settings of the run. */

import type { EtlSettings } from '../../shared/model/etl.ts';
import type { SourceSettingId } from './source-settings.ts';

export const scalarTypes = [
  'string',
  'integer',
  'bigint',
  'decimal',
  'double',
  'date',
  'binary',
  'boolean',
  'unknown',
] as const;
export type ScalarType = (typeof scalarTypes)[number];

export interface PortInfo {
  readonly type: ScalarType;
  readonly precision: number | null;
  readonly scale: number | null;
  /** The source tool's own type, where `type` does not tell enough. */
  readonly native?: string;
  /** SQL that stands for the port: a quoted column, or any expression (it is put in parentheses where needed). */
  readonly sqlName: string;
}

export interface ParameterInfo {
  readonly type: ScalarType;
  /** SQL that stands for the parameter; a DuckDB variable of the same name where absent. */
  readonly sql?: string;
}

export interface ExpressionSettings {
  /** "Treat Null In Comparison Operators As" of the Integration Service. */
  readonly nullComparison: 'NULL' | 'HIGH' | 'LOW';
  /** Date format of the session, used where an expression gives none. */
  readonly dateFormat: string;
  /** `call` uses the pc_* macros, `inline` writes their bodies out so that the SQL stands alone. */
  readonly macros: 'call' | 'inline';
  /** What a person said of the source system; absent where an expression is translated by itself. */
  readonly said?: EtlSettings;
  /** Settings that the export itself has: nothing is assumed about them. */
  readonly inFile?: ReadonlySet<SourceSettingId>;
}

export interface LookupCall {
  readonly name: string;
  readonly args: readonly string[];
}

export interface ExpressionEnv {
  /** By lower-cased name. */
  readonly ports: ReadonlyMap<string, PortInfo>;
  /** True where the ports are not known: every name is then taken as a column of unknown type. */
  readonly openPorts?: boolean;
  /** By lower-cased name, with the leading dollar signs. */
  readonly parameters: ReadonlyMap<string, ParameterInfo>;
  readonly mode: 'row' | 'aggregate';
  /** Lower-cased names of the group-by ports; given, ports outside aggregate functions take the group's last row. */
  readonly groupBy?: ReadonlySet<string>;
  /** SQL of ports whose value is that of the previous row, by lower-cased name. */
  readonly previousRow?: ReadonlyMap<string, string>;
  /** Column with the order of rows; `__seq` where absent. */
  readonly rowOrder?: string;
  /** SQL and type of an unconnected lookup; null where the lookup is not known. */
  readonly resolveLookup?: (call: LookupCall) => { readonly sql: string; readonly type: ScalarType } | null;
  readonly settings: ExpressionSettings;
}

export const defaultSettings: ExpressionSettings = {
  nullComparison: 'NULL',
  dateFormat: 'MM/DD/YYYY HH24:MI:SS.US',
  macros: 'call',
};

/** An environment without known ports: what the command line has. */
export const openEnvironment: ExpressionEnv = {
  ports: new Map(),
  openPorts: true,
  parameters: new Map(),
  mode: 'aggregate',
  settings: { ...defaultSettings, macros: 'inline' },
};

export function isNumeric(type: ScalarType): boolean {
  return type === 'integer' || type === 'bigint' || type === 'decimal' || type === 'double';
}
