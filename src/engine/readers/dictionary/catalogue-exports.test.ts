import { describe, expect, it } from 'vitest';
import type { Column } from '../../../shared/model/schema.ts';
import { detectFormat } from '../detect-format.ts';
import { readDelimitedDictionary } from './read-delimited-dictionary.ts';

const columnText = (column: Column): string =>
  [
    `${column.name} ${column.type}`,
    [column.length, column.precision, column.type === 'decimal' ? column.scale : null]
      .filter((width) => width !== null)
      .join('.'),
    column.nullable ? '' : '!',
    column.identity ? '@' : '',
    column.default === null ? '' : ` =${column.default}`,
    column.generated === null ? '' : ` ~${column.generated}`,
    column.comment === null ? '' : ` {${column.comment}}`,
  ].join('');

function read(text: string): { readonly dialect: string | null; readonly tables: readonly string[] } {
  const { dialect, tables } = readDelimitedDictionary(text, { name: 'export.csv', dialect: null, side: 'source' });
  return {
    dialect,
    tables: tables.map(
      ({ schema, name, columns, primaryKey }) =>
        `${schema ?? ''}.${name}: ${columns.map(columnText).join(' | ')}${primaryKey.length === 0 ? '' : ` pk ${primaryKey.join()}`}`,
    ),
  };
}

const tabs = (text: string): string => text.replaceAll('|', '\t');

describe('exports of catalogues, recognised by what they hold', () => {
  it.each<[string, string | null, string, readonly string[]]>([
    [
      'USER_TAB_COLS with columns that Oracle hides',
      'oracle',
      `"TABLE_NAME","COLUMN_NAME","DATA_TYPE","DATA_TYPE_OWNER","DATA_LENGTH","DATA_PRECISION","DATA_SCALE","NULLABLE","COLUMN_ID","DEFAULT_LENGTH","DATA_DEFAULT","HIDDEN_COLUMN","VIRTUAL_COLUMN","CHAR_COL_DECL_LENGTH","CHAR_LENGTH","CHAR_USED","IDENTITY_COLUMN"
"T","ID","NUMBER",,22,12,0,"N",1,28,"""S"".""ISEQ$$_1"".nextval","NO","NO",,0,,"YES"
"T","NM","NVARCHAR2",,80,,,"Y",2,,,"NO","NO",80,40,"C","NO"
"T","SYS_NC00003$","VARCHAR2",,40,,,"Y",,,"UPPER(""NM"")","YES","YES",40,40,"B","NO"
"T","R","RAW",,16,,,"Y",3,,,"NO","NO",,0,,"NO"
"T","F","FLOAT",,22,126,,"Y",4,,,"NO","NO",,0,,"NO"
"T","O","MONEY_T","S",1,,,"Y",5,,,"NO","NO",,0,,"NO"
"T","D","DATE",,7,,,"Y",6,,,"NO","NO",,0,,"NO"
"T","IV","INTERVAL DAY(2) TO SECOND(6)",,11,2,6,"Y",7,,,"NO","NO",,0,,"NO"`,
      ['.T: ID integer12!@ | NM string40 | R binary16 | F float | O other | D timestamp | IV interval'],
    ],
    [
      'a grid of SQL Developer with grouped digits',
      'oracle',
      `COLUMN_ID;COLUMN_NAME;TABLE_NAME;OWNER;DATA_TYPE;NULLABLE;DATA_LENGTH;DATA_PRECISION;DATA_SCALE
2;NAME;KUNDE;CRM;VARCHAR2;Yes;"1.000";;
1;ID;KUNDE;CRM;NUMBER;No;22;10;0
3;BETRAG;KUNDE;CRM;NUMBER;Yes;22;12;2`,
      ['CRM.KUNDE: ID integer10! | NAME string1000 | BETRAG decimal12.2'],
    ],
    [
      'INFORMATION_SCHEMA of MySQL with NULL marks and generated columns',
      'mysql',
      `TABLE_CATALOG	TABLE_SCHEMA	TABLE_NAME	COLUMN_NAME	ORDINAL_POSITION	COLUMN_DEFAULT	IS_NULLABLE	DATA_TYPE	CHARACTER_MAXIMUM_LENGTH	CHARACTER_OCTET_LENGTH	NUMERIC_PRECISION	NUMERIC_SCALE	DATETIME_PRECISION	CHARACTER_SET_NAME	COLLATION_NAME	COLUMN_TYPE	COLUMN_KEY	EXTRA	PRIVILEGES	COLUMN_COMMENT	GENERATION_EXPRESSION	SRS_ID
def	shop	t	id	1	\\N	NO	int	\\N	\\N	10	0	\\N	\\N	\\N	int unsigned	PRI	auto_increment	select,insert	the id		\\N
def	shop	t	st	2	neu	YES	enum	7	28	\\N	\\N	\\N	utf8mb4	x	enum('neu','alt,er')		 	select			\\N
def	shop	t	ok	3	1	NO	tinyint	\\N	\\N	3	0	\\N	\\N	\\N	tinyint(1)			select			\\N
def	shop	t	tot	4	\\N	YES	decimal	\\N	\\N	10	2	\\N	\\N	\\N	decimal(10,2)		STORED GENERATED	select		(\`a\` * 2)	\\N
def	shop	t	ts	5	CURRENT_TIMESTAMP	NO	timestamp	\\N	\\N	\\N	\\N	0	\\N	\\N	timestamp	MUL	DEFAULT_GENERATED on update CURRENT_TIMESTAMP	select			\\N`,
      [
        'shop.t: id integer10!@ {the id} | st string6 =neu | ok boolean! =1 | tot decimal10.2 ~(`a` * 2) | ts timestamp! =CURRENT_TIMESTAMP pk id',
      ],
    ],
    [
      'HELP TABLE of Teradata',
      'teradata',
      `Column Name|Type|Comment|Nullable|Format|Title|Max Length|Decimal Total Digits|Decimal Fractional Digits
CUST_ID|I |key|N|-(10)9||4||
AMT|D ||Y|-(15)9.99||8|18|2`,
      ['.export: CUST_ID integer10! {key} | AMT decimal18.2'],
    ],
    [
      'DSPFFD of IBM i',
      'db2',
      `WHFILE,WHLIB,WHNAME,WHFLDE,WHFLDT,WHFLDB,WHFLDD,WHFLDP,WHFTXT,WHNULL,WHFOBO
CUSTMAST,MYLIB,ORDHDR,CUSTNO,P,4,7,0,Customer number,N,1
CUSTMAST,MYLIB,ORDHDR,CUSTNM,A,30,0,0,Customer name,N,5
CUSTMAST,MYLIB,ORDHDR,BALDUE,S,9,9,2,Balance due,N,35
CUSTMAST,MYLIB,ORDHDR,CHGDT,L,10,0,0,Changed,Y,44`,
      [
        'MYLIB.CUSTMAST: CUSTNO decimal7.0! {Customer number} | CUSTNM string30! {Customer name} | BALDUE decimal9.2! {Balance due} | CHGDT date {Changed}',
      ],
    ],
    [
      'sp_columns',
      'sqlserver',
      `TABLE_QUALIFIER,TABLE_OWNER,TABLE_NAME,COLUMN_NAME,DATA_TYPE,TYPE_NAME,PRECISION,LENGTH,SCALE,RADIX,NULLABLE,REMARKS,COLUMN_DEF,SQL_DATA_TYPE,SQL_DATETIME_SUB,CHAR_OCTET_LENGTH,ORDINAL_POSITION,IS_NULLABLE,SS_DATA_TYPE
Shop,dbo,T,Id,4,int identity,10,4,0,10,0,NULL,NULL,4,NULL,NULL,1,NO,56
Shop,dbo,T,Nm,-9,nvarchar,50,100,NULL,NULL,1,NULL,(N''),-9,NULL,100,2,YES,39
Shop,dbo,T,Amt,3,decimal,18,20,2,10,1,NULL,NULL,3,NULL,NULL,3,YES,106`,
      ["dbo.T: Id integer10!@ | Nm string50 =(N'') | Amt decimal18.2"],
    ],
    [
      'a join of syscolumns',
      null,
      `table_name,column_name,type_name,length,prec,scale,status_null,colid,ident
orders,id,numeric,6,10,0,0,1,1
orders,nm,varchar,40,,,1,2,0`,
      ['.orders: id decimal10.0!@ | nm string40'],
    ],
    [
      'columns joined with their constraints',
      'oracle',
      `OWNER,TABLE_NAME,COLUMN_NAME,DATA_TYPE,DATA_LENGTH,NULLABLE,CONSTRAINT_TYPE,R_TABLE_NAME,R_COLUMN_NAME
S,O,ID,NUMBER,22,N,P,,
S,O,CID,NUMBER,22,Y,R,C,ID
S,O,NM,VARCHAR2,10,Y,,,`,
      ['S.O: ID decimal! | CID decimal | NM string10 pk ID'],
    ],
    [
      'a dictionary whose comment holds the delimiter',
      null,
      `Tabelle;Feld;Datentyp;Länge;Nachkommastellen;Pflicht;Schlüssel;Beschreibung
KUNDE;KD_NR;NUMBER;10;0;J;PK;Kundennummer
KUNDE;NAME1;VARCHAR2;35;;J;;Name
KUNDE;UMSATZ;NUMBER;12;2;N;;Umsatz; brutto`,
      ['.KUNDE: KD_NR integer10! {Kundennummer} | NAME1 string35! {Name} | UMSATZ decimal12.2 {Umsatz} pk KD_NR'],
    ],
    [
      'ALL_TAB_COLUMNS with comments, lower case and tabs',
      'oracle',
      tabs(`owner|table_name|column_name|data_type|data_length|data_precision|data_scale|nullable|column_id|data_default|char_length|char_used|comments
CRM|CUST|ID|NUMBER|22|10|0|N|1||0||the key
CRM|CUST|NAME|VARCHAR2|160|||Y|2|'x'|40|C|full name
CRM|CUST|AMT|NUMBER|22|||Y|3||0||
CRM|CUST|TS|TIMESTAMP(6) WITH TIME ZONE|13||6|Y|4|SYSTIMESTAMP|0||
CRM|CUST|INT|NUMBER|22||0|Y|5||0||
CRM|CUST|TXT|CLOB|4000|||Y|6||0||`),
      [
        "CRM.CUST: ID integer10! {the key} | NAME string40 ='x' {full name} | AMT decimal | TS timestamp =SYSTIMESTAMP | INT integer38 | TXT string",
      ],
    ],
    [
      'DBC.ColumnsV with padded codes',
      'teradata',
      `DatabaseName;TableName;ColumnName;ColumnType;ColumnLength;Nullable;DecimalTotalDigits;DecimalFractionalDigits;CharType;CommentString;ColumnId
"DWH                           ";"ACCT  ";"ID   ";"D ";8;"N ";18;0;0;"the key";1025
"DWH                           ";"ACCT  ";"NM   ";"CV";120;"Y ";;;2;;1026
"DWH                           ";"ACCT  ";"DT   ";"DA";4;"Y ";;;0;;1027
"DWH                           ";"ACCT  ";"TS   ";"TS";10;"Y ";;6;0;;1028
"DWH                           ";"ACCT  ";"FL   ";"I1";1;"Y ";;;0;;1029`,
      ['DWH.ACCT: ID decimal18.0! {the key} | NM string60 | DT date | TS timestamp | FL integer3'],
    ],
    [
      'SYSIBM.SYSCOLUMNS of DB2 for z/OS',
      'db2',
      `TBCREATOR,TBNAME,NAME,COLNO,COLTYPE,LENGTH,SCALE,NULLS,DEFAULT,KEYSEQ,REMARKS
PRD,ACCT,ACCT_NO,1,CHAR    ,10,0,N,N,1,Account
PRD,ACCT,BAL,2,DECIMAL ,13,2,N,Y,0,
PRD,ACCT,TS,3,TIMESTMP,10,6,Y,Y,0,
PRD,ACCT,NM,4,VARCHAR ,40,0,Y,Y,0,`,
      ['PRD.ACCT: ACCT_NO string10! {Account} | BAL decimal13.2! | TS timestamp | NM string40 pk ACCT_NO'],
    ],
    [
      'QSYS2.SYSCOLUMNS of IBM i',
      'db2',
      `COLUMN_NAME,TABLE_NAME,TABLE_OWNER,ORDINAL_POSITION,DATA_TYPE,LENGTH,NUMERIC_SCALE,IS_NULLABLE,IS_UPDATABLE,LONG_COMMENT,HAS_DEFAULT,COLUMN_HEADING,TABLE_SCHEMA,SYSTEM_COLUMN_NAME,SYSTEM_TABLE_NAME,COLUMN_TEXT
CUSTNO,CUSTMAST,QPGMR,1,DECIMAL,7,0,N,Y,,N,Customer            Number,MYLIB,CUSTNO,CUSTMAST,Customer number
CUSTNM,CUSTMAST,QPGMR,2,CHAR,30,,N,Y,,Y,,MYLIB,CUSTNM,CUSTMAST,Name
CHGTS,CUSTMAST,QPGMR,3,TIMESTMP,10,,Y,Y,,Y,,MYLIB,CHGTS,CUSTMAST,`,
      ['MYLIB.CUSTMAST: CUSTNO decimal7.0! {Customer number} | CUSTNM string30! {Name} | CHGTS timestamp'],
    ],
    [
      'a join of sys.columns as people write it',
      'sqlserver',
      `SchemaName,TableName,ColumnName,DataType,MaxLength,Precision,Scale,IsNullable,IsIdentity,IsPrimaryKey,DefaultValue,Description
dbo,Person,Id,int,4,10,0,False,True,True,NULL,NULL
dbo,Person,Name,nvarchar,100,0,0,True,False,False,(N''),The name
dbo,Person,Code,varchar,20,0,0,True,False,False,NULL,NULL
dbo,Person,Note,nvarchar,-1,0,0,True,False,False,NULL,NULL
dbo,Person,Amt,decimal,9,18,2,True,False,False,((0)),NULL`,
      [
        "dbo.Person: Id integer10!@ | Name string50 =(N'') {The name} | Code string20 | Note string | Amt decimal18.2 =((0)) pk Id",
      ],
    ],
    [
      'INFORMATION_SCHEMA of SQL Server with NULL as text',
      'sqlserver',
      `TABLE_CATALOG,TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME,ORDINAL_POSITION,COLUMN_DEFAULT,IS_NULLABLE,DATA_TYPE,CHARACTER_MAXIMUM_LENGTH,CHARACTER_OCTET_LENGTH,NUMERIC_PRECISION,NUMERIC_PRECISION_RADIX,NUMERIC_SCALE,DATETIME_PRECISION,CHARACTER_SET_CATALOG,CHARACTER_SET_SCHEMA,CHARACTER_SET_NAME,COLLATION_CATALOG
Shop,dbo,T,Id,1,NULL,NO,int,NULL,NULL,10,10,0,NULL,NULL,NULL,NULL,NULL
Shop,dbo,T,Nm,2,(N'a'),YES,nvarchar,50,100,NULL,NULL,NULL,NULL,NULL,NULL,UNICODE,NULL
Shop,dbo,T,Tx,3,NULL,YES,varchar,-1,-1,NULL,NULL,NULL,NULL,NULL,NULL,iso_1,NULL`,
      ["dbo.T: Id integer10! | Nm string50 =(N'a') | Tx string"],
    ],
    [
      'pg_catalog',
      'postgres',
      `nspname,relname,attname,attnum,format_type,attnotnull,adsrc,description
public,cust,id,1,integer,t,nextval('s'),key
public,cust,name,2,character varying(80),f,,
public,cust,tags,3,text[],f,,`,
      ["public.cust: id integer10! =nextval('s') {key} | name string80 | tags array"],
    ],
    [
      'PG_TABLE_DEF of Redshift',
      'redshift',
      `schemaname,tablename,column,type,encoding,distkey,sortkey,notnull
public,sales,id,integer,az64,true,1,true
public,sales,name,character varying(80),lzo,false,0,false`,
      ['public.sales: id integer10! | name string80'],
    ],
    [
      'SVV_COLUMNS of Redshift',
      'ansi',
      `table_catalog,table_schema,table_name,column_name,ordinal_position,column_default,is_nullable,data_type,character_maximum_length,numeric_precision,numeric_precision_radix,numeric_scale,datetime_precision,interval_type,interval_precision,remarks
dev,public,sales,id,1,,NO,integer,,32,2,0,,,,key
dev,public,sales,name,2,,YES,character varying,80,,,,,,,`,
      ['public.sales: id integer10! {key} | name string80'],
    ],
    [
      'SHOW COLUMNS of Snowflake',
      'snowflake',
      `"table_name","schema_name","column_name","data_type","null?","default","kind","expression","comment","database_name","autoincrement"
"CUST","SALES","ID","{""type"":""FIXED"",""precision"":38,""scale"":0,""nullable"":false}","NOT_NULL","","COLUMN","","key","DB","IDENTITY START 1 INCREMENT 1"
"CUST","SALES","NM","{""type"":""TEXT"",""length"":80,""byteLength"":320,""nullable"":true}","true","","COLUMN","","","DB",""
"CUST","SALES","AMT","{""type"":""FIXED"",""precision"":12,""scale"":2,""nullable"":true}","true","","COLUMN","","","DB",""
"CUST","SALES","TS","{""type"":""TIMESTAMP_NTZ"",""precision"":0,""scale"":9,""nullable"":true}","true","","COLUMN","","","DB",""`,
      ['SALES.CUST: ID integer38!@ {key} | NM string80 | AMT decimal12.2 | TS timestamp'],
    ],
    [
      'DESCRIBE TABLE of Snowflake',
      'snowflake',
      `name,type,kind,null?,default,primary key,unique key,check,expression,comment,policy name
ID,"NUMBER(38,0)",COLUMN,N,,Y,N,,,key,
NM,VARCHAR(80),COLUMN,Y,,N,N,,,,`,
      ['.export: ID integer38! {key} | NM string80 pk ID'],
    ],
    [
      'INFORMATION_SCHEMA of BigQuery',
      'ansi',
      `table_catalog,table_schema,table_name,column_name,ordinal_position,is_nullable,data_type,is_generated,is_hidden,is_partitioning_column,clustering_ordinal_position,column_default
p,ds,orders,id,1,NO,INT64,NEVER,NO,NO,,NULL
p,ds,orders,name,2,YES,STRING(50),NEVER,NO,NO,,NULL
p,ds,orders,items,3,YES,"ARRAY<STRUCT<sku STRING, qty INT64>>",NEVER,NO,NO,,NULL
p,ds,orders,amt,4,YES,"NUMERIC(12, 2)",NEVER,NO,NO,,0`,
      ['ds.orders: id integer19! | name string50 | items array | amt decimal12.2 =0'],
    ],
    [
      'SHOW FULL COLUMNS of MySQL',
      'mysql',
      `Field,Type,Collation,Null,Key,Default,Extra,Privileges,Comment
id,int(10) unsigned,NULL,NO,PRI,NULL,auto_increment,"select,insert",key
name,varchar(50),utf8mb4_general_ci,YES,MUL,NULL,,"select,insert",`,
      ['.export: id integer10!@ {key} | name string50 pk id'],
    ],
    [
      'PRAGMA table_info of SQLite',
      'sqlite',
      `cid|name|type|notnull|dflt_value|pk
0|id|INTEGER|1||1
1|name|VARCHAR(50)|0|'x'|0`,
      [".export: id integer10! | name string50 ='x' pk id"],
    ],
    [
      'DESCRIBE of Hive and Databricks',
      'spark',
      `col_name,data_type,comment
id,bigint,key
tags,array<string>,
amt,"decimal(12,2)",`,
      ['.export: id integer19 {key} | tags array | amt decimal12.2'],
    ],
    [
      'TABLE_COLUMNS of SAP HANA',
      null,
      `SCHEMA_NAME,TABLE_NAME,COLUMN_NAME,POSITION,DATA_TYPE_NAME,LENGTH,SCALE,IS_NULLABLE,DEFAULT_VALUE,COMMENTS
SAPABAP1,MARA,MATNR,1,NVARCHAR,18,,FALSE,'',Material
SAPABAP1,MARA,BRGEW,2,DECIMAL,13,3,TRUE,0,`,
      ["SAPABAP1.MARA: MATNR string18! ='' {Material} | BRGEW decimal13.3 =0"],
    ],
    [
      'DD03L of SAP',
      null,
      `TABNAME;FIELDNAME;POSITION;KEYFLAG;ROLLNAME;DATATYPE;LENG;DECIMALS;DDTEXT
MARA;MANDT;1;X;MANDT;CLNT;3;0;Mandant
MARA;MATNR;2;X;MATNR;CHAR;18;0;Materialnummer
MARA;ERSDA;3;;ERSDA;DATS;8;0;Angelegt am
MARA;BRGEW;4;;BRGEW;QUAN;13;3;Bruttogewicht
MARA;ZAEHL;5;;ZAEHL;INT4;10;0;`,
      [
        '.MARA: MANDT string3! {Mandant} | MATNR string18! {Materialnummer} | ERSDA date {Angelegt am} | BRGEW decimal13.3 {Bruttogewicht} | ZAEHL integer10 pk MANDT,MATNR',
      ],
    ],
    [
      'a list with German headings',
      null,
      `Schema;Tabelle;Spalte;Datentyp;Länge;Nachkommastellen;NULL erlaubt;Standardwert;Kommentar
CRM;KUNDE;KNR;NUMBER;10;0;nein;;Nummer
CRM;KUNDE;NAME;VARCHAR2;40;;ja;;`,
      ['CRM.KUNDE: KNR integer10! {Nummer} | NAME string40'],
    ],
    [
      'Netezza',
      null,
      `SCHEMA|TABLENAME|ATTNUM|ATTNAME|FORMAT_TYPE|ATTNOTNULL|COLDEFAULT|DESCRIPTION
ADMIN|FACT|1|ID|BIGINT|t||key
ADMIN|FACT|2|NM|CHARACTER VARYING(50)|f||`,
      ['ADMIN.FACT: ID integer19! {key} | NM string50'],
    ],
    [
      'sp_columns and JDBC metadata',
      'ansi',
      `TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME,DATA_TYPE,TYPE_NAME,COLUMN_SIZE,BUFFER_LENGTH,DECIMAL_DIGITS,NUM_PREC_RADIX,NULLABLE,REMARKS,COLUMN_DEF,SQL_DATA_TYPE,SQL_DATETIME_SUB,CHAR_OCTET_LENGTH,ORDINAL_POSITION,IS_NULLABLE
db,dbo,T,ID,4,int,10,,0,10,0,key,,,,,1,NO
db,dbo,T,NM,12,varchar,50,,,,1,,,,,50,2,YES
db,dbo,T,AMT,3,decimal,12,,2,10,1,,,,,,3,YES`,
      ['dbo.T: ID integer10! {key} | NM string50 | AMT decimal12.2'],
    ],
  ])('%s', (_, dialect, text, expected) => {
    expect(detectFormat('anything.csv', new TextEncoder().encode(text)).format).toBe('dictionary');
    expect(read(text)).toEqual({ dialect, tables: expected });
  });
});
