/** What each type name of the supported databases means. Names are upper case with single spaces, without arguments. */
import type { Dialect, TypeFamily } from '../../../shared/model/schema.ts';

/** How the arguments of a type name are to be read. */
export type TypeRule =
  | { readonly kind: 'integer'; readonly digits: number }
  | { readonly kind: 'number' }
  | { readonly kind: 'decimal' }
  | { readonly kind: 'fixed'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'text'; readonly length?: number }
  | { readonly kind: 'binary'; readonly length?: number }
  | { readonly kind: 'unbounded'; readonly type: 'string' | 'binary' }
  | { readonly kind: 'bit' }
  | { readonly kind: 'labels'; readonly several: boolean }
  | { readonly kind: 'plain'; readonly type: TypeFamily; readonly timeZone?: boolean };

const plain = (type: TypeFamily, timeZone = false): TypeRule => ({ kind: 'plain', type, timeZone });
const integer = (digits: number): TypeRule => ({ kind: 'integer', digits });
const text = (length?: number): TypeRule => (length === undefined ? { kind: 'text' } : { kind: 'text', length });
const binary = (length?: number): TypeRule => (length === undefined ? { kind: 'binary' } : { kind: 'binary', length });
const clob: TypeRule = { kind: 'unbounded', type: 'string' };
const blob: TypeRule = { kind: 'unbounded', type: 'binary' };

const table: readonly (readonly [TypeRule, string])[] = [
  [integer(3), 'TINYINT,BYTEINT,INT1,UTINYINT,UINT8'],
  [integer(5), 'SMALLINT,INT2,INT16,UINT16,SMALLSERIAL,SERIAL2,USMALLINT,SHORT,SIGNED SMALLINT,UNSIGNED SMALLINT'],
  [integer(7), 'MEDIUMINT,INT3,MIDDLEINT'],
  [
    integer(10),
    'INTEGER,INT,INT4,INT32,UINT32,COUNTER,SERIAL,SERIAL4,UINTEGER,SIGNED,SIGNED INTEGER,UNSIGNED INT,UNSIGNED INTEGER,PLS_INTEGER,BINARY_INTEGER',
  ],
  [integer(19), 'BIGINT,BIG INT,INT64,INT8,BIGSERIAL,SERIAL8,UNSIGNED BIGINT,OID,ROWNUMBER'],
  [integer(20), 'UBIGINT,UINT64'],
  [integer(39), 'HUGEINT,UHUGEINT,INT128'],
  [integer(4), 'YEAR'],
  [{ kind: 'number' }, 'NUMBER'],
  [{ kind: 'decimal' }, 'DECIMAL,NUMERIC,DEC,FIXED,DECFLOAT,SMALLDECIMAL,BIGNUMERIC'],
  [{ kind: 'fixed', precision: 19, scale: 4 }, 'MONEY,CURRENCY'],
  [{ kind: 'fixed', precision: 10, scale: 4 }, 'SMALLMONEY'],
  [
    plain('float'),
    'FLOAT,SMALLFLOAT,FLOAT32,FLOAT64,FLOATING POINT,REAL,DOUBLE,DOUBLE PRECISION,FLOAT4,FLOAT8,BINARY_FLOAT,BINARY_DOUBLE,FLOAT UNSIGNED,DOUBLE UNSIGNED',
  ],
  [plain('boolean'), 'BOOLEAN,BOOL,LOGICAL,YESNO'],
  [{ kind: 'bit' }, 'BIT'],
  [binary(), 'BIT VARYING,VARBIT'],
  [text(1), 'CHAR,CHARACTER,NCHAR,NATIONAL CHAR,NATIONAL CHARACTER,UNICHAR,GRAPHIC,BPCHAR'],
  [
    text(),
    'VARCHAR,VARCHAR2,NVARCHAR,NVARCHAR2,CHARACTER VARYING,CHAR VARYING,NCHAR VARYING,NATIONAL CHARACTER VARYING,NATIONAL CHAR VARYING,NATIONAL VARCHAR,' +
      'UNIVARCHAR,VARGRAPHIC,STRING,SYSNAME,CITEXT,VARCHARACTER,NATIVE CHARACTER,VARYING CHARACTER,VARCHAR_IGNORECASE,LVARCHAR,FIXEDSTRING,ENUM8,ENUM16,SHORTTEXT,ALPHANUM',
  ],
  [
    clob,
    'TEXT,CLOB,NCLOB,NTEXT,UNITEXT,LONG,LONG VARCHAR,LONG VARGRAPHIC,TINYTEXT,MEDIUMTEXT,LONGTEXT,DBCLOB,CHARACTER LARGE OBJECT,CHAR LARGE OBJECT,' +
      'NATIONAL CHARACTER LARGE OBJECT,NCHAR LARGE OBJECT,LONGVARCHAR,LONG NVARCHAR,MEMO,BLOB SUB_TYPE TEXT,BLOB SUB_TYPE 1',
  ],
  [{ kind: 'labels', several: false }, 'ENUM'],
  [{ kind: 'labels', several: true }, 'SET'],
  [plain('date'), 'DATE,DATE32,DAYDATE'],
  [plain('time'), 'TIME,TIME WITHOUT TIME ZONE,BIGTIME,SECONDTIME'],
  [plain('time', true), 'TIME WITH TIME ZONE,TIMETZ'],
  [
    plain('timestamp'),
    'TIMESTAMP,TIMESTAMP WITHOUT TIME ZONE,DATETIME,DATETIME2,SMALLDATETIME,BIGDATETIME,TIMESTAMP_NTZ,TIMESTAMPNTZ,DATETIME64,TIMESTAMP_S,TIMESTAMP_MS,TIMESTAMP_NS,TIMESTAMP_US,SECONDDATE,LONGDATE',
  ],
  [
    plain('timestamp', true),
    'TIMESTAMP WITH TIME ZONE,TIMESTAMP WITH LOCAL TIME ZONE,TIMESTAMPTZ,DATETIMEOFFSET,TIMESTAMP_TZ,TIMESTAMP_LTZ,TIMESTAMPLTZ,DATETIME WITH TIME ZONE',
  ],
  [binary(1), 'BINARY,BYTE'],
  [binary(), 'VARBINARY,RAW,VARBYTE,BINARY VARYING,VARBINARY2,HASHTYPE'],
  [binary(8), 'ROWVERSION'],
  [
    blob,
    'BLOB,BYTEA,IMAGE,LONG RAW,LONG VARBINARY,TINYBLOB,MEDIUMBLOB,LONGBLOB,BFILE,BINARY LARGE OBJECT,LONGVARBINARY,BYTES,OLEOBJECT',
  ],
  [plain('uuid'), 'UUID,UNIQUEIDENTIFIER,GUID'],
  [plain('json'), 'JSON,JSONB,VARIANT,SUPER'],
  [plain('xml'), 'XML,XMLTYPE'],
  [
    plain('geometry'),
    'GEOMETRY,GEOGRAPHY,SDO_GEOMETRY,ST_GEOMETRY,ST_POINT,ST_POLYGON,POINT,LINESTRING,POLYGON,MULTIPOINT,MULTILINESTRING,MULTIPOLYGON,' +
      'GEOMETRYCOLLECTION,GEOMCOLLECTION,BOX,CIRCLE,LSEG,PATH,LINE,MBR',
  ],
  [plain('array'), 'ARRAY,LIST,MULTISET,VARRAY,VECTOR,REAL_VECTOR,HALF_VECTOR,HALFVEC,SPARSEVEC,VARYING ARRAY'],
  [plain('struct'), 'STRUCT,MAP,ROW,OBJECT,UNION,UNIONTYPE,PERIOD'],
  [
    plain('other'),
    'ROWID,UROWID,HIERARCHYID,SQL_VARIANT,INET,CIDR,MACADDR,MACADDR8,TSVECTOR,TSQUERY,HSTORE,NAME,REGCLASS,REGPROC,INT4RANGE,INT8RANGE,NUMRANGE,' +
      'TSRANGE,TSTZRANGE,DATERANGE,ANYDATA,SYS_REFCURSOR,DB2SECURITYLABEL,LTREE,PG_LSN,XID,DATALINK,CURSOR,TABLE',
  ],
];

/** Rules by type name, the same in all dialects. */
const typeRules: ReadonlyMap<string, TypeRule> = new Map(
  table.flatMap(([rule, names]) => names.split(',').map((name) => [name, rule] as const)),
);

const perDialect: readonly (readonly [readonly Dialect[], string, TypeRule])[] = [
  [['oracle'], 'DATE', plain('timestamp')],
  [['oracle'], 'DECIMAL', { kind: 'number' }],
  [['oracle'], 'NUMERIC', { kind: 'number' }],
  [['oracle'], 'DEC', { kind: 'number' }],
  [['sqlserver', 'sybase'], 'TIMESTAMP', binary(8)],
  [['sqlserver'], 'SYSNAME', text(128)],
  [['sybase'], 'SYSNAME', text(30)],
  [['sybase'], 'LONGSYSNAME', text(255)],
  [['postgres', 'redshift'], 'MONEY', { kind: 'fixed', precision: 19, scale: 2 }],
  [['postgres'], 'NAME', text(63)],
  [['spark'], 'BYTE', integer(3)],
  [['spark', 'duckdb'], 'LONG', integer(19)],
  [['duckdb'], 'BIT', plain('binary')],
  [['spark', 'duckdb'], 'BINARY', blob],
  [['snowflake'], 'BINARY', binary()],
];

const dialectRules = new Map<string, TypeRule>(
  perDialect.flatMap(([names, type, rule]) => names.map((dialect) => [`${dialect} ${type}`, rule] as const)),
);

/** The rule of a type name in a dialect; undefined for names that no supported database has. */
export function typeRule(name: string, dialect: Dialect | null): TypeRule | undefined {
  return (dialect === null ? undefined : dialectRules.get(`${dialect} ${name}`)) ?? typeRules.get(name);
}

/** Precision and scale of a decimal that is written without arguments. */
export const bareDecimal: Readonly<Partial<Record<Dialect, readonly [number, number]>>> = {
  sqlserver: [18, 0],
  sybase: [18, 0],
  mysql: [10, 0],
  db2: [5, 0],
  teradata: [5, 0],
  snowflake: [38, 0],
  redshift: [18, 0],
  spark: [10, 0],
  duckdb: [18, 3],
};

/** Every first word that a type can begin with: tells a column from an index in an item such as `KEY x (…)`. */
export const typeFirstWords: ReadonlySet<string> = new Set(
  [...typeRules.keys()]
    .map((name) => name.split(' ')[0] ?? name)
    .concat(['INTERVAL', 'NATIONAL', 'UNSIGNED', 'REF', 'PERIOD']),
);
