/** What comes out of translating one expression to SQL. */

export interface LookupReference {
  readonly name: string;
  /** SQL of each argument. */
  readonly args: readonly string[];
}

/** A mapping variable that the expression sets, and the SQL of the value it is set from. */
export interface VariableUpdate {
  readonly name: string;
  readonly aggregation: 'set' | 'max' | 'min' | 'count';
  readonly sql: string;
}

export interface Translation {
  readonly sql: string;
  /** 0 to 1; below 0.60 a person has to look. */
  readonly confidence: number;
  readonly warnings: readonly string[];
  /** What was taken for granted and should be confirmed on the source system. */
  readonly assumptions: readonly string[];
  /** Functions and objects that have no translation. */
  readonly unsupported: readonly string[];
  /** Ports used, as written. */
  readonly references: readonly string[];
  readonly parameters: readonly string[];
  readonly lookups: readonly LookupReference[];
  readonly variables: readonly VariableUpdate[];
  /** Conditions under which the source tool rejects the row. */
  readonly rowErrors: readonly string[];
  readonly aggregate: boolean;
  /** True where the result depends on the order of rows. */
  readonly orderSensitive: boolean;
  /** Names of the macros that the SQL calls. */
  readonly macros: readonly string[];
}

/** Confidence of a translation in which nothing is in doubt. */
export const certain = 0.98;
