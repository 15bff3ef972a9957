/** A customer's legacy ETL, made up: many small exports that feed each other, one to finish by hand, one very large. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MappingSpec, type TransformationSpec, powerCenterXml } from '../support/powercenter-xml.ts';

const id = { name: 'ID', type: 'number(p,s)', key: true };
const amount = { name: 'AMOUNT', type: 'number(p,s)' };
const label = { name: 'LABEL', type: 'varchar2', precision: 40 };
const port = (name: string, type = 'decimal') => ({ name, type, port: 'INPUT/OUTPUT', precision: 20 });

/** Loads `T_n+1` from `T_n`, so that each job comes after the one before. */
function link(n: number): MappingSpec {
  const [from, to] = [`T_${n}`, `T_${n + 1}`];
  return {
    sources: { [from]: [id, amount, label] },
    targets: { [to]: [id, amount, label] },
    transformations: [
      {
        name: 'EXP_CLEAN',
        type: 'Expression',
        ports: [
          port('ID'),
          port('AMOUNT'),
          port('LABEL', 'string'),
          {
            name: 'OUT_LABEL',
            type: 'string',
            port: 'OUTPUT',
            precision: 40,
            expression: "IIF(ISNULL(LABEL), 'none', UPPER(LTRIM(RTRIM(LABEL))))",
          },
          {
            name: 'OUT_AMOUNT',
            type: 'decimal',
            port: 'OUTPUT',
            precision: 20,
            expression: `ROUND(AMOUNT * ${n + 1}, 2)`,
          },
        ],
      },
      {
        name: 'FIL_KEEP',
        type: 'Filter',
        ports: [port('ID'), port('AMOUNT'), port('LABEL', 'string')],
        attributes: { 'Filter Condition': 'ID > 0 AND NOT ISNULL(AMOUNT)' },
      },
    ],
    connectors: [
      `SQ_${from}.ID>EXP_CLEAN.ID`,
      `SQ_${from}.AMOUNT>EXP_CLEAN.AMOUNT`,
      `SQ_${from}.LABEL>EXP_CLEAN.LABEL`,
      'EXP_CLEAN.ID>FIL_KEEP.ID',
      'EXP_CLEAN.OUT_AMOUNT>FIL_KEEP.AMOUNT',
      'EXP_CLEAN.OUT_LABEL>FIL_KEEP.LABEL',
      `FIL_KEEP.ID>${to}.ID`,
      `FIL_KEEP.AMOUNT>${to}.AMOUNT`,
      `FIL_KEEP.LABEL>${to}.LABEL`,
    ],
  };
}

/** A procedure stands in the middle: no rule can know what it does. */
const withProcedure: MappingSpec = {
  sources: { ORDERS: [id, amount] },
  targets: { T_AUDITED: [id, amount] },
  transformations: [
    {
      name: 'FIL_POSITIVE',
      type: 'Filter',
      ports: [port('ID'), port('AMOUNT')],
      attributes: { 'Filter Condition': 'AMOUNT > 0' },
    },
    { name: 'SP_AUDIT', type: 'Stored Procedure', ports: [port('ID'), port('AMOUNT')] },
  ],
  connectors: [
    'SQ_ORDERS.ID>FIL_POSITIVE.ID',
    'SQ_ORDERS.AMOUNT>FIL_POSITIVE.AMOUNT',
    'FIL_POSITIVE.ID>SP_AUDIT.ID',
    'FIL_POSITIVE.AMOUNT>SP_AUDIT.AMOUNT',
    'SP_AUDIT.ID>T_AUDITED.ID',
    'SP_AUDIT.AMOUNT>T_AUDITED.AMOUNT',
  ],
};

/** `lanes` chains of `length` filters from one source to one target. */
function large(lanes: number, length: number): MappingSpec {
  const filters: TransformationSpec[] = [];
  const connectors: string[] = [];
  for (let lane = 0; lane < lanes; lane += 1) {
    let before = 'SQ_BIG';
    for (let step = 0; step < length; step += 1) {
      const name = `FIL_${lane}_${step}`;
      filters.push({
        name,
        type: 'Filter',
        ports: [port('ID')],
        attributes: { 'Filter Condition': `ID != ${lane * length + step}` },
      });
      connectors.push(`${before}.ID>${name}.ID`);
      before = name;
    }
    connectors.push(`${before}.ID>BIG_OUT_${lane}.ID`);
  }
  return {
    sources: { BIG: [id] },
    targets: Object.fromEntries(Array.from({ length: lanes }, (_, lane) => [`BIG_OUT_${lane}`, [id]])),
    transformations: filters,
    connectors,
  };
}

/** Writes the exports; the links are `jobs` many. */
export function writeLegacyEstate(folder: string, jobs: number): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, spec: MappingSpec): void => writeFileSync(join(folder, name), powerCenterXml(spec));
  for (let n = 0; n < jobs; n += 1) write(`wf_link_${String(n).padStart(3, '0')}.xml`, link(n));
  write('wf_audit.xml', withProcedure);
  write('wf_big.xml', large(20, 50));
}
