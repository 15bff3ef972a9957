/** What short words in a dictionary's cells mean, in the languages that its headers come in. */
import type { ForeignKey } from '../../../shared/model/schema.ts';

const yes = /^(?:y|yes|true|t|x|✓|✔|√|j|ja|s|si|sí|sim|oui|o|tak|да|是|1|yes\b.{0,40})$/iu;
const no = /^(?:n|no|false|f|nein|nee|non|não|nao|nie|нет|否|0|-|no\b.{0,40}|not?\s.{0,40})$/iu;

export const isYes = (text: string): boolean => yes.test(text.trim());
export const isNo = (text: string): boolean => no.test(text.trim());

export interface KeyMarks {
  readonly primary: boolean;
  readonly foreign: boolean;
  readonly unique: boolean;
}

/** `PK`, `PRI`, `P`, `PK, FK1`, `Primary key`, `UQ`, `MUL`. */
export function keyMarks(text: string): KeyMarks {
  const marks = text.slice(0, 200).toLowerCase();
  const has = (pattern: RegExp): boolean => pattern.test(marks);
  return {
    primary: has(/\bpk\d*\b|\bpri(?:m|mary)?\b|^p$|prim(?:är|ar|ária|aria|aire)|主键/u),
    foreign: has(/\bfk\d*\b|\bforeign\b|^[fr]$|\bmul\b|fremd|for[aá]ne|externa|étrang|estrang|外键/u),
    unique: has(/\buk?\d*\b|\buq\d*\b|\buni(?:que)?\b|\bak\d*\b/),
  };
}

const word = '[\\p{L}_][\\p{L}\\p{N}_$#]{0,127}';
const path = new RegExp(`(?:(${word})\\.)?(${word})(?:\\s*\\.\\s*(${word})|\\s*\\(\\s*(${word})\\s*\\))?`, 'u');
const lead =
  /^(?:fk\d*|foreign key|references?|refers? to|ref|to|points to|fremdschlüssel|verweist auf|→|->|=>|[:(\s-])+/iu;

/** `CUSTOMER.ID`, `FK to CUSTOMER(ID)`, `dbo.CUSTOMER.ID`; a bare name only where `bare` says that it is a table. */
export function readReference(text: string, bare: boolean): ForeignKey['references'] | null {
  const trimmed = text.slice(0, 300).trim().replace(lead, '').trim();
  const found = isYes(trimmed) || isNo(trimmed) ? null : path.exec(trimmed);
  if (found?.index !== 0) return null;
  const [whole, schema, name = '', dotted, inParentheses] = found;
  const column = dotted ?? inParentheses;
  if (column !== undefined) return { schema: schema ?? null, table: name, columns: [column] };
  if (schema !== undefined && !bare) return { schema: null, table: schema, columns: [name] };
  // A name alone is a table where the cell says so; what follows must not be prose.
  const isNamed = bare || /(?:references?|fk\d*\s*(?:to|→|->|:)|→|->)/iu.test(text);
  return isNamed && trimmed === whole ? { schema: schema ?? null, table: name, columns: [] } : null;
}
