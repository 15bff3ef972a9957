import { toErrorShape } from '../../shared/errors.ts';
import type { InputView } from '../../shared/ipc/contract.ts';
import type { InputFile } from '../../shared/model/project.ts';
import type { Engine, ReadInput } from '../../engine/index.ts';

type Findings = Pick<InputView, 'status' | 'summary' | 'diagnostics' | 'dialect'>;

const count = (n: number, one: string): string => `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : 's'}`;

/** Reads inputs one after the other in the background and remembers what was understood of each. */
export class InputInspector {
  readonly #engine: Engine;
  readonly #changed: () => void;
  readonly #found = new Map<string, Findings>();
  #queue: Promise<void> = Promise.resolve();

  constructor(engine: Engine, changed: () => void) {
    this.#engine = engine;
    this.#changed = changed;
  }

  clear(): void {
    this.#found.clear();
  }

  view(input: InputFile): InputView {
    const { id, name, role, format, bytes } = input;
    const found = this.#found.get(keyOf(input));
    return {
      id,
      name,
      role,
      format,
      bytes,
      dialect: input.dialect ?? found?.dialect ?? null,
      dialectFixed: input.dialect !== null,
      status: found?.status ?? 'reading',
      summary: found?.summary ?? '',
      diagnostics: [...(found?.diagnostics ?? [])],
    };
  }

  inspect(inputs: readonly InputFile[]): void {
    for (const input of inputs) {
      if (this.#found.has(keyOf(input))) continue;
      this.#queue = this.#queue.then(() => this.#inspectOne(input));
    }
  }

  async #inspectOne(input: InputFile): Promise<void> {
    if (this.#found.has(keyOf(input))) return;
    try {
      this.#found.set(keyOf(input), findingsOf(await this.#engine.read(input)));
    } catch (thrown) {
      const { message, hint, where } = toErrorShape(thrown);
      const text = hint === undefined ? message : `${message}. ${hint}`;
      this.#found.set(keyOf(input), {
        status: 'failed',
        summary: 'Cannot be read',
        dialect: null,
        diagnostics: [
          { severity: 'error', message: text, file: input.name, line: where?.line ?? null, statement: null },
        ],
      });
    }
    this.#changed();
  }
}

const keyOf = (input: InputFile): string => `${input.id} ${input.dialect ?? ''}`;

function findingsOf(read: ReadInput): Findings {
  if (read.kind === 'etl') {
    const { mappings, transformations, workflows, definitions, diagnostics } = read.etl;
    const parts = [
      count(mappings.length, 'mapping'),
      count(transformations, 'transformation'),
      count(workflows, 'workflow'),
    ];
    const empty = mappings.length + workflows + definitions.length === 0;
    return {
      status: empty && diagnostics.some((entry) => entry.severity === 'error') ? 'failed' : 'ready',
      summary: parts.join(', '),
      dialect: null,
      diagnostics: [...diagnostics],
    };
  }
  const { tables, diagnostics, dialect } = read.schema;
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
  const summary =
    read.rows === null
      ? `${count(tables.length, 'table')}, ${count(columns, 'column')}`
      : `${count(read.rows, 'row')}, ${count(columns, 'column')}`;
  const failed = tables.length === 0 && diagnostics.some((entry) => entry.severity === 'error');
  return {
    status: failed ? 'failed' : 'ready',
    summary: failed ? 'Cannot be read' : summary,
    dialect,
    diagnostics: [...diagnostics],
  };
}
