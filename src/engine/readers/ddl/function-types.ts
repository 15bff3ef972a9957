/** What the functions of the supported databases give, by upper-case name. */
import type { Dialect } from '../../../shared/model/schema.ts';
import { typeOfKind, type ValueKind } from './result-types.ts';

/** A kind of its own, or the type of an argument: the first that is known of those at these places. */
export type FunctionRule =
  | { readonly gives: ValueKind }
  | { readonly keeps: readonly number[] }
  | { readonly gives: 'sum' | 'average' };

const keeps = (...places: readonly number[]): FunctionRule => ({ keeps: places });
const gives = (kind: ValueKind): FunctionRule => ({ gives: kind });
const several = [0, 1, 2, 3, 4, 5] as const;

const table: readonly (readonly [FunctionRule, string])[] = [
  [
    keeps(0),
    'MIN MAX LAG LEAD FIRST_VALUE LAST_VALUE NTH_VALUE ANY_VALUE NULLIF UPPER LOWER UCASE LCASE INITCAP TRIM LTRIM RTRIM BTRIM ZEROIFNULL NULLIFZERO ABS MOD ROUND TRUNC TRUNCATE FLOOR CEIL CEILING ' +
      'MODE ADD_MONTHS DATE_ADD DATE_SUB ADDDATE SUBDATE MEDIAN REVERSE FIRST LAST ARG_MAX ARG_MIN MAX_BY MIN_BY',
  ],
  [keeps(...several), 'COALESCE NVL IFNULL ISNULL GREATEST LEAST VALUE CHOOSE'],
  [keeps(1, 2), 'NVL2 IIF IF IFF DATE_TRUNC'],
  [keeps(2, 4, 6, 8), 'DECODE'],
  [keeps(2), 'DATEADD TIMESTAMPADD DATETRUNC'],
  [{ gives: 'sum' }, 'SUM'],
  [{ gives: 'average' }, 'AVG'],
  [
    gives('integer'),
    'LENGTH LEN CHAR_LENGTH CHARACTER_LENGTH OCTET_LENGTH BIT_LENGTH DATALENGTH INSTR POSITION CHARINDEX PATINDEX LOCATE STRPOS DATEDIFF DATE_DIFF TIMESTAMPDIFF YEAR MONTH DAY DAYOFMONTH HOUR MINUTE ' +
      'SECOND DAYOFWEEK DAYOFYEAR DAYOFWEEK_ISO WEEK WEEKOFYEAR WEEK_ISO QUARTER WEEKDAY DATEPART ASCII UNICODE NTILE COUNT COUNTIF COUNT_IF GROUPING GROUPING_ID REGEXP_COUNT REGEXP_INSTR ' +
      'CARDINALITY ARRAY_LENGTH ARRAY_SIZE SIZE JSON_LENGTH DAYS TO_DAYS SIGN ISNUMERIC EXTRACT CHARACTERS CHARS CHECKSUM',
  ],
  [
    gives('bigint'),
    'COUNT_BIG ROW_NUMBER RANK DENSE_RANK UNIX_TIMESTAMP APPROX_COUNT_DISTINCT HASH NEXTVAL CURRVAL LAST_INSERT_ID SCOPE_IDENTITY',
  ],
  [
    gives('text'),
    'CONCAT CONCAT_WS SUBSTR SUBSTRING LEFT RIGHT REPLACE TRANSLATE LPAD RPAD TO_CHAR TO_NCHAR DATE_FORMAT FORMAT FORMAT_DATE FORMAT_TIMESTAMP STRFTIME GROUP_CONCAT STRING_AGG LISTAGG WM_CONCAT ' +
      'REPEAT REPLICATE SPACE CHR MD5 SHA1 SHA2 SHA256 MONTHNAME DAYNAME DATENAME SPLIT_PART REGEXP_REPLACE REGEXP_SUBSTR REGEXP_EXTRACT SOUNDEX QUOTENAME STUFF STR OREPLACE OTRANSLATE HEX ' +
      'TO_HEX RAWTOHEX JSON_VALUE JSON_UNQUOTE JSON_EXTRACT_SCALAR JSON_EXTRACT_PATH_TEXT GET_JSON_OBJECT VARCHAR_FORMAT DIGITS SUBSTRING_INDEX ELT TYPEOF DB_NAME SUSER_SNAME SUSER_NAME USER_NAME ' +
      'HOST_NAME OBJECT_NAME SYS_CONTEXT SYS_CONNECT_BY_PATH USERENV DBMS_LOB.SUBSTR STRTOK QUOTE_LITERAL QUOTE_IDENT OVERLAY STRIP RAWTONHEX TO_CLOB CURRENT_SETTING VERSION DATABASE',
  ],
  [
    gives('date'),
    'TO_DATE CURDATE CURRENT_DATE LAST_DAY MAKEDATE NEXT_DAY DATE_FROM_PARTS DATEFROMPARTS EOMONTH TODAY MAKE_DATE PARSE_DATE',
  ],
  [
    gives('timestamp'),
    'GETDATE SYSDATETIME LOCALTIMESTAMP STR_TO_DATE GETUTCDATE SYSUTCDATETIME UTC_TIMESTAMP TO_TIMESTAMP TO_TIMESTAMP_NTZ TIMESTAMP_FORMAT DATETIMEFROMPARTS CURRENT_DATETIME ' +
      'TIMESTAMP_FROM_PARTS PARSE_TIMESTAMP MAKE_TIMESTAMP',
  ],
  [
    gives('zoned'),
    'NOW CURRENT_TIMESTAMP SYSTIMESTAMP TO_TIMESTAMP_TZ TO_TIMESTAMP_LTZ SYSDATETIMEOFFSET TRANSACTION_TIMESTAMP CLOCK_TIMESTAMP STATEMENT_TIMESTAMP',
  ],
  [gives('time'), 'CURRENT_TIME CURTIME LOCALTIME'],
  [
    gives('float'),
    'SQRT EXP LN LOG LOG2 LOG10 SIN COS TAN ASIN ACOS ATAN ATAN2 STDDEV STDDEV_POP STDDEV_SAMP STDEV VARIANCE VAR_POP VAR_SAMP CORR COVAR_POP RAND RANDOM PI DEGREES RADIANS TOTAL JULIANDAY ' +
      'PERCENT_RANK CUME_DIST MONTHS_BETWEEN DATE_PART POWER POW PERCENTILE_CONT RATIO_TO_REPORT ST_DISTANCE ST_AREA ST_LENGTH',
  ],
  [gives('number'), 'TO_NUMBER TO_DECIMAL'],
  [
    gives('boolean'),
    'EXISTS JSON_VALID EVERY BOOL_AND BOOL_OR BOOLAND_AGG BOOLOR_AGG STARTSWITH STARTS_WITH ENDSWITH REGEXP_LIKE ST_CONTAINS ST_INTERSECTS ST_WITHIN',
  ],
  [gives('interval'), 'NUMTODSINTERVAL NUMTOYMINTERVAL TO_DSINTERVAL TO_YMINTERVAL MAKE_INTERVAL AGE'],
  [
    gives('json'),
    'TO_JSON TO_JSONB JSON_OBJECT JSON_BUILD_OBJECT JSONB_BUILD_OBJECT PARSE_JSON OBJECT_CONSTRUCT JSON_AGG JSONB_AGG JSON_ARRAY ROW_TO_JSON JSON_ARRAYAGG JSON_OBJECTAGG JSON_OBJECT_AGG JSON_EXTRACT JSON_QUERY ' +
      'JSON_EXTRACT_PATH OBJECT_AGG TO_VARIANT',
  ],
  [
    gives('array'),
    'ARRAY_AGG COLLECT_LIST COLLECT_SET LIST STRING_TO_ARRAY SPLIT ARRAY_CONSTRUCT REGEXP_SPLIT_TO_ARRAY',
  ],
  [
    gives('uuid'),
    'NEWID NEWSEQUENTIALID GEN_RANDOM_UUID UUID_GENERATE_V4 UUID GENERATE_UUID UUID_STRING SYS_GUID RANDOM_UUID',
  ],
  [gives('binary'), 'HASHBYTES HEXTORAW UNHEX FROM_BASE64 UTL_RAW.CAST_TO_RAW TO_BINARY COMPRESS'],
];

const rules: ReadonlyMap<string, FunctionRule> = new Map(
  table.flatMap(([rule, names]) => names.split(' ').map((name) => [name, rule] as const)),
);

const wholeCounts: ReadonlySet<Dialect | null> = new Set([
  'sqlserver',
  'sybase',
  'db2',
  'teradata',
  'oracle',
  'sqlite',
]);

/** The rule of a function; undefined for one that is not known. */
export function functionRule(name: string, dialect: Dialect | null): FunctionRule | undefined {
  if (name === 'COUNT') return gives(wholeCounts.has(dialect) ? 'integer' : 'bigint');
  if (name === 'NOW' && dialect === 'spark') return gives('timestamp');
  return rules.get(name);
}

/** Words that stand for a value without parentheses. */
const values: ReadonlyMap<string, ValueKind> = new Map<string, ValueKind>([
  ['TRUE', 'boolean'],
  ['FALSE', 'boolean'],
  ['CURRENT_DATE', 'date'],
  ['CURRENT_TIME', 'time'],
  ['LOCALTIME', 'time'],
  ['CURRENT_TIMESTAMP', 'zoned'],
  ['SYSTIMESTAMP', 'zoned'],
  ['LOCALTIMESTAMP', 'timestamp'],
  ['ROWNUM', 'integer'],
  ['LEVEL', 'integer'],
  ...['USER', 'CURRENT_USER', 'SESSION_USER', 'SYSTEM_USER', 'CURRENT_ROLE', 'CURRENT_SCHEMA'].map(
    (name) => [name, 'text'] as const,
  ),
]);

/** The type of a word such as CURRENT_DATE; empty for other words. */
export function valueWordType(word: string, dialect: Dialect | null): string {
  if (word === 'SYSDATE') return dialect === 'oracle' ? 'DATE' : typeOfKind('timestamp', dialect);
  if (word === 'DATE' && dialect === 'teradata') return 'DATE';
  const kind = values.get(word);
  return kind === undefined ? '' : typeOfKind(kind, dialect);
}
