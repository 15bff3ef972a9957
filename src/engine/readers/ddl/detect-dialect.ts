import type { Dialect } from '../../../shared/model/schema.ts';

/** What speaks for a dialect. Counts are capped, so that one habit never decides alone. */
interface Sign {
  readonly pattern: RegExp;
  readonly votes: Readonly<Partial<Record<Dialect, number>>>;
}

const signs: readonly Sign[] = [
  { pattern: /\bN?VARCHAR2\s*\(/gi, votes: { oracle: 6 } },
  { pattern: /\bNUMBER\s*(?:\(\s*[\d*]|\s(?:NOT|NULL|DEFAULT)\b|,\s*\n)/gi, votes: { oracle: 3, snowflake: 2 } },
  { pattern: /^[ \t]*\/[ \t]*\r?$/gm, votes: { oracle: 4 } },
  {
    pattern: /^(?:REM|PROMPT|SPOOL|WHENEVER SQLERROR|SET DEFINE|SET SERVEROUTPUT|SET ECHO|DEFINE)\b/gim,
    votes: { oracle: 4 },
  },
  {
    pattern:
      /\b(?:TABLESPACE\s+\w+\s+(?:PCTFREE|STORAGE)|PCTFREE|SEGMENT CREATION|NOVALIDATE|SYSDATE|USING INDEX|NOT NULL ENABLE|NOCACHE|SUPPLEMENTAL LOG)\b/gi,
    votes: { oracle: 4 },
  },
  { pattern: /\bEXECUTE IMMEDIATE\b|:NEW\.|\bNUMBER\(\*/gi, votes: { oracle: 4 } },
  { pattern: /^[ \t]*GO[ \t]*\r?$/gim, votes: { sqlserver: 5, sybase: 3 } },
  { pattern: /\[(?:dbo|int|n?varchar|datetime|bit|sys)\]/gi, votes: { sqlserver: 8 } },
  { pattern: /(?:\(|,|\.)\s*\[\w+\]\s+\[?\w/g, votes: { sqlserver: 3, sqlite: 1 } },
  { pattern: /\bIDENTITY\s*\(\s*\d+\s*,\s*\d+\s*\)/gi, votes: { sqlserver: 5, snowflake: 1, redshift: 2 } },
  {
    pattern:
      /\b(?:NONCLUSTERED|DATETIME2|UNIQUEIDENTIFIER|ROWGUIDCOL|NVARCHAR\s*\(\s*MAX|TEXTIMAGE_ON|WITH (?:NO)?CHECK ADD|OBJECT_ID\s*\(|SP_ADDEXTENDEDPROPERTY|GETDATE\s*\(\))/gi,
    votes: { sqlserver: 5 },
  },
  { pattern: /\bDATETIME2\b|\bVARCHAR\s*\(\s*MAX\s*\)/gi, votes: { sqlserver: 4 } },
  { pattern: /\bNVARCHAR\s*\(/gi, votes: { sqlserver: 2, sybase: 2 } },
  {
    pattern:
      /\b(?:LOCK\s+(?:DATAROWS|DATAPAGES|ALLPAGES)|UNIVARCHAR|UNICHAR|UNITEXT|SP_ADDTYPE|SP_BINDEFAULT|SETUSER|TEXT IN ROW|NUMERIC\s*\([^)]{0,20}\)\s+IDENTITY)\b/gi,
    votes: { sybase: 10 },
  },
  { pattern: /`\w+`/g, votes: { mysql: 4, spark: 2 } },
  {
    pattern:
      /\b(?:ENGINE\s*=|AUTO_INCREMENT|UNSIGNED\b|DEFAULT CHARSET|TINYINT\s*\(\d|MEDIUMTEXT|LONGTEXT|MEDIUMBLOB|LONGBLOB|DELIMITER\s|ON UPDATE CURRENT_TIMESTAMP|CHARACTER SET utf8)/gi,
    votes: { mysql: 6 },
  },
  { pattern: /\/\*!\d{5}/g, votes: { mysql: 6 } },
  {
    pattern:
      /\b(?:BIGSERIAL\b|SERIAL\b|CHARACTER VARYING|BYTEA\b|JSONB\b|TIMESTAMPTZ|WITHOUT TIME ZONE|LANGUAGE plpgsql|OWNER TO|search_path|ALTER TABLE ONLY|nextval\s*\()/gi,
    votes: { postgres: 5, redshift: 1 },
  },
  { pattern: /::\w+/g, votes: { postgres: 3, redshift: 1, duckdb: 1, snowflake: 1 } },
  { pattern: /\$\w*\$/g, votes: { postgres: 2, snowflake: 1 } },
  { pattern: /^\\\w+/gm, votes: { postgres: 4 } },
  {
    pattern: /\b(?:DISTKEY|SORTKEY|DISTSTYLE|ENCODE\s+(?:ZSTD|LZO|RAW|AZ64|BYTEDICT|DELTA))\b/gi,
    votes: { redshift: 20 },
  },
  {
    pattern: /\bCREATE\s+(?:GLOBAL TEMPORARY\s+)?(?:MULTISET|SET)\s+(?:\w+\s+)?TABLE\b|^REPLACE\s+VIEW\b/gim,
    votes: { teradata: 15 },
  },
  {
    pattern:
      /\b(?:NO FALLBACK|NO BEFORE JOURNAL|PRIMARY INDEX|NOT CASESPECIFIC|CHARACTER SET (?:LATIN|UNICODE)|BYTEINT|COLLECT STAT|DATABLOCKSIZE|VOLATILE TABLE)\b/gi,
    votes: { teradata: 6 },
  },
  { pattern: /^\.(?:LOGON|SET|IF|EXPORT|QUIT|RUN)\b/gim, votes: { teradata: 6 } },
  {
    pattern:
      /\b(?:FOR BIT DATA|CONNECT TO|TERMINATE;|IN \w*TS\w*\b|VARGRAPHIC|DBCLOB|DECFLOAT|ORGANIZE BY ROW|GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY\s*\(\s*START|CCSID|LABEL ON|STOGROUP|BUFFERPOOL|CURRENT TIMESTAMP|NOT LOGGED|VALUE COMPRESSION|SYSIBM|WITH DEFAULT)/gi,
    votes: { db2: 5 },
  },
  { pattern: /--#SET TERMINATOR|@[ \t]*\r?$/gim, votes: { db2: 5 } },
  {
    pattern:
      /\b(?:TRANSIENT TABLE|VARIANT\b|TIMESTAMP_(?:NTZ|LTZ|TZ)|CLUSTER BY|DATA_RETENTION_TIME_IN_DAYS|FILE FORMAT|MASKING POLICY|CREATE (?:OR REPLACE )?(?:STAGE|WAREHOUSE|PIPE|STREAM)|AUTOINCREMENT START)\b/gi,
    votes: { snowflake: 6 },
  },
  { pattern: /\bCREATE OR REPLACE (?:TRANSIENT )?TABLE\b/gi, votes: { snowflake: 3, spark: 2, duckdb: 2 } },
  {
    pattern:
      /\b(?:USING (?:DELTA|PARQUET|ICEBERG|CSV|ORC)|TBLPROPERTIES|STORED AS|PARTITIONED BY|ROW FORMAT|LOCATION '|ARRAY<|STRUCT<|MAP<)/gi,
    votes: { spark: 8 },
  },
  { pattern: /\w\s{1,20}STRING\b/g, votes: { spark: 3, snowflake: 1 } },
  { pattern: /\b(?:AUTOINCREMENT|WITHOUT ROWID|PRAGMA\s|INTEGER PRIMARY KEY|sqlite_)/gi, votes: { sqlite: 5 } },
  { pattern: /\b(?:HUGEINT|UBIGINT|UINTEGER|USMALLINT|read_csv|STRUCT\()/gi, votes: { duckdb: 10 } },
  // Firebird and InterBase, whose words would else speak for MySQL.
  { pattern: /\b(?:SET TERM|SET SQL DIALECT|SUB_TYPE|COMPUTED BY|RECREATE TABLE)\b/gi, votes: { ansi: 8 } },
];
const capPerSign = 8;
const sampleChars = 200_000;
const enough = 4;

/** The dialect that most signs in the text speak for; null where nothing speaks clearly for one. */
export function detectDialect(text: string): Dialect | null {
  const sample = withoutProse(
    text.length <= 2 * sampleChars ? text : text.slice(0, sampleChars) + text.slice(-sampleChars),
  );
  const scores = new Map<Dialect, number>();
  for (const { pattern, votes } of signs) {
    pattern.lastIndex = 0;
    let hits = 0;
    while (hits < capPerSign && pattern.test(sample)) hits += 1;
    for (const [dialect, vote] of Object.entries(votes))
      scores.set(dialect as Dialect, (scores.get(dialect as Dialect) ?? 0) + hits * vote);
  }
  const ranked = [...scores].toSorted((a, b) => b[1] - a[1]);
  const [best, second] = ranked;
  if (best === undefined || best[1] < enough || best[1] === second?.[1]) return null;
  return best[0];
}

/** Comments and literals hold words of people, which speak for no dialect. */
function withoutProse(text: string): string {
  return text.replace(/--(?!#)[^\n]*/g, '').replace(/'[^'\n]{0,2000}'/g, "''");
}
