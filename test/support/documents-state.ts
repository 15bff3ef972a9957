/** A small migration for the tests of the documents. Every name of the customer's goes through `name`, so that tests can make them hostile. */
import type { ConversionJob } from '../../src/shared/model/conversion.ts';
import type { Mapping, MappingStatus } from '../../src/shared/model/mapping.ts';
import { ProjectSettings, type RunState } from '../../src/shared/model/project.ts';
import { type Column, type ColumnRef, columnKey } from '../../src/shared/model/schema.ts';
import { table, typed } from './builders.ts';
import { generateSql } from '../../src/engine/sql/generate/generate-sql.ts';

type Rename = (name: string) => string;

const column = (name: string, type: Column['type'], more: Partial<Column> = {}): Column =>
  typed(name, type, { rawType: type.toUpperCase(), ...more });

const parts = { semantic: 0.9, type: 1, domain: 0.5, history: 0.5 };

function mapping(
  source: ColumnRef,
  target: ColumnRef | null,
  status: MappingStatus,
  more: Partial<Mapping> = {},
): Mapping {
  return {
    id: columnKey(source),
    source,
    target,
    transformation: {
      type: target === null ? 'none' : 'direct',
      expression: target === null ? '' : `"${source.column.replaceAll('"', '""')}"`,
    },
    additional: [],
    confidence: status === 'auto_approved' ? 0.93 : 0.41,
    parts,
    status,
    rationale: 'The names share their words',
    reasons: [],
    candidates: [],
    issues: [],
    priority: 5,
    patterns: [],
    ...more,
  };
}

const yaml = `apiVersion: dataflow/v1
kind: Pipeline
name: m_load_customer
nodes:
  - id: EXP_NAMES
    type: transform
    operator: sql_expression
    columns:
      - { name: FULL_NAME, type: VARCHAR, expression: "coalesce(FIRST, '') || ' ' || LAST", original: "IIF(ISNULL(FIRST), '', FIRST) || ' ' || LAST" }
    confidence: 0.9
    conversion: rule_engine
metadata: { dialect: duckdb, generator: portolan, overall_confidence: 0.9, warnings_count: 0 }
`;

function jobOf(n: Rename): ConversionJob {
  return {
    file: n('m_load_customer.xml'),
    tool: 'powercenter',
    status: 'completed_with_warnings',
    confidence: 0.82,
    objects: { total: 3, autoConverted: 2, needsReview: 0, manualRequired: 1 },
    transformations: [
      {
        id: n('EXP_NAMES'),
        mapping: n('m_load_customer'),
        type: 'Expression',
        operator: 'sql_expression',
        confidence: 0.9,
        source: 'rule_engine',
        notes: [],
      },
      {
        id: n('UPD_CUSTOMER'),
        mapping: n('m_load_customer'),
        type: 'Update Strategy',
        operator: 'upsert_strategy',
        confidence: 0.9,
        source: 'rule_engine',
        notes: [],
      },
      {
        id: n('SP_AUDIT'),
        mapping: n('m_load_customer'),
        type: 'Stored Procedure',
        operator: 'unsupported',
        confidence: 0,
        source: 'unsupported',
        notes: [n('The body is not in the file')],
      },
    ],
    issues: [
      { severity: 'error', where: n('SP_AUDIT'), message: n('Stored procedure is not in the export'), line: 41 },
    ],
    gate: [n('1 object needs manual work')],
    effortHours: 7.25,
    pipelines: [
      {
        name: n('m_load_customer'),
        kind: 'Pipeline',
        fileName: 'm_load_customer.yaml',
        yaml,
        sql: 'SELECT 1;',
        lineage: [],
      },
    ],
    execution: { status: 'passed', nodes: 3, detail: '' },
  };
}

/** Two legacy tables, two target tables, one legacy job. */
export function fixtureState(name: Rename = (given) => given): RunState {
  const n = name;
  const ref = (owner: string, own: string): ColumnRef => ({ schema: null, table: n(owner), column: n(own) });
  const source = [
    table(
      n('CUST_MSTR'),
      [
        column(n('CUST_ACCT_NBR'), 'integer', { nullable: false }),
        column(n('CUST_NM'), 'string', { length: 80, comment: n('Full name of the customer') }),
        column(n('FAX_NBR'), 'string'),
      ],
      { primaryKey: [n('CUST_ACCT_NBR')] },
    ),
    table(
      n('MTR_READ'),
      [column(n('CUST_ACCT_NBR'), 'integer'), column(n('KWH_USAGE'), 'string'), column(n('READ_DT'), 'string')],
      {
        foreignKeys: [
          {
            name: null,
            columns: [n('CUST_ACCT_NBR')],
            references: { schema: null, table: n('CUST_MSTR'), columns: [n('CUST_ACCT_NBR')] },
          },
        ],
      },
    ),
  ];
  const target = [
    table(
      n('customer'),
      [
        column(n('account_number'), 'integer', { nullable: false }),
        column(n('full_name'), 'string', { length: 40 }),
        column(n('segment'), 'string', { nullable: false, rawType: 'VARCHAR(12)' }),
      ],
      { primaryKey: [n('account_number')] },
    ),
    table(n('meter_reading'), [column(n('account_number'), 'integer'), column(n('usage_kwh'), 'decimal')], {
      foreignKeys: [
        {
          name: null,
          columns: [n('account_number')],
          references: { schema: null, table: n('customer'), columns: [n('account_number')] },
        },
      ],
    }),
  ];
  const mappings = [
    mapping(ref('CUST_MSTR', 'CUST_ACCT_NBR'), ref('customer', 'account_number'), 'auto_approved'),
    mapping(ref('CUST_MSTR', 'CUST_NM'), ref('customer', 'full_name'), 'approved', {
      issues: [{ severity: 'error', kind: 'length', message: n('331 rows would be too long'), rows: 331 }],
    }),
    mapping(ref('CUST_MSTR', 'FAX_NBR'), null, 'unmapped', { confidence: 0.12 }),
    mapping(ref('MTR_READ', 'CUST_ACCT_NBR'), ref('meter_reading', 'account_number'), 'auto_approved'),
    mapping(ref('MTR_READ', 'KWH_USAGE'), ref('meter_reading', 'usage_kwh'), 'modified', {
      transformation: {
        type: 'cast',
        expression: `TRY_CAST(replace("${n('KWH_USAGE').replaceAll('"', '""')}", ',', '.') AS DECIMAL(12,3))`,
      },
    }),
    mapping(ref('MTR_READ', 'READ_DT'), ref('meter_reading', 'usage_kwh'), 'flagged'),
  ];
  const sql = generateSql({ source, target, mappings, relationships: [] });
  const check = sql.statements.find(({ kind }) => kind === 'check');
  const profile = {
    name: n('CUST_NM'),
    nulls: 12,
    distinct: 980,
    min: n('Abel'),
    max: n('Zoe'),
    minLength: 3,
    maxLength: 61,
    top: [],
    patterns: [{ pattern: n('A+ A+'), count: 700 }],
    semanticType: 'name',
  };
  const file = { format: 'ddl' as const, dialect: 'oracle' as const, diagnostics: [] };
  return {
    settings: ProjectSettings.parse({ title: n('Utility billing') }),
    inputs: [
      {
        id: 'i1',
        name: n('legacy.sql'),
        path: '/home/someone/secret-place/legacy.sql',
        role: 'source',
        format: 'ddl',
        dialect: 'oracle',
        sha256: 'a'.repeat(64),
        bytes: 1234,
      },
      {
        id: 'i2',
        name: n('customers.csv'),
        path: '/home/someone/secret-place/customers.csv',
        role: 'source',
        format: 'csv',
        dialect: null,
        sha256: 'b'.repeat(64),
        bytes: 99,
      },
    ],
    discovery: {
      targetProfiles: [],
      source: [{ file: n('legacy.sql'), tables: source, ...file }],
      target: [{ file: n('target.sql'), tables: target, ...file }],
      etl: [],
      data: [{ inputId: 'i2', table: mappings[0] === undefined ? '' : columnTable(mappings[0].source) }],
      profiles: [
        {
          table: columnTable(ref('CUST_MSTR', 'CUST_NM')),
          file: n('customers.csv'),
          rows: 41_208,
          columns: [profile],
          candidateKeys: [[n('CUST_ACCT_NBR')]],
          duplicateRows: 2,
          sample: [],
          issues: [
            {
              table: columnTable(ref('CUST_MSTR', 'CUST_NM')),
              column: n('CUST_NM'),
              kind: 'whitespace',
              rows: 57,
              message: n('57 values have spaces around them'),
              query: `SELECT count(*) FROM t WHERE '${n('x').replaceAll("'", "''")}' <> ''`,
            },
          ],
        },
      ],
      relationships: [
        {
          from: ref('MTR_READ', 'CUST_ACCT_NBR'),
          to: ref('CUST_MSTR', 'CUST_ACCT_NBR'),
          score: 0.88,
          inclusion: 0.97,
          evidence: n('same name, 97 % of the values'),
        },
      ],
      diagnostics: [
        {
          severity: 'error',
          message: n('The statement is not understood'),
          file: n('legacy.sql'),
          line: 41,
          statement: n('CREATE SYNONYM X'),
        },
      ],
    },
    mappings,
    evaluation: {
      completeness: 0.83,
      averageConfidence: 0.71,
      targetCoverage: 0.8,
      complexRatio: 0.1,
      counts: { total: 6, autoApproved: 2, needsReview: 0, flagged: 1, unmapped: 1, decided: 2 },
      requiredTargetsUnfed: [ref('customer', 'segment')],
      needsReview: true,
      reasons: [n('Average confidence is below the threshold')],
    },
    rectifications: [],
    sql: {
      ...sql,
      runs: [
        ...sql.statements
          .filter(({ kind }) => kind === 'load')
          .map(({ name: own, kind }) => ({ name: own, kind, status: 'passed' as const, rows: null, detail: null })),
        ...(check === undefined
          ? []
          : [{ name: check.name, kind: 'check', status: 'passed' as const, rows: 17, detail: null }]),
      ],
    },
    jobs: [jobOf(n)],
  };
}

const columnTable = (ref: ColumnRef): string => columnKey({ schema: null, table: ref.table, column: 'x' }).slice(0, -2);
