import type { DocumentWriter } from '../document-writer.ts';
import { gateTable } from '../facts/gate-table.ts';
import { runCountsTable } from '../facts/run-tables.ts';
import { statusWords, statuses } from '../facts/mapping-words.ts';
import { type Block, heading, list, paragraph, table } from '../markdown/blocks.ts';
import { cut, cutNote } from '../markdown/cut.ts';
import { type Inline, code, count, md, percent, plural, text } from '../markdown/inline.ts';
import { type FlowNode, flowchart } from '../markdown/mermaid.ts';
import { type OverviewFacts, overviewFacts } from './facts.ts';
import { openRows, riskRows } from './open-and-risks.ts';

const sideNames = { source: md`Legacy schema and extracts`, target: md`Target schema`, etl: md`Legacy ETL` } as const;
const drawnFlows = 30;

/** What is migrated, how far it is, what is open and what could go wrong: the page for whoever reads only one. */
export const migrationOverview: DocumentWriter = {
  title: 'Migration overview',
  write(view) {
    const facts = overviewFacts(view);
    return [
      paragraph(
        md`This document says what is migrated, how far the work is and what is open.`,
        md`The final verdict is made after the documents; it is in ${code('reports/validation.json')} and in ${code('manifest.json')}.`,
      ),
      ...scopeSection(facts),
      heading(2, md`The way through the eight steps`),
      pipelineFlow(facts),
      ...mappingSection(facts),
      heading(2, md`Gate`),
      ...gateTable(view.state),
      heading(2, md`SQL in the sandbox`),
      ...runCountsTable(facts.runs),
      ...jobSection(facts),
      heading(2, md`Open points`),
      ...openSection(facts),
      heading(2, md`Risks`),
      ...riskSection(facts),
    ];
  },
};

function scopeSection({ scope, rows }: OverviewFacts): readonly Block[] {
  const lines = scope.map(({ side, files, tables, columns }) => [
    sideNames[side],
    count(files),
    count(tables),
    count(columns),
  ]);
  return [
    heading(2, md`Scope`),
    table(['Part', 'Files #', 'Tables #', 'Columns #'], lines),
    paragraph(
      rows === 0
        ? md`No extract was profiled, so no row counts are known.`
        : md`The profiled extracts hold ${plural(rows, 'row')}.`,
    ),
  ];
}

function pipelineFlow({ scope, mappings, statuses: counts, rectified, runs, tools, open }: OverviewFacts): Block {
  const tables = scope.reduce((sum, part) => sum + part.tables, 0);
  const statements = runs.reduce(
    (sum, { counts: outcome }) => sum + outcome.passed + outcome.findings + outcome.failed + outcome.skipped,
    0,
  );
  const jobs = tools.reduce((sum, tool) => sum + tool.jobs, 0);
  const labels = [
    `Discovery: ${count(tables)} tables`,
    `Mapper: ${count(mappings)} mappings`,
    `Evaluator: ${count(counts.get('auto_approved') ?? 0)} approved by score`,
    `Review: ${count(open.pending)} open`,
    `Rectifier: ${count(rectified)} taken over`,
    `SQL: ${count(statements)} statements run, ${count(jobs)} ETL files`,
    'Documents',
    'Validation',
  ];
  const nodes = labels.map((label, i) => ({ id: `s${i}`, label }));
  return flowchart(
    'LR',
    nodes,
    nodes.slice(1).map(({ id }, i) => ({ from: `s${i}`, to: id })),
  );
}

function mappingSection(facts: OverviewFacts): readonly Block[] {
  const title = heading(2, md`Mappings`);
  if (facts.mappings === 0) return [title, paragraph(md`There are no mappings yet.`)];
  const rows = statuses.map((status) => {
    const number = facts.statuses.get(status) ?? 0;
    return [statusWords[status], count(number), percent(number, facts.mappings)];
  });
  return [
    title,
    table(['Status', 'Mappings #', 'Share #'], [...rows, [md`all`, count(facts.mappings), percent(1, 1)]]),
    ...flowSection(facts),
  ];
}

function flowSection({ flows }: OverviewFacts): readonly Block[] {
  if (flows.length === 0) return [paragraph(md`No mapping is accepted, so no table feeds another.`)];
  const shown = cut(flows, drawnFlows);
  const ids = new Map<string, FlowNode>();
  const node = (side: 'f' | 't', name: string): string => {
    const key = `${side} ${name}`;
    const known = ids.get(key) ?? { id: `${side}${ids.size}`, label: name };
    ids.set(key, known);
    return known.id;
  };
  const edges = shown.shown.map(({ from, to, columns }) => ({
    from: node('f', from),
    to: node('t', to),
    label: `${columns}`,
  }));
  return [
    paragraph(md`Which legacy table feeds which target table, with the number of accepted columns:`),
    flowchart('LR', [...ids.values()], edges),
    ...cutNote(shown, md`table pairs`, code('mappings/mappings.csv')),
  ];
}

function jobSection({ tools, gateReasons }: OverviewFacts): readonly Block[] {
  if (tools.length === 0) return [heading(2, md`Legacy ETL`), paragraph(md`No legacy ETL was converted.`)];
  const rows = tools.map((tool) => [
    code(tool.tool),
    count(tool.jobs),
    count(tool.completed),
    count(tool.warned),
    count(tool.failed),
    count(tool.objects),
    count(tool.hours),
  ]);
  const reasons = cut(gateReasons, 20);
  return [
    heading(2, md`Legacy ETL`),
    table(['Tool', 'Files #', 'Completed #', 'With warnings #', 'Failed #', 'Objects #', 'Effort, hours #'], rows),
    ...(reasons.total === 0
      ? []
      : [
          paragraph(md`Why the release gate holds files back:`),
          list(reasons.shown.map(({ file, reason }) => md`${code(file)}: ${text(reason)}`)),
        ]),
    ...cutNote(reasons, md`reasons`, code('pipelines/jobs.json')),
  ];
}

function openSection(facts: OverviewFacts): readonly Block[] {
  const rows = openRows(facts.open);
  return rows.length === 0
    ? [paragraph(md`No open point is known.`)]
    : [table(['Open point', 'Number #', 'Where'], rows)];
}

function riskSection(facts: OverviewFacts): readonly Block[] {
  const rows: readonly (readonly Inline[])[] = riskRows(facts);
  return rows.length === 0
    ? [paragraph(md`The facts of this run show no particular risk.`)]
    : [table(['Risk', 'Seen in this run', 'What to do'], rows)];
}
