/** One schema as each database writes it: the model is the same, whichever script it comes from. */
import { describe, expect, it } from 'vitest';
import type { Dialect, Table } from '../../../shared/model/schema.ts';
import { readDdl } from './read-ddl.ts';

const scripts: Readonly<Partial<Record<Dialect, string>>> = {
  oracle: `CREATE TABLE "CUSTOMER" ("ID" NUMBER(10,0) GENERATED ALWAYS AS IDENTITY, "NAME" VARCHAR2(40 CHAR) DEFAULT 'x' NOT NULL ENABLE, "NOTE" CLOB DEFAULT NULL,
  "BALANCE" NUMBER(12,2) DEFAULT 0, "CREATED" TIMESTAMP (6) NOT NULL ENABLE, "CODE" CHAR(3 CHAR), "RATIO" BINARY_DOUBLE,
  CONSTRAINT "C_PK" PRIMARY KEY ("ID") USING INDEX PCTFREE 10 TABLESPACE "USERS" ENABLE, CONSTRAINT "C_CK" CHECK (balance >= 0) ENABLE) SEGMENT CREATION IMMEDIATE;
COMMENT ON COLUMN "CUSTOMER"."NAME" IS 'full name';
CREATE TABLE "ORDERS" ("ID" NUMBER(10,0) NOT NULL ENABLE, "CUSTOMER_ID" NUMBER(10,0), CONSTRAINT "O_PK" PRIMARY KEY ("ID"));
ALTER TABLE "ORDERS" ADD CONSTRAINT "O_FK" FOREIGN KEY ("CUSTOMER_ID") REFERENCES "CUSTOMER" ("ID") ENABLE;
CREATE INDEX "O_IX" ON "ORDERS" ("CUSTOMER_ID");`,
  sqlserver: `CREATE TABLE [Customer]([Id] [int] IDENTITY(1,1) NOT NULL, [Name] [nvarchar](40) NOT NULL CONSTRAINT [DF_N] DEFAULT ('x'), [Note] [nvarchar](max) NULL,
  [Balance] [decimal](12, 2) NULL CONSTRAINT [DF_B] DEFAULT ((0)), [Created] [datetime2](6) NOT NULL, [Code] [nchar](3) NULL, [Ratio] [float] NULL,
  CONSTRAINT [C_PK] PRIMARY KEY CLUSTERED ([Id] ASC) ON [PRIMARY], CONSTRAINT [C_CK] CHECK ((balance >= 0))) ON [PRIMARY]
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'full name', @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Customer', @level2type=N'COLUMN',@level2name=N'Name'
GO
CREATE TABLE [Orders]([Id] [int] NOT NULL PRIMARY KEY, [Customer_Id] [int] NULL)
GO
ALTER TABLE [Orders] WITH CHECK ADD CONSTRAINT [O_FK] FOREIGN KEY([Customer_Id]) REFERENCES [Customer] ([Id])
GO
CREATE NONCLUSTERED INDEX [O_IX] ON [Orders] ([Customer_Id] ASC)
GO`,
  postgres: `CREATE TABLE customer (id integer GENERATED ALWAYS AS IDENTITY, name character varying(40) DEFAULT 'x' NOT NULL, note text DEFAULT NULL::text,
  balance numeric(12,2) DEFAULT 0, created timestamp(6) without time zone NOT NULL, code character(3), ratio double precision, CONSTRAINT c_ck CHECK ((balance >= 0)));
ALTER TABLE ONLY customer ADD CONSTRAINT c_pk PRIMARY KEY (id);
COMMENT ON COLUMN customer.name IS 'full name';
CREATE TABLE orders (id integer NOT NULL, customer_id integer);
ALTER TABLE ONLY orders ADD CONSTRAINT o_pk PRIMARY KEY (id);
ALTER TABLE ONLY orders ADD CONSTRAINT o_fk FOREIGN KEY (customer_id) REFERENCES customer(id);
CREATE INDEX o_ix ON orders USING btree (customer_id);`,
  mysql: `CREATE TABLE \`customer\` (\`id\` int NOT NULL AUTO_INCREMENT, \`name\` varchar(40) NOT NULL DEFAULT 'x' COMMENT 'full name', \`note\` longtext, \`balance\` decimal(12,2) DEFAULT 0,
  \`created\` datetime(6) NOT NULL, \`code\` char(3) DEFAULT NULL, \`ratio\` double DEFAULT NULL, PRIMARY KEY (\`id\`), CONSTRAINT \`c_ck\` CHECK ((balance >= 0))) ENGINE=InnoDB;
CREATE TABLE \`orders\` (\`id\` int NOT NULL, \`customer_id\` int DEFAULT NULL, PRIMARY KEY (\`id\`), KEY \`o_ix\` (\`customer_id\`),
  CONSTRAINT \`o_fk\` FOREIGN KEY (\`customer_id\`) REFERENCES \`customer\` (\`id\`));`,
  db2: `CREATE TABLE "CUSTOMER" ("ID" INTEGER NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH +1), "NAME" VARCHAR(40 OCTETS) NOT NULL WITH DEFAULT 'x', "NOTE" CLOB(1048576 OCTETS),
  "BALANCE" DECIMAL(12,2) WITH DEFAULT 0, "CREATED" TIMESTAMP NOT NULL, "CODE" CHAR(3 OCTETS), "RATIO" DOUBLE) IN "TS";
ALTER TABLE "CUSTOMER" ADD CONSTRAINT "C_PK" PRIMARY KEY ("ID") ENFORCED;
ALTER TABLE "CUSTOMER" ADD CONSTRAINT "C_CK" CHECK (balance >= 0) ENFORCED;
COMMENT ON COLUMN "CUSTOMER"."NAME" IS 'full name';
CREATE TABLE "ORDERS" ("ID" INTEGER NOT NULL, "CUSTOMER_ID" INTEGER);
ALTER TABLE "ORDERS" ADD CONSTRAINT "O_PK" PRIMARY KEY ("ID");
ALTER TABLE "ORDERS" ADD CONSTRAINT "O_FK" FOREIGN KEY ("CUSTOMER_ID") REFERENCES "CUSTOMER" ("ID") ON DELETE NO ACTION;
CREATE INDEX "O_IX" ON "ORDERS" ("CUSTOMER_ID" ASC) ALLOW REVERSE SCANS;`,
  teradata: `CREATE MULTISET TABLE CUSTOMER, FALLBACK (ID INTEGER NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 1), NAME VARCHAR(40) CHARACTER SET UNICODE NOT CASESPECIFIC NOT NULL DEFAULT 'x',
  NOTE CLOB(2097088000), BALANCE DECIMAL(12,2) DEFAULT 0, CREATED TIMESTAMP(6) NOT NULL, CODE CHAR(3), RATIO FLOAT, CONSTRAINT C_PK PRIMARY KEY (ID), CHECK (balance >= 0));
COMMENT ON COLUMN CUSTOMER.NAME AS 'full name';
CREATE SET TABLE ORDERS (ID INTEGER NOT NULL PRIMARY KEY, CUSTOMER_ID INTEGER, FOREIGN KEY (CUSTOMER_ID) REFERENCES WITH NO CHECK OPTION CUSTOMER (ID)) INDEX O_IX (CUSTOMER_ID);`,
  snowflake: `create or replace TABLE CUSTOMER (ID INTEGER NOT NULL autoincrement start 1 increment 1, NAME VARCHAR(40) NOT NULL DEFAULT 'x' COMMENT 'full name', NOTE STRING, BALANCE NUMBER(12,2) DEFAULT 0,
  CREATED TIMESTAMP_NTZ(6) NOT NULL, CODE CHAR(3), RATIO FLOAT, constraint C_PK primary key (ID), CHECK (balance >= 0));
create or replace TABLE ORDERS (ID INTEGER NOT NULL, CUSTOMER_ID INTEGER, primary key (ID), constraint O_FK foreign key (CUSTOMER_ID) references CUSTOMER(ID));
create index O_IX on ORDERS (CUSTOMER_ID);`,
  sybase: `create table customer (id int identity not null, name univarchar(40) default 'x' not null, note text null, balance decimal(12,2) default 0 null, created bigdatetime not null, code unichar(3) null,
  ratio float null, constraint c_pk primary key clustered (id), constraint c_ck check (balance >= 0)) lock datarows
go
create table orders (id int not null, customer_id int null, constraint o_pk primary key (id), constraint o_fk foreign key (customer_id) references customer(id))
go
create nonclustered index o_ix on orders (customer_id)
go`,
};

/** Everything that no database says in its own way: raw types, defaults' spelling and comments that some lack. */
function essence({ name, columns, primaryKey, foreignKeys, indexes, checks }: Table): unknown {
  const lower = (names: readonly string[]): readonly string[] => names.map((text) => text.toLowerCase());
  return {
    name: name.toLowerCase(),
    columns: columns.map(({ name: column, type, length, precision, scale, timeZone, nullable, identity, ...rest }) => ({
      name: column.toLowerCase(),
      type: [type, length, precision, type === 'decimal' ? scale : null, timeZone],
      nullable,
      identity,
      default: rest.default?.replace(/[()']/g, '') ?? null,
    })),
    primaryKey: lower(primaryKey),
    foreignKeys: foreignKeys.map((key) => [
      lower(key.columns),
      lower([key.references.table, ...key.references.columns]),
    ]),
    indexes: indexes.map((index) => [lower(index.columns), index.unique]),
    checks: lower(checks),
  };
}

describe('the same schema in two dialects', () => {
  const dialects = Object.keys(scripts) as readonly Dialect[];
  const models = new Map(
    dialects.map((dialect) => {
      const { tables, diagnostics } = readDdl(scripts[dialect] ?? '', { file: `${dialect}.sql`, dialect });
      return [dialect, { tables: tables.map(essence), diagnostics }];
    }),
  );

  it.each(dialects.slice(1))('is one model: oracle and %s', (dialect) => {
    expect(models.get(dialect)).toEqual(models.get('oracle'));
  });
});
