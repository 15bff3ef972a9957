/** Names written without separators (`birthdate`, `custid`) cut into words that are known. */

const MAX_WORD = 40;

/** Words that end most names of old databases, short and glued on: nothing else ends so. */
const classWord = /^(\p{L}{3,})(addr|amt|cde?|dsc|dte?|dttm|flg|nbr|nme?|pct|prc|qty|sts|tme|txt|typ|usr)$/u;
/** These end ordinary words too: what stands before them has to be known. */
const commonEnding = /^(\p{L}{3,})(cnt|desc|id|ind|no|num|tm|val|yr)$/u;

/**
 * A name that is no word, cut where short forms are glued together: `lstupd` as lst and upd, `prmamt` as prm and amt, `polno` as pol
 * and no; null where no cut is likely. `isShortForm` and `isKnown` say which pieces exist as abbreviations, and at all.
 */
export function unglue(
  word: string,
  isShortForm: (piece: string) => boolean,
  isKnown: (piece: string) => boolean,
): readonly string[] | null {
  const whole = cutShortForms(word, isShortForm);
  if (whole !== null || word.length > MAX_WORD) return whole;
  const [, before = '', ending = ''] = classWord.exec(word) ?? commonEnding.exec(word) ?? [];
  if (before === '' || (!classWord.test(word) && !isKnown(before))) return null;
  return [...(cutShortForms(before, isShortForm) ?? [before]), ending];
}

/** A word made of short forms only, each of three letters or more. */
function cutShortForms(word: string, isShortForm: (piece: string) => boolean): readonly string[] | null {
  if (word.length < 6 || word.length > 12) return null;
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end += 1)
    best.push(shortestCut(word, end, best, (piece) => piece.length >= 3 && isShortForm(piece)));
  return best[word.length] ?? null;
}

/**
 * The fewest known pieces that make up `word`, or null where it is no concatenation. `isKnown` says which pieces exist;
 * pieces have at least two letters and at least one has four, so that chance cuts of short words do not happen.
 */
export function segmentWord(word: string, isKnown: (piece: string) => boolean): readonly string[] | null {
  const length = word.length;
  if (length < 5 || length > MAX_WORD) return null;
  const best: (readonly string[] | null)[] = [[]];
  for (let end = 1; end <= length; end += 1) best.push(shortestCut(word, end, best, isKnown));
  const pieces = best[length] ?? null;
  if (pieces === null || pieces.length < 2 || pieces.length > 4) return null;
  const short = pieces.filter((piece) => piece.length < 3).length;
  return pieces.some((piece) => piece.length >= 4) && short <= 1 ? pieces : null;
}

/** The fewest pieces that make up the word's first `end` letters, given those of all shorter beginnings. */
function shortestCut(
  word: string,
  end: number,
  best: readonly (readonly string[] | null)[],
  isKnown: (piece: string) => boolean,
): readonly string[] | null {
  let found: readonly string[] | null = null;
  for (let start = Math.max(0, end - 20); start <= end - 2; start += 1) {
    const before = best[start] ?? null;
    if (before === null || (found !== null && before.length + 1 >= found.length)) continue;
    const piece = word.slice(start, end);
    if (isKnown(piece)) found = [...before, piece];
  }
  return found;
}
