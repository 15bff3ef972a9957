import { tableKey } from '../../../shared/model/schema.ts';
import { compareText } from '../../core/text.ts';
import { type Block, paragraph } from '../markdown/blocks.ts';
import { type Inline, count, md } from '../markdown/inline.ts';
import { type DiagramColumn, type DiagramRelation, entityDiagram } from '../markdown/mermaid.ts';
import type { SourceFacts, TableFacts } from './facts.ts';

const drawnTables = 24;
const drawnColumns = 8;
const drawnRelations = 60;
const minInferredScore = 0.7;

interface Link {
  readonly child: string;
  readonly parent: string;
  readonly label: string;
  readonly inferred: boolean;
}

/** The best connected tables with their keys and first columns; what is not drawn is said. */
export function schemaDiagram({ tables, declared, inferred }: SourceFacts): readonly Block[] {
  if (tables.length === 0) return [paragraph(md`There is no table to draw.`)];
  const links: readonly Link[] = [
    ...declared
      .filter(({ known }) => known)
      .map(({ from, to, foreignKey }) => ({
        child: from,
        parent: to,
        label: foreignKey.columns.join(', '),
        inferred: false,
      })),
    ...inferred
      .filter(({ score }) => score >= minInferredScore)
      .map(({ from, to }) => ({ child: tableKey(from), parent: tableKey(to), label: from.column, inferred: true })),
  ];
  const degree = new Map<string, number>();
  for (const { child, parent } of links) for (const key of [child, parent]) degree.set(key, (degree.get(key) ?? 0) + 1);
  const ranked = tables.toSorted(
    (a, b) => (degree.get(b.entry.key) ?? 0) - (degree.get(a.entry.key) ?? 0) || compareText(a.entry.key, b.entry.key),
  );
  const drawn = ranked.slice(0, drawnTables).sort((a, b) => compareText(a.entry.key, b.entry.key));
  const ids = new Map(drawn.map(({ entry }, i) => [entry.key, `t${i}`]));
  const relations = links.flatMap(({ child, parent, label, inferred: found }): DiagramRelation[] => {
    const [from, to] = [ids.get(child), ids.get(parent)];
    return from === undefined || to === undefined ? [] : [{ child: from, parent: to, label, inferred: found }];
  });
  const entities = drawn.map((table) => ({
    id: ids.get(table.entry.key) ?? '',
    name: table.entry.key,
    columns: columnsOf(table),
  }));
  return [
    paragraph(drawnNote(drawn.length, tables.length, Math.min(relations.length, drawnRelations), links.length)),
    entityDiagram(entities, relations.slice(0, drawnRelations)),
  ];
}

function drawnNote(drawn: number, tables: number, relations: number, links: number): Inline {
  return md`Drawn: ${count(drawn)} of ${count(tables)} tables, the best connected first, with at most ${drawnColumns} columns each, keys first, and ${count(relations)} of ${count(links)} relationships. Solid lines are declared, dotted ones inferred.`;
}

function columnsOf({ entry: { table }, foreignKeyColumns }: TableFacts): readonly DiagramColumn[] {
  const primary = new Set(table.primaryKey);
  const columns = table.columns.map(({ name, type }): DiagramColumn => {
    const foreign = foreignKeyColumns.has(name);
    const key = primary.has(name) ? (foreign ? 'PK, FK' : 'PK') : foreign ? 'FK' : null;
    return { name, type, key };
  });
  return [...columns.filter(({ key }) => key !== null), ...columns.filter(({ key }) => key === null)].slice(
    0,
    drawnColumns,
  );
}
