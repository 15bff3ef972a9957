// Writes the data files of the sample project: the same bytes on every run.
// Usage: node scripts/sample/generate.mjs [FOLDER]   (resources/sample unless given)
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sample = process.argv[2] ?? fileURLToPath(new URL('../../resources/sample/', import.meta.url));

let state = 20090417;
/** A linear congruential generator: reproducible on every platform. */
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 4294967296;
};
const int = (low, high) => low + Math.floor(random() * (high - low + 1));
const pick = (list) => list[int(0, list.length - 1)];
const chance = (share) => random() < share;
const pad = (value, width) => String(value).padStart(width, '0');
const ymd = (year, month, day) => `${year}${pad(month, 2)}${pad(day, 2)}`;
const date = (fromYear, toYear) => ymd(int(fromYear, toYear), int(1, 12), int(1, 28));
const dashed = (text) => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
const money = (cents) => (cents / 100).toFixed(2);

const first =
  'ANNA,BORIS,CARLA,DMITRI,ELENA,FARID,GRETA,HUGO,INES,JONAS,KARIN,LEO,MAYA,NILS,OLGA,PETRA,QUINN,ROSA,SAMIR,TESSA,UMA,VERA,WADE,YUSUF'.split(
    ',',
  );
const last =
  "ABERNATHY,BRANDT,CASTELLANO,DUBOIS,EKSTROM,FARROW,GALLAGHER,HOLLOWAY,IBARRA,JANSSEN,KOWALSKI,LINDQVIST,MERCER,NAKAMURA,O'DELL,PRUITT,QUIGLEY,RASMUSSEN,SANTORO,THORNE,UPTON,VASQUEZ,WINSLOW,YARROW,ZIMMER".split(
    ',',
  );
const companies = [
  'LAKESIDE BAKERY LLC',
  'NORTHGATE DENTAL GROUP',
  'HARBOR STEEL WORKS INC',
  'ST. BRENDAN PARISH',
  'PINE HOLLOW APARTMENTS',
  'CRESCENT COLD STORAGE',
  'MILLRACE BREWING CO',
];
const streets = [
  'ALDER ST',
  'BAYVIEW DR',
  'CANNERY RD',
  'DOCK ST',
  'ELM AVE',
  'FOUNDRY LN',
  'GRANITE CT',
  'HARBOR BLVD',
  'IRONWOOD WAY',
  'JUNIPER PL',
];
const cities = [
  ['NORTHLAKE', '49771'],
  ['PORT ANSEL', '49775'],
  ['CEDAR FALLS', '49782'],
  ['WHITE BLUFF', '49790'],
];

/** Quotes a field where the delimiter, a quote or a line break needs it. */
const field = (value, delimiter) => {
  const text = value === null || value === undefined ? '' : String(value);
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const write = (
  table,
  columns,
  rows,
  { delimiter = ',', encoding = 'utf8', lineEnd = '\n', folder = 'legacy/extracts' } = {},
) => {
  const lines = [columns, ...rows].map((row) => row.map((value) => field(value, delimiter)).join(delimiter));
  const path = join(sample, folder, `${table}.csv`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.from(lines.join(lineEnd) + lineEnd, encoding));
};

// RT_SCHD
const rates = [];
for (let i = 0; i < 40; i += 1) {
  const commodity = i % 3 === 2 ? 'W' : 'E';
  const cls = ['R', 'C', 'I'][Math.floor(i / 14)];
  rates.push([
    `${cls}${commodity}-${pad(i + 1, 2)}`,
    `${{ R: 'Residential', C: 'Commercial', I: 'Industrial' }[cls]} ${commodity === 'E' ? 'electric' : 'water'} ${i + 1}`,
    commodity,
    cls,
    money(int(500, 4500)),
    (int(3000, 19000) / 100000).toFixed(5),
    int(3, 12) * 100,
    (int(9000, 29000) / 100000).toFixed(5),
    date(2012, 2021),
    i % 7 === 3 ? '20231231' : '',
    `TS-${pad(100 + i, 4)}`,
  ]);
}
write(
  'RT_SCHD',
  'RT_SCHD_CD,RT_DESC,COMMODITY_CD,CUST_CLS,BASE_CHRG_AMT,TIER1_RT,TIER1_LMT,TIER2_RT,EFF_DT,END_DT,TARIFF_SHT_NO'.split(
    ',',
  ),
  rates,
);

// CUST_MSTR
const customers = [];
for (let i = 0; i < 400; i += 1) {
  const company = chance(0.12);
  const [given, family] = [pick(first), pick(last)];
  const [city, zip] = pick(cities);
  const id = 100001 + i;
  let birth = company ? '' : date(1938, 2004);
  if (i % 37 === 5) birth = '00000000';
  if (i === 88) birth = '19791345';
  if (i === 201) birth = '0229198';
  let name = company ? pick(companies) : `${family}, ${given}`;
  if (i % 61 === 7) name = `${given} ${family}`;
  if (i % 97 === 12) name = `  ${name} `;
  if (i === 140 || i === 311) name = '';
  let street = chance(0.1) ? `PO BOX ${int(100, 9999)}` : `${int(1, 9899)} ${pick(streets)}`;
  if (i % 83 === 30) street = `${int(1000, 9899)} ${pick(streets)} BUILDING ${int(1, 9)} UNIT ${int(100, 999)}`;
  const mail =
    company || chance(0.25) ? '' : `${given}.${family}`.toLowerCase().replaceAll("'", '') + `${int(1, 99)}@example.com`;
  customers.push([
    id,
    name,
    company ? pick(['C', 'C', 'I']) : 'R',
    company
      ? `${int(10, 99)}-${int(1000000, 9999999)}`
      : `${int(100, 899)}-${pad(int(1, 99), 2)}-${pad(int(1, 9999), 4)}`,
    birth,
    i === 55 ? 'not on file' : mail,
    chance(0.3) ? '' : `(555) ${int(200, 999)}-${pad(int(0, 9999), 4)}`,
    chance(0.5) ? '' : `555-${int(200, 999)}-${pad(int(0, 9999), 4)}`,
    street,
    city,
    'MI',
    chance(0.3) ? `${zip}-${pad(int(1, 9999), 4)}` : zip,
    i % 53 === 9 ? 'a' : pick(['A', 'A', 'A', 'A', 'I', 'D']),
    pick(['Y', 'N', 'N']),
    chance(0.03) ? 'Y' : chance(0.5) ? 'N' : '',
    `NLK${pad(int(1, 999999), 7)}`,
    `${dashed(date(2009, 2023))} ${pad(int(7, 18), 2)}:${pad(int(0, 59), 2)}:00`,
    pick(['BATCH', 'KWILSON', 'TMORROW']),
  ]);
}
customers.push([...customers[17]], [...customers[230]]);
customers[401][6] = '(555) 000-0000';
write(
  'CUST_MSTR',
  'CUST_ID,CUST_NM,CUST_TYP,TAX_ID_NBR,BRTH_DT,EMAIL_ADDR,HM_PH_NBR,MBL_PH_NBR,MAIL_ADDR_LN1,MAIL_CITY_NM,MAIL_ST_CD,MAIL_ZIP_CD,STAT_CD,PAPERLESS_FLG,LIFE_SUPRT_IND,XREF_LEGACY_ID,CRT_TS,UPD_USR_ID'.split(
    ',',
  ),
  customers,
);

// SERV_LOC, Windows-1252 with CR LF as the mainframe gateway writes it
const locations = [];
for (let i = 0; i < 360; i += 1) {
  const [city, zip] = pick(cities);
  locations.push([
    50001 + i,
    i === 77 ? '' : `${int(1, 9899)} ${pick(streets)}${chance(0.15) ? ` APT ${int(1, 40)}` : ''}`,
    city,
    'MI',
    zip,
    (45.2 + random() / 3).toFixed(6),
    (-84.9 - random() / 3).toFixed(6),
    pick(['SFR', 'SFR', 'SFR', 'MFR', 'COM', 'IND']),
    int(1, 4),
    int(1, 9),
    `R${pad(int(1, 24), 3)}`,
    chance(0.12)
      ? pick(['Gate code at café entrance', 'Dog – call first', 'Meter in basement', 'Key at front desk, ask for José'])
      : '',
    `T${int(10, 99)}-${int(100, 999)}`,
  ]);
}
write(
  'SERV_LOC',
  'SERV_LOC_ID,SERV_LOC_ADDR,SERV_LOC_CITY,SERV_LOC_ST,SERV_LOC_ZIP,LATTD,LONGTD,PREM_TYP_CD,DWELL_UNIT_CNT,ZONE_NBR,RTE_NBR,ACCS_INSTR_TXT,GIS_TILE_REF'.split(
    ',',
  ),
  locations.map((row) => row.map((value) => (typeof value === 'string' ? value.replaceAll('–', '\u0096') : value))),
  { encoding: 'latin1', lineEnd: '\r\n' },
);

// ACCT
const accounts = [];
for (let i = 0; i < 450; i += 1) {
  const opened = date(2005, 2023);
  const closed = chance(0.12);
  let customer = 100001 + (i < 400 ? i : int(0, 399));
  if (i === 33 || i === 190 || i === 404) customer = 199000 + i;
  accounts.push([
    700001 + i,
    `${pad(int(10, 99), 2)}-${pad(i + 1, 6)}-${i % 10}`,
    customer,
    chance(0.03) ? '' : 50001 + int(0, 359),
    pick(['RE', 'RE', 'RE', 'CO', 'IN', 'MU', 'EM']),
    int(1, 20),
    opened,
    closed ? (i % 4 === 0 ? ymd(Number(opened.slice(0, 4)) - 1, 6, 30) : '20240131') : '00000000',
    closed ? pick(['C', 'F']) : 'A',
    pick(['A', 'B', 'C', '']),
    chance(0.4) ? int(50, 400) * 100 : '',
    pick(['Y', 'N', 'N']),
    money(int(-5000, 60000)),
    int(10000, 99999),
  ]);
}
write(
  'ACCT',
  'ACCT_ID,CUST_ACCT_NBR,CUST_ID,SERV_LOC_ID,ACCT_TYP,BILL_CYC_CD,OPN_DT,CLS_DT,STAT_CD,CR_RTG_CD,DEP_AMT_CENTS,AUTO_PAY_FLG,CURR_BAL_AMT,LST_STMT_BTCH_NO'.split(
    ',',
  ),
  accounts,
);

// SVC_PNT and MTR
const points = [];
const meters = [];
for (let i = 0; i < 520; i += 1) {
  const account = accounts[i % 450];
  const rate = pick(rates);
  points.push([
    300001 + i,
    i === 260 ? 59999 : account[3] === '' ? 50001 + int(0, 359) : account[3],
    chance(0.04) ? '' : account[0],
    rate[2],
    i === 111 ? 'ZZ-99' : rate[0],
    account[6],
    account[7] === '00000000' ? '' : account[7],
    rate[2] === 'E' ? pick(['120/240', '120/240', '277/480']) : '',
    pick(['A', 'A', 'A', 'I']),
  ]);
  const removed = chance(0.05);
  meters.push([
    900001 + i,
    i === 310 ? '' : `${pick(['NL', 'AC', 'IT'])}${pad(4000000 + i * 17, 9)}`,
    300001 + i,
    pick(['Actavia Metering', 'Lumen & Hale', 'Boreal Instruments', '']),
    pick(['E-210', 'E-350X', 'W-15', 'W-20R']),
    i % 71 === 20 ? '00000000' : date(2003, 2022),
    removed ? '20230930' : '00000000',
    int(4, 6),
    pick(['1.000', '1.000', '1.000', '40.000', '80.000']),
    pick(['Y', 'N']),
    chance(0.5) ? date(2015, 2023) : '',
    removed ? 'R' : 'A',
    chance(0.2) ? `C${pad(int(1, 9999), 5)}` : '',
  ]);
}
write(
  'SVC_PNT',
  'SVC_PNT_ID,SERV_LOC_ID,ACCT_ID,COMMODITY_CD,RT_SCHD_CD,EFF_DT,END_DT,VOLT_LVL,STAT_CD'.split(','),
  points,
);
write(
  'MTR',
  'MTR_ID,MTR_SER_NBR,SVC_PNT_ID,MFR_NM,MDL_NBR,INSTL_DT,RMVL_DT,DIAL_CNT,MULT_FCTR,AMR_FLG,LST_TST_DT,STAT_CD,CALIB_SHEET_NO'.split(
    ',',
  ),
  meters,
);

// MTR_READ, pipe-delimited as the handheld system writes it
const reads = [];
for (let i = 0; i < 1990; i += 1) {
  const meter = 900001 + (i % 520);
  const month = Math.floor(i / 520) + 1;
  const previous = int(1000, 80000);
  const usage = i % 331 === 40 ? -int(10, 90) : int(0, 1900);
  const electric = points[meter - 900001][3] === 'E';
  reads.push([
    10000001 + i,
    i % 499 === 250 ? 990000 + (i % 7) : meter,
    i % 401 === 99 ? '00000000' : ymd(2024, month, int(1, 28)),
    `${pad(int(6, 18), 2)}${pad(int(0, 59), 2)}${pad(int(0, 59), 2)}`,
    previous.toFixed(1),
    (previous + usage).toFixed(1),
    i % 449 === 71 ? '' : usage.toFixed(1),
    electric && chance(0.5) ? (int(100, 4000) / 100).toFixed(2) : '',
    pick(['H', 'A', 'A', 'E']),
    chance(0.06) ? 'Y' : 'N',
    chance(0.5) ? `RD${pad(int(1, 30), 3)}` : 'AMI',
  ]);
}
for (const index of [3, 700, 701, 1500]) reads.push([...reads[index]]);
write(
  'MTR_READ',
  'READ_ID,METER_ID,READ_DT,READ_TM,PREV_READ,CURR_READ,KWH_USAGE,DMND_KW,READ_TYP_CD,EST_FLG,RDR_ID'.split(','),
  reads,
  { delimiter: '|' },
);

// BILL_HDR and BILL_DTL
const bills = [];
const details = [];
for (let i = 0; i < 900; i += 1) {
  const account = accounts[i % 450];
  const month = Math.floor(i / 450) + 1;
  const number = 20240000001 + i;
  const kwh = int(80, 1900);
  const energy = kwh * int(9, 18);
  const base = int(500, 4500);
  const tax = Math.round((energy + base) * 0.06);
  const previous = chance(0.3) ? int(1000, 20000) : 0;
  const wrongTotal = i % 173 === 60 ? 1000 : 0;
  bills.push([
    number,
    account[0],
    ymd(2024, month + 1, 3),
    i % 211 === 80 ? '20240231' : ymd(2024, month + 1, 24),
    ymd(2024, month, 1),
    ymd(2024, month, 28),
    kwh.toFixed(1),
    money(previous),
    money(energy + base),
    money(tax),
    money(previous + energy + base + tax + wrongTotal),
    pick(['PD', 'PD', 'OP', 'OD']),
    pick(['Y', 'N']),
  ]);
  const point = 300001 + (i % 450);
  details.push([
    number,
    1,
    point,
    'BASE',
    'Customer charge',
    '1.0',
    'EA',
    (base / 100).toFixed(5),
    money(base),
    '4400-1001',
  ]);
  details.push([
    number,
    2,
    point,
    'ENGY',
    'Energy, tier 1',
    kwh.toFixed(1),
    'KWH',
    (energy / kwh / 100).toFixed(5),
    money(energy),
    '4400-2001',
  ]);
  if (i % 6 === 0)
    details.push([
      i === 660 ? 20249999999 : number,
      3,
      point,
      'TAX',
      'State tax "6 %"',
      '',
      '',
      '',
      money(tax),
      '2300-0600',
    ]);
}
write(
  'BILL_HDR',
  'BILL_NBR,ACCT_ID,BILL_DT,DUE_DT,PER_STRT_DT,PER_END_DT,KWH_TOT,PREV_BAL_AMT,CURR_CHRG_AMT,TAX_AMT,TOT_DUE_AMT,BILL_STAT,PRNT_FLG'.split(
    ',',
  ),
  bills,
);
write(
  'BILL_DTL',
  'BILL_NBR,LN_NBR,SVC_PNT_ID,CHRG_TYP_CD,CHRG_DESC,QTY,UOM_CD,UNIT_PRC,LN_AMT,GL_ACCT_NBR'.split(','),
  details,
);

// PMT
const payments = [];
for (let i = 0; i < 800; i += 1) {
  const bill = bills[i];
  const method = pick(['CK', 'CC', 'AC', 'CA']);
  const day = ymd(2024, Number(bill[2].slice(4, 6)), int(4, 28));
  payments.push([
    5000001 + i,
    i % 263 === 100 ? 999999 : bill[1],
    chance(0.1) ? '' : bill[0],
    day,
    i === 345 ? 'N/A' : Math.round(Number(bill[10]) * 100),
    method,
    method === 'CK' ? int(100, 9999) : '',
    `B${day.slice(2)}`,
    chance(0.02) ? 'Y' : 'N',
    `${dashed(day)} ${pad(int(17, 22), 2)}:${pad(int(0, 59), 2)}:${pad(int(0, 59), 2)}.000000`,
  ]);
}
write(
  'PMT',
  'PMT_ID,ACCT_ID,BILL_NBR,PMT_DT,PMT_AMT_CENTS,PMT_MTHD_CD,CHK_NBR,BTCH_ID,RVRSL_IND,POST_TS'.split(','),
  payments,
);

// CUST_DIM: what the customer dimension held before the load, for the lookup of the PowerCenter mapping
const dimension = [];
for (const row of customers.slice(0, 400)) {
  const [family, given] = row[1].trim().split(', ');
  if (family === '' || row[0] % 4 === 3) continue;
  const owned = accounts.filter((account) => account[2] === row[0]);
  const kind = { R: 'residential', C: 'commercial', I: 'industrial' }[row[2]];
  const opened = owned.map((account) => account[6]).sort()[0];
  const deposits = owned.reduce((sum, account) => sum + Number(account[10]), 0);
  dimension.push([
    row[0],
    row[0] % 10 === 1 ? `${family}X` : family,
    given ? given[0] + given.slice(1).toLowerCase() : '',
    kind,
    '',
    row[5].includes('@') ? row[5] : '',
    row[6].replaceAll(/[() -]/g, ''),
    row[13] === 'Y' ? 1 : 0,
    owned.length,
    owned.filter((account) => account[8] === 'A').length,
    money(deposits),
    opened ? dashed(opened) : '',
    '2024-05-31',
  ]);
}
write(
  'CUST_DIM',
  'CUST_ID,LAST_NAME,FIRST_NAME,CUST_TYPE_DESC,BIRTH_DT,EMAIL,PHONE_DIGITS,PAPERLESS_IND,ACCT_CNT,OPEN_ACCT_CNT,DEPOSIT_AMT,FIRST_OPEN_DT,LOAD_DT'.split(
    ',',
  ),
  dimension,
  { folder: 'etl/data' },
);
