import type { Pair } from '../pair.ts';

/** English abbreviations of a billing system of the eighties. */
export const waterUtility: Pair = {
  name: 'water utility, English',
  source: `
CREATE TABLE CUST_MST (CUST_ID INTEGER NOT NULL PRIMARY KEY, FNAME VARCHAR(30), MNAME VARCHAR(30), LNAME VARCHAR(30), ADDR1 VARCHAR(60), ADDR2 VARCHAR(60),
  PH_AREA_CD CHAR(3), PH_NBR CHAR(8), BIRTH_YR INTEGER, BIRTH_MO INTEGER, BIRTH_DY INTEGER, STAT_CD CHAR(1), EMAIL VARCHAR(80));
CREATE TABLE MTR_READ (READ_ID INTEGER NOT NULL PRIMARY KEY, MTR_NBR VARCHAR(12), READ_DT DATE, READ_TM CHAR(6), USG_QTY DECIMAL(12,3), UNIT_PRC DECIMAL(9,4), EST_FLG CHAR(1));
CREATE TABLE BILL_HDR (BILL_ID INTEGER NOT NULL PRIMARY KEY, CUST_ID INTEGER, BILL_DT DATE, NET_AMT DECIMAL(11,2), TAX_AMT DECIMAL(11,2), DUE_DT DATE);`,
  target: `
CREATE TABLE customer (customer_id INTEGER NOT NULL PRIMARY KEY, full_name VARCHAR(100) NOT NULL, address VARCHAR(130), phone_number VARCHAR(20), birth_date DATE,
  email VARCHAR(80), status_code CHAR(1), is_active BOOLEAN NOT NULL, source_system VARCHAR(20) NOT NULL, country_code CHAR(2) NOT NULL CHECK (country_code IN ('US')));
CREATE TABLE meter_reading (reading_id INTEGER NOT NULL PRIMARY KEY, meter_number VARCHAR(12), read_timestamp TIMESTAMP, usage_quantity DECIMAL(12,3), unit_price DECIMAL(9,4),
  total_amount DECIMAL(12,2), is_estimated BOOLEAN, read_year INTEGER);
CREATE TABLE bill (bill_id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER, bill_date DATE, net_amount DECIMAL(11,2), tax_amount DECIMAL(11,2), gross_amount DECIMAL(11,2),
  due_date DATE, currency_code CHAR(3) DEFAULT 'USD' NOT NULL, loaded_at TIMESTAMP NOT NULL);`,
  rows: {
    CUST_MST: [
      '1|Ann|B|Miller|12 Oak St|Apt 4|217|555-0101|1961|4|30|A|ann@mail.example',
      '2|Bob||Stone|7 Elm Rd||217|555-0102|1975|12|1|A|bob@mail.example',
      '3|Cy|D|Ford|99 Main St|Suite 2|312|555-0103|1990|2|28|I|cy@mail.example',
      '4|Di||Lake|1 Hill Ln||312|555-0104|1983|7|14|A|di@mail.example',
    ],
    MTR_READ: [
      '10|M-001|2024-01-31|080500|120.500|1.2000|N',
      '11|M-002|2024-01-31|091500|80.000|1.2000|N',
      '12|M-001|2024-02-29|143000|101.250|1.2500|Y',
    ],
    BILL_HDR: ['100|1|2024-02-01|144.60|8.68|2024-02-21', '101|2|2024-02-01|96.00|5.76|2024-02-21'],
  },
  truth: {
    'customer.full_name': { type: 'merge', sources: ['FNAME', 'MNAME', 'LNAME'] },
    'customer.address': { type: 'merge', sources: ['ADDR1', 'ADDR2'] },
    'customer.phone_number': { type: 'merge', sources: ['PH_AREA_CD', 'PH_NBR'] },
    'customer.birth_date': { type: 'merge', sources: ['BIRTH_YR', 'BIRTH_MO', 'BIRTH_DY'] },
    'customer.is_active': { type: 'constant', sources: [] },
    'customer.source_system': { type: 'constant', sources: [] },
    'customer.country_code': { type: 'constant', sources: [] },
    'meter_reading.read_timestamp': { type: 'merge', sources: ['READ_DT', 'READ_TM'] },
    'meter_reading.total_amount': { type: 'calculated', sources: ['USG_QTY', 'UNIT_PRC'] },
    'meter_reading.read_year': { type: 'calculated', sources: ['READ_DT'] },
    'bill.gross_amount': { type: 'calculated', sources: ['NET_AMT', 'TAX_AMT'] },
    'bill.currency_code': { type: 'constant', sources: [] },
    'bill.loaded_at': { type: 'constant', sources: [] },
  },
};
