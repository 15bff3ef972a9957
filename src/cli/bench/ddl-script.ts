/** A made-up script as a large legacy system dumps it: tables, keys, indexes and comments in the words of Oracle. */

const words = 'ACCT CUST ADDR BILL METER READ RATE PLAN ITEM ORDER LINE STATUS TYPE DATE AMT CODE NOTE REF'.split(' ');
const types = [
  'NUMBER(10,0)',
  'VARCHAR2(60 CHAR)',
  'DATE',
  'NUMBER(15,2) DEFAULT 0',
  'TIMESTAMP (6) WITH TIME ZONE',
  'CHAR(1 BYTE)',
];
const statementsATable = 10;

/** `statements` statements, one piece a table of ten: its CREATE, its primary and foreign key, an index, comments. */
export function* ddlScript(statements: number): Generator<string> {
  for (let table = 0, left = statements; left > 0; table += 1, left -= statementsATable) {
    yield tableStatements(table).slice(0, left).join('');
  }
}

function tableStatements(table: number): readonly string[] {
  const name = `"LEGACY"."${word(table)}_${word(table + 5)}_${table}"`;
  const columns = Array.from({ length: 8 + (table % 12) }, (_, i) => `${word(table + i)}_${i}`);
  const items = columns.map((column, i) => `\t"${column}" ${type(table + i)}${i < 2 ? ' NOT NULL ENABLE' : ''}`);
  const first = columns[0] ?? '';
  return [
    `CREATE TABLE ${name} (\n${items.join(',\n')}\n) SEGMENT CREATION IMMEDIATE PCTFREE 10 INITRANS 1\n  STORAGE(INITIAL 65536 NEXT 1048576 MINEXTENTS 1 MAXEXTENTS 2147483645\n  PCTINCREASE 0 FREELISTS 1 FREELIST GROUPS 1\n  BUFFER_POOL DEFAULT FLASH_CACHE DEFAULT CELL_FLASH_CACHE DEFAULT)\n  TABLESPACE "USERS" ;\n\n`,
    `ALTER TABLE ${name} ADD CONSTRAINT "PK_${table}" PRIMARY KEY ("${first}") USING INDEX TABLESPACE "IDX" ENABLE;\n`,
    `CREATE INDEX "LEGACY"."IX_${table}" ON ${name} ("${columns[1]}", "${columns[2]}" DESC) TABLESPACE "IDX" ;\n`,
    `COMMENT ON TABLE ${name} IS 'Entity ${table}; kept since 1994, it''s still in use';\n`,
    `ALTER TABLE ${name} ADD CONSTRAINT "CK_${table}" CHECK ("${columns[3]}" IS NOT NULL OR "${first}" > 0) ENABLE;\n`,
    ...columns
      .slice(0, 4)
      .map(
        (column) =>
          `COMMENT ON COLUMN ${name}."${column}" IS 'What ${column} holds: as entered by the clerk, checked at night; empty means not known, never zero';\n`,
      ),
    `GRANT SELECT, INSERT, UPDATE ON ${name} TO "APP_READER";\n`,
  ];
}

const word = (index: number): string => words[index % words.length] ?? 'X';
const type = (index: number): string => types[index % types.length] ?? 'DATE';
