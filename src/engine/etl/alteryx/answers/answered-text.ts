/** A setting of which answers are a part: as a value, and as the text of an expression. */

/** Text of the file, or an expression over answers; `numeric` where its value is a number for certain. */
export type Piece = string | { readonly expression: string; readonly numeric: boolean };

/** The text in quotes; null where it holds both kinds, which the expression language cannot write. */
function quoted(text: string): string | null {
  if (!text.includes("'")) return `'${text}'`;
  return text.includes('"') ? null : `"${text}"`;
}

const asText = (piece: Exclude<Piece, string>): string =>
  piece.numeric ? `ToString(${piece.expression})` : piece.expression;

/** `text` with `by` for each `part`. */
export function substituted(pieces: readonly Piece[], part: string, by: Piece): readonly Piece[] {
  if (part === '') return pieces;
  return pieces.flatMap((piece): readonly Piece[] =>
    typeof piece === 'string'
      ? piece
          .split(part)
          .flatMap((rest, index) => (index === 0 ? [rest] : [by, rest]))
          .filter((one) => one !== '')
      : [piece],
  );
}

/** The pieces as one expression that gives the setting's value; null where it cannot be written. */
export function valueExpression(pieces: readonly Piece[]): string | null {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && typeof only !== 'string') return only.expression;
  const parts = pieces.map((piece) => (typeof piece === 'string' ? quoted(piece) : asText(piece)));
  return parts.includes(null) ? null : parts.join(' + ');
}

const mark = '\u0001';
/** Text in quotes, fields in brackets, answers, comments, and what stands between them. */
const parts = /'[^']*'|"[^"]*"|\[[^\]]*\]|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[^'"[/]+|[\s\S]/g;

/**
 * The pieces as the text of an expression: an answer within quotes is joined to the text around it, one that stands for
 * a number is a number. Null where an answer is part of a name or might be anything else.
 */
export function codeWithAnswers(pieces: readonly Piece[]): string | null {
  const answers: Exclude<Piece, string>[] = [];
  if (pieces.some((piece) => typeof piece === 'string' && piece.includes(mark))) return null;
  const marked = pieces
    .map((piece) => (typeof piece === 'string' ? piece : `${mark}${answers.push(piece) - 1}${mark}`))
    .join('');
  const written = (marked.match(parts) ?? []).map((part) => {
    if (!part.includes(mark)) return part;
    if (/^['"]/.test(part) && part.length > 1) return withinQuotes(part, answers);
    return /^[[/]/.test(part) ? null : amongOperators(part, answers);
  });
  return written.includes(null) ? null : written.join('');
}

type Answers = readonly Exclude<Piece, string>[];

function withinQuotes(part: string, answers: Answers): string {
  const quote = part.charAt(0);
  const inner = part.slice(1, -1).split(mark);
  const joined = inner.flatMap((text, index) => {
    const answer = index % 2 === 0 ? undefined : answers[Number(text)];
    if (answer !== undefined) return [asText(answer)];
    return text === '' ? [] : [`${quote}${text}${quote}`];
  });
  return `(${joined.join(' + ')})`;
}

/** Where no quotes are around it, only a number cannot change what the rest of the expression means. */
function amongOperators(part: string, answers: Answers): string | null {
  const around = part.split(mark);
  const written = around.map((text, index) => {
    if (index % 2 === 0) return text;
    const answer = answers[Number(text)];
    const [before, after] = [around[index - 1] ?? '', around[index + 1] ?? ''];
    const alone = !/[\w.%]$/.test(before) && !/^[\w.%([]/.test(after);
    return answer?.numeric === true && alone ? `(${answer.expression})` : null;
  });
  return written.includes(null) ? null : written.join('');
}
