import type { Pair } from '../pair.ts';

/** Nothing is to be derived: every target column has its own, and what looks like parts has values that are none. */
export const plainMove: Pair = {
  name: 'plain move with decoys, English',
  source: `
CREATE TABLE EMPLOYEE (EMP_ID INTEGER NOT NULL PRIMARY KEY, FIRST_NM VARCHAR(30), LAST_NM VARCHAR(30), FULL_NM VARCHAR(70), HIRE_DT DATE, HIRE_TM CHAR(6), HIRE_TS TIMESTAMP,
  STREET VARCHAR(40), HOUSE_NO VARCHAR(8), AREA_CD CHAR(4), PHONE_NO VARCHAR(20), NET_AMT DECIMAL(9,2), TAX_AMT DECIMAL(9,2), GROSS_AMT DECIMAL(9,2));
CREATE TABLE PRODUCT (PROD_ID INTEGER NOT NULL PRIMARY KEY, PROD_NM VARCHAR(60), RELEASE_YR INTEGER, RELEASE_MO INTEGER, RELEASE_DY INTEGER, LIST_PRC DECIMAL(9,2), QTY INTEGER);`,
  target: `
CREATE TABLE employee (employee_id INTEGER NOT NULL PRIMARY KEY, first_name VARCHAR(30), last_name VARCHAR(30), full_name VARCHAR(70), hire_date DATE, hire_time CHAR(6), hire_timestamp TIMESTAMP,
  street VARCHAR(40), house_number VARCHAR(8), area_code CHAR(4), phone_number VARCHAR(20), net_amount DECIMAL(9,2), tax_amount DECIMAL(9,2), gross_amount DECIMAL(9,2));
CREATE TABLE product (product_id INTEGER NOT NULL PRIMARY KEY, product_name VARCHAR(60), release_year INTEGER, release_month INTEGER, release_day INTEGER, release_date DATE, list_price DECIMAL(9,2), quantity INTEGER);`,
  rows: {
    EMPLOYEE: ['1|Ann|Lee|Ann Lee|2020-01-02|081500|2020-01-02 08:15:00|Oak|1|0217|555 1234|100.00|20.00|120.00'],
    PRODUCT: ['1|Pump|20|301|77|9.90|5', '2|Pipe|21|302|78|1.20|9', '3|Valve|22|303|79|3.40|2'],
  },
  truth: {},
};
