/** Mermaid diagrams whose ids are ours and whose labels cannot leave their quotes. */
import { type Block, fence } from './blocks.ts';
import { oneLine } from './inline.ts';

export interface FlowNode {
  readonly id: string;
  readonly label: string;
}

export interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

const LABEL_LIMIT = 60;

/** Letters, digits and harmless signs stay; everything else becomes a Mermaid entity. */
export function mermaidLabel(value: string): string {
  const line = oneLine(value, LABEL_LIMIT);
  return line === ''
    ? '-'
    : Array.from(line, (character) =>
        /[\p{L}\p{N} _.,:/+-]/u.test(character) ? character : `#${character.codePointAt(0)};`,
      ).join('');
}

export function flowchart(direction: 'LR' | 'TD', nodes: readonly FlowNode[], edges: readonly FlowEdge[]): Block {
  const drawn = nodes.map(({ id, label }) => `  ${id}["${mermaidLabel(label)}"]`);
  const arrows = edges.map(
    ({ from, to, label }) => `  ${from} -->${label === undefined ? '' : `|"${mermaidLabel(label)}"|`} ${to}`,
  );
  return fence('mermaid', [`flowchart ${direction}`, ...drawn, ...arrows].join('\n'));
}

export interface DiagramColumn {
  readonly name: string;
  readonly type: string;
  readonly key: 'PK' | 'FK' | 'PK, FK' | null;
}

export interface DiagramEntity {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly DiagramColumn[];
}

export interface DiagramRelation {
  readonly parent: string;
  readonly child: string;
  readonly label: string;
  /** Found in names and values, not declared: drawn dashed. */
  readonly inferred: boolean;
}

export function entityDiagram(entities: readonly DiagramEntity[], relations: readonly DiagramRelation[]): Block {
  const boxes = entities.flatMap(({ id, name, columns }) => [
    `  ${id}["${mermaidName(name)}"] {`,
    ...columns.map(
      (column) => `    ${word(column.type)} ${word(column.name)}${column.key === null ? '' : ` ${column.key}`}`,
    ),
    '  }',
  ]);
  const lines = relations.map(
    ({ parent, child, label, inferred }) =>
      `  ${parent} ||${inferred ? '..' : '--'}o{ ${child} : "${mermaidName(label)}"`,
  );
  return fence('mermaid', ['erDiagram', ...boxes, ...lines].join('\n'));
}

/** Entity names know no entities: what Mermaid could misread is left out. */
function mermaidName(value: string): string {
  const name = oneLine(value, LABEL_LIMIT).replace(/[^\p{L}\p{N} _.,/-]/gu, '_');
  return name === '' ? '-' : name;
}

/** An attribute is one word that starts with a letter. */
function word(value: string): string {
  const name = oneLine(value, LABEL_LIMIT).replace(/[^A-Za-z0-9_]/g, '_');
  return /^[A-Za-z]/.test(name) ? name : `c_${name}`;
}
