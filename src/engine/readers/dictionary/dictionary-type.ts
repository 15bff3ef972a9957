/** The type of a dictionary's line, written as the database would: names, codes and separate lengths become one text. */
import type { Dialect } from '../../../shared/model/schema.ts';
import { type NormalisedType, normaliseType } from '../types/normalise-type.ts';
import { headerPhrase } from './header-role.ts';

export interface WrittenType {
  readonly type: string;
  readonly length: string;
  /** Length in characters where `length` counts bytes. */
  readonly characters: string;
  readonly precision: string;
  readonly scale: string;
  /** 2 where `length` counts bytes of UTF-16 text. */
  readonly bytesPerCharacter: number;
}

export interface DictionaryType extends NormalisedType {
  readonly rawType: string;
}

/** DBC.ColumnsV.ColumnType. */
const teradataCodes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    I1: 'BYTEINT',
    I2: 'SMALLINT',
    I: 'INTEGER',
    I8: 'BIGINT',
    D: 'DECIMAL',
    F: 'FLOAT',
    N: 'NUMBER',
    CF: 'CHAR',
    CV: 'VARCHAR',
    CO: 'CLOB',
    BF: 'BYTE',
    BV: 'VARBYTE',
    BO: 'BLOB',
    DA: 'DATE',
    AT: 'TIME',
    TZ: 'TIME WITH TIME ZONE',
    TS: 'TIMESTAMP',
    SZ: 'TIMESTAMP WITH TIME ZONE',
    JN: 'JSON',
    XM: 'XML',
    A1: 'ARRAY',
    YR: 'INTERVAL YEAR',
    YM: 'INTERVAL YEAR TO MONTH',
    MO: 'INTERVAL MONTH',
    DY: 'INTERVAL DAY',
    DH: 'INTERVAL DAY TO HOUR',
    DM: 'INTERVAL DAY TO MINUTE',
    DS: 'INTERVAL DAY TO SECOND',
    HR: 'INTERVAL HOUR',
    HM: 'INTERVAL HOUR TO MINUTE',
    HS: 'INTERVAL HOUR TO SECOND',
    MI: 'INTERVAL MINUTE',
    MS: 'INTERVAL MINUTE TO SECOND',
    SC: 'INTERVAL SECOND',
    PD: 'PERIOD(DATE)',
    PS: 'PERIOD(TIMESTAMP)',
  }),
);

/** sys.columns.system_type_id. */
const sqlServerIds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    34: 'image',
    35: 'text',
    36: 'uniqueidentifier',
    40: 'date',
    41: 'time',
    42: 'datetime2',
    43: 'datetimeoffset',
    48: 'tinyint',
    52: 'smallint',
    56: 'int',
    58: 'smalldatetime',
    59: 'real',
    60: 'money',
    61: 'datetime',
    62: 'float',
    98: 'sql_variant',
    99: 'ntext',
    104: 'bit',
    106: 'decimal',
    108: 'numeric',
    122: 'smallmoney',
    127: 'bigint',
    165: 'varbinary',
    167: 'varchar',
    173: 'binary',
    175: 'char',
    189: 'timestamp',
    231: 'nvarchar',
    239: 'nchar',
    240: 'geometry',
    241: 'xml',
  }),
);

/** DB2 for z/OS writes types in eight characters. */
const db2Names: ReadonlyMap<string, string> = new Map(
  Object.entries({
    LONGVAR: 'LONG VARCHAR',
    VARG: 'VARGRAPHIC',
    TIMESTMP: 'TIMESTAMP',
    VARBIN: 'VARBINARY',
    CHARACTER: 'CHAR',
    // WHFLDT, what IBM i shows of the fields of a file.
    A: 'CHAR',
    P: 'DECIMAL',
    S: 'NUMERIC',
    B: 'INTEGER',
    F: 'DOUBLE',
    H: 'BINARY',
    G: 'GRAPHIC',
    L: 'DATE',
    T: 'TIME',
    Z: 'TIMESTAMP',
  }),
);

/** What people write for a type who do not think of a database. */
const plainWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    VARCHAR:
      'alphanumeric,alphanum,alpha numeric,alpha,an,text,texto,texte,testo,tekst,string,str,cadena,chaine,zeichen,zeichenkette,character string,caracter,caracteres,caractere,alphanumerisch,alfanumerico,alphanumerique,alfanumeriek,free text,freitext,memo,short text,long text,code,строка,текст,字符串,文本,文字列',
    DECIMAL:
      'quan,curr,number,numeric,num,numero,numerico,numerique,numerisch,nummer,numeriek,zahl,dezimal,dezimalzahl,decimal number,amount,currency,money,betrag,importe,montant,importo,valor,moneda,wahrung,число,数字,数值',
    INTEGER:
      'integer,int,entero,entier,intero,inteiro,ganzzahl,whole number,long integer,long,geheel getal,целое,整数,counter,autonumber',
    DATE: 'dats,date,datum,fecha,data,日期,日付,дата',
    TIMESTAMP:
      'date time,datetime,date and time,timestamp,time stamp,datum uhrzeit,zeitstempel,fecha hora,fecha y hora,date heure,data ora,data hora,日時',
    TIME: 'tims,time,uhrzeit,hora,heure,ora,tijd,zeit',
    BOOLEAN:
      'boolean,bool,yes no,y n,ja nein,j n,si no,oui non,flag,indicator,kennzeichen,logical,logico,logique,booleano,booleen,wahrheitswert,true false',
    DOUBLE: 'fltp,float,double,real,floating point,single,fliesskomma,gleitkomma,reel,coma flotante',
    // The ABAP dictionary.
    CHAR: 'clnt,cuky,unit,lang,numc,accp,sstr',
    BLOB: 'lraw,rstr,binary,image,picture,ole object,binar,bild,imagen',
  }).flatMap(([type, words]) => words.split(',').map((word) => [word, type] as const)),
);

const lengthTypes =
  /^(?:N?(?:VAR)?CHAR2?|CHARACTER(?: VARYING)?|CHAR VARYING|BPCHAR|STRING|TEXT|N?VARCHAR2|RAW|(?:VAR)?BINARY|(?:VAR)?BYTE|BYTES|(?:VAR)?GRAPHIC|UNIVARCHAR|UNICHAR)$/;
const decimalTypes = /^(?:DECIMAL|DEC|NUMERIC|NUMBER|NUM)$/;

/** The type and its meaning. `rawType` is empty where the dictionary says nothing. */
export function dictionaryType(given: WrittenType, dialect: Dialect | null): DictionaryType {
  const written = given.type.startsWith('{') ? { ...given, ...jsonType(given.type) } : given;
  const spelled = written.type.replace(/\s+/g, ' ').trim();
  const name = databaseName(spelled, dialect);
  const rawType = withWidth(name, written, dialect);
  const known = normaliseType(rawType, dialect);
  if (known.type !== 'other' || rawType === '') return { rawType, ...known };
  const plain = plainWords.get(headerPhrase(spelled.replace(/[(\d].*$/, '')));
  if (plain === undefined) return { rawType, ...known };
  const width = /[(\s](\d{1,6})\s*(?:[,.]\s*(\d{1,3}))?\s*\)?\s*$/.exec(rawType);
  const standard = withWidth(
    plain,
    { ...written, length: width?.[1] ?? written.length, scale: width?.[2] ?? written.scale },
    dialect,
  );
  return { rawType, ...normaliseType(standard, dialect) };
}

/** Snowflake's SHOW COLUMNS: `{"type":"FIXED","precision":38,"scale":0}`. */
function jsonType(text: string): Partial<WrittenType> {
  const value = (name: string): string => new RegExp(`"${name}"\\s*:\\s*"?([\\w ]{1,40})`).exec(text)?.[1] ?? '';
  const names: Readonly<Record<string, string>> = { FIXED: 'NUMBER', TEXT: 'VARCHAR', REAL: 'FLOAT' };
  const type = value('type');
  const [precision, scale] = type === 'FIXED' ? [value('precision'), value('scale')] : ['', ''];
  return { type: names[type] ?? type, length: value('length'), precision, scale };
}

/** Whether the text names a type of a database or of plain language. */
export function isTypeText(text: string, dialect: Dialect | null): boolean {
  return (
    dictionaryType({ type: text, length: '', characters: '', precision: '', scale: '', bytesPerCharacter: 1 }, dialect)
      .type !== 'other'
  );
}

function databaseName(spelled: string, dialect: Dialect | null): string {
  if (dialect === 'teradata') return teradataCodes.get(spelled.toUpperCase()) ?? spelled;
  if (dialect === 'sqlserver') return sqlServerIds.get(spelled) ?? spelled;
  if (dialect === 'db2') return db2Names.get(spelled.toUpperCase()) ?? spelled;
  return spelled;
}

function withWidth(name: string, written: WrittenType, dialect: Dialect | null): string {
  // `VARCHAR2 20`, as people write it.
  const spaced = /^([A-Za-z]\w{1,19})\s+(\d{1,6})(?:\s*[,.]\s*(\d{1,3}))?$/.exec(name);
  if (spaced !== null) return `${spaced[1]}(${spaced[2]}${spaced[3] === undefined ? '' : `,${spaced[3]}`})`;
  if (name === '' || name.includes('(')) return name;
  const bare = name.toUpperCase();
  if (decimalTypes.test(bare)) return `${name}${decimalWidth(written, dialect)}`;
  const length = textLength(bare, written, dialect);
  if (lengthTypes.test(bare) && length !== null) return `${name}(${length})`;
  return name;
}

function textLength(
  type: string,
  { length, characters, bytesPerCharacter }: WrittenType,
  dialect: Dialect | null,
): string | null {
  const counted = wholeNumber(characters);
  if (counted !== null && counted > 0) return String(counted);
  const number = wholeNumber(length);
  if (number === -1) return dialect === 'sqlserver' || dialect === 'ansi' ? 'MAX' : null;
  if (number === null || number <= 0 || number > 2_000_000_000) return null;
  const wide = dialect !== 'sqlserver' || type.startsWith('N');
  return String(wide ? Math.ceil(number / bytesPerCharacter) : number);
}

/** Precision and scale from their own columns, or from a length of `10,2`. */
function decimalWidth({ length, precision, scale }: WrittenType, dialect: Dialect | null): string {
  const pair = /^(\d{1,3})\s*[,.;/]\s*(\d{1,3})$/.exec(length.trim());
  if (pair !== null) return `(${pair[1]},${pair[2]})`;
  const digits =
    wholeNumber(precision) ?? (dialect === 'oracle' || dialect === 'sqlserver' ? null : wholeNumber(length));
  const places = wholeNumber(scale);
  if (digits === null || digits <= 0) return dialect === 'oracle' && places === 0 ? '(*,0)' : '';
  return places === null ? `(${digits})` : `(${digits},${places})`;
}

function wholeNumber(text: string): number | null {
  // `1.000` as a grid shows it; `10.0` as a spreadsheet does.
  const grouped = /^\d{1,3}(?:[.,]\d{3})+$/.test(text.trim()) ? text.replace(/[.,]/g, '') : text;
  const found = /^-?\d{1,10}(?=$|[.,]0+$|\s)/.exec(grouped.trim());
  return found === null ? null : Number(found[0]);
}
