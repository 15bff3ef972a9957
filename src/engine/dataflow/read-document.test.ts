import { expect, it } from 'vitest';
import { readDocument } from './read-document.ts';

const workflow = `apiVersion: dataflow/v1
kind: Workflow
name: w
tasks:
  - { id: first, type: run, conversion: rule_engine }
  - { id: second, type: run, conversion: rule_engine, depends_on: [{ task: first }] }
metadata: { generator: x }
`;

it('a document is handed over with the lines of its tasks', () => {
  const { document, problem, lines } = structuredClone(readDocument(workflow));
  expect(problem).toBeNull();
  expect(document?.name).toBe('w');
  expect(lines).toEqual([
    ['first', 5],
    ['second', 6],
  ]);
});

it('a text that is none comes with the reason, and one that is far too long is not even unpacked', () => {
  expect(readDocument('nodes: [').problem).toContain('Invalid YAML');
  expect(readDocument({ length: 60_000_000, deflated: ['damaged'] })).toEqual({
    document: null,
    problem: 'The pipeline is larger than 50 MB. Split it.',
    lines: [],
  });
});
