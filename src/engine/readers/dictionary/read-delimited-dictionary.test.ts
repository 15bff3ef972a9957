import { describe, expect, it } from 'vitest';
import { detectFormat } from '../detect-format.ts';
import { readDelimitedDictionary } from './read-delimited-dictionary.ts';

const read = (text: string) => readDelimitedDictionary(text, { name: 'export.csv', dialect: null, side: 'source' });
const formatOf = (text: string): string => detectFormat('anything.csv', new TextEncoder().encode(text)).format;

/** `schema.table(column rawType [!] …)` for every table. */
const shown = (text: string): string =>
  read(text)
    .tables.map(
      ({ schema, name, columns, primaryKey }) =>
        `${schema}.${name}(${columns.map((column) => `${column.name} ${column.rawType} ${column.type}${column.nullable ? '' : '!'}`).join(', ')}) [${primaryKey.join()}]`,
    )
    .join('\n');

describe('catalogue exports as delimited text', () => {
  it.each([
    [
      'information_schema of PostgreSQL',
      'postgres',
      `table_catalog,table_schema,table_name,column_name,ordinal_position,column_default,is_nullable,data_type,character_maximum_length,numeric_precision,numeric_scale,udt_name
db,public,customer,id,1,nextval('s'),NO,integer,,32,0,int4
db,public,customer,name,2,,YES,character varying,80,,,varchar
db,public,customer,total,3,0,YES,numeric,,12,2,numeric`,
      'public.customer(id integer integer!, name character varying(80) string, total numeric(12,2) decimal) []',
    ],
    [
      'ALL_TAB_COLUMNS of Oracle',
      'oracle',
      `"OWNER","TABLE_NAME","COLUMN_NAME","DATA_TYPE","DATA_LENGTH","DATA_PRECISION","DATA_SCALE","NULLABLE","COLUMN_ID"
"CRM","CUST","NAME","VARCHAR2","40","","","Y","2"
"CRM","CUST","ID","NUMBER","22","10","0","N","1"
"CRM","CUST","SINCE","DATE","7","","","Y","3"`,
      'CRM.CUST(ID NUMBER(10,0) integer!, NAME VARCHAR2(40) string, SINCE DATE timestamp) []',
    ],
    [
      'DBC.ColumnsV of Teradata',
      'teradata',
      `DatabaseName|TableName|ColumnName|ColumnFormat|ColumnTitle|ColumnType|ColumnLength|DefaultValue|Nullable|DecimalTotalDigits|DecimalFractionalDigits|ColumnId|CharType
DWH|ACCT|ACCT_ID|-(10)9||I |4||N|||1025|0
DWH|ACCT|NAME|X(30)||CV|60||Y|||1026|2
DWH|ACCT|AMT|--------.99||D |8||Y|15|2|1027|0`,
      'DWH.ACCT(ACCT_ID INTEGER integer!, NAME VARCHAR(30) string, AMT DECIMAL(15,2) decimal) []',
    ],
    [
      'SYSCAT.COLUMNS of DB2',
      'db2',
      `TABSCHEMA;TABNAME;COLNAME;COLNO;TYPENAME;LENGTH;SCALE;DEFAULT;NULLS;KEYSEQ;REMARKS
APP;ORDERS;ID;0;BIGINT;8;0;;N;1;Number
APP;ORDERS;NOTE;1;VARCHAR;200;0;;Y;;
APP;ORDERS;PRICE;2;DECIMAL;9;2;;Y;;`,
      'APP.ORDERS(ID BIGINT integer!, NOTE VARCHAR(200) string, PRICE DECIMAL(9,2) decimal) [ID]',
    ],
    [
      'sys.columns of SQL Server',
      'sqlserver',
      `schema_name,table_name,column_name,column_id,data_type,max_length,precision,scale,is_nullable,is_identity
dbo,Person,Id,1,int,4,10,0,0,1
dbo,Person,Name,2,nvarchar,100,0,0,1,0
dbo,Person,Bio,3,nvarchar,-1,0,0,1,0
dbo,Person,Pay,4,decimal,9,18,4,1,0`,
      'dbo.Person(Id int integer!, Name nvarchar(50) string, Bio nvarchar(MAX) string, Pay decimal(18,4) decimal) []',
    ],
    [
      'information_schema of MySQL',
      'mysql',
      `TABLE_SCHEMA,TABLE_NAME,COLUMN_NAME,ORDINAL_POSITION,IS_NULLABLE,DATA_TYPE,COLUMN_TYPE,COLUMN_KEY,EXTRA
shop,item,id,1,NO,int,int unsigned,PRI,auto_increment
shop,item,label,2,YES,varchar,varchar(30),,`,
      'shop.item(id int unsigned integer!, label varchar(30) string) [id]',
    ],
  ])('%s are recognised by their columns', (_, dialect, text, expected) => {
    expect(formatOf(text)).toBe('dictionary');
    expect(read(text).dialect).toBe(dialect);
    expect(shown(text)).toBe(expected);
  });

  it.each([
    ['customers', 'id,name,type,description\n1,Lamp,indoor,A lamp\n2,Chair,outdoor,A chair\n'],
    ['events', 'timestamp,table,column,value\n2020-01-01,7,3,0.5\n2020-01-02,7,4,0.25\n'],
    ['a restaurant', 'table,name,position\n1,Ann,window\n2,Bob,door\n'],
  ])('rows of %s stay data', (_, text) => {
    expect(formatOf(text)).toBe('csv');
  });

  it('name the line of a column that is listed twice', () => {
    const { tables, diagnostics } = read('table_name,column_name,data_type\nt,a,int\nt,A,int\n');
    expect([tables[0]?.columns.length, diagnostics[0]?.line]).toEqual([1, 3]);
  });
});

describe('mappings as a bundle writes them', () => {
  it('are read back: plain ones, merged columns, and a value for every row', () => {
    const { mappings } = read(
      [
        'source_schema,source_table,source_column,target_schema,target_table,target_column,status,confidence,transformation,expression,rationale',
        ',CUST,CITY,,customer,city,approved,0.9,direct,CITY,',
        `,CUST,FNAME + LNAME,,customer,full_name,approved,0.7,merge,"CONCAT_WS(' ', FNAME, LNAME)",`,
        ",CUST,,,customer,currency,approved,0.6,constant,'EUR',",
      ].join('\n'),
    );
    expect(mappings?.map(({ source, target, rule }) => [source.column, target?.column, rule])).toEqual([
      ['CITY', 'city', 'CITY'],
      ['FNAME + LNAME', 'full_name', "CONCAT_WS(' ', FNAME, LNAME)"],
      ['', 'currency', "'EUR'"],
    ]);
  });
});
