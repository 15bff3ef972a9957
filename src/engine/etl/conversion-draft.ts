/** What the parts of one object of an export say about the node that is made of it: confidence, notes, issues, macros, inputs. */
import type { JobIssue } from '../../shared/model/conversion.ts';
import { roundTo } from '../core/rounding.ts';
import type { NodeInput, PipelineNode } from '../dataflow/model.ts';

/** What the translation of an expression says about itself. */
interface Said {
  readonly confidence: number;
  readonly warnings: readonly string[];
  /** Worth knowing, without doubt. */
  readonly assumptions: readonly string[];
  readonly macros: readonly string[];
}

type Severity = JobIssue['severity'];

/** What a rule says of a node beyond what its draft knows. */
export type NodeParts = Pick<PipelineNode, 'operator'> & Partial<PipelineNode>;

export class ConversionDraft {
  readonly id: string;
  readonly notes: string[] = [];
  readonly issues: Omit<JobIssue, 'where' | 'line'>[] = [];
  readonly macros = new Set<string>();
  #confidence: number;
  readonly #inputs = new Map<string, NodeInput>();

  constructor(id: string, confidence: number) {
    this.id = id;
    this.#confidence = confidence;
  }

  get confidence(): number {
    return this.#confidence;
  }

  /** The confidence falls to at most `confidence`, with nothing for a person to look at. */
  atMost(confidence: number): void {
    this.#confidence = Math.min(this.#confidence, confidence);
  }

  /** What is worth knowing and changes nothing about the confidence. */
  note(message: string): void {
    if (!this.notes.includes(message)) this.notes.push(message);
  }

  /** What a person should look at; the confidence falls to at most `confidence`. */
  doubt(message: string, confidence: number, severity: Severity = 'warning'): void {
    this.note(message);
    this.issues.push({ severity, message });
    this.atMost(confidence);
  }

  /** A macro that SQL of the node calls. */
  macro(name: string): void {
    this.macros.add(name);
  }

  dependOn(inputs: readonly NodeInput[]): void {
    for (const input of inputs) this.#inputs.set(`${input.node}\u0000${input.output ?? ''}`, input);
  }

  /** Takes over what a translation says about itself; `where` is the port or column, for the messages. */
  hear(said: Said, where: string): void {
    this.atMost(said.confidence);
    const severity = said.confidence < 0.6 ? 'error' : 'warning';
    for (const warning of said.warnings) this.doubt(`${where}: ${warning}`, said.confidence, severity);
    for (const assumption of said.assumptions) this.note(assumption);
    for (const macro of said.macros) this.macro(macro);
  }

  /** What is known of the node by now; the operator and the SQL are the tool's. */
  protected get frame(): Omit<PipelineNode, 'operator'> {
    return {
      id: this.id,
      type: 'transform',
      ...(this.#inputs.size === 0 ? {} : { depends_on: [...this.#inputs.values()] }),
      confidence: roundTo(this.#confidence, 2),
      conversion: 'rule_engine',
      ...(this.notes.length === 0 ? {} : { notes: this.notes }),
    };
  }
}
