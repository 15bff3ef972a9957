/** Street and number → address line; lines of an address → address; area code and number → phone. */
import { columnExpression } from '../column-expression.ts';
import { type Form, type Part, type Rule, hasWord, isNumber, isText, sameSubject } from './derivation.ts';

const addressWords: ReadonlySet<string> = new Set('street house number name address line 1 2 3 full text'.split(' '));
const phoneWords: ReadonlySet<string> = new Set('area code phone number full country prefix local'.split(' '));

const trimmed = (part: Part): string => {
  const name = columnExpression(part.view.column.name);
  return `NULLIF(TRIM(${isText(part) ? name : `CAST(${name} AS VARCHAR)`}), '')`;
};

function joined(parts: readonly Part[], by: string, order: readonly number[]): Form {
  const texts = order.map((at) => trimmed(parts[at] as Part));
  return {
    expression: `NULLIF(CONCAT_WS('${by}', ${texts.join(', ')}), '')`,
    make: (values) => order.map((at) => values[at] ?? '').join(by),
  };
}

const isHouseNumber = (part: Part): boolean =>
  (isText(part) || isNumber(part)) && hasWord(part, 'number') && hasWord(part, 'house', 'street');
const isStreet = (part: Part): boolean => isText(part) && hasWord(part, 'street') && !hasWord(part, 'number');

export const mergeAddress: Rule = (target, from, into) => {
  const isLine = isText(target) && hasWord(target, 'address', 'street') && !hasWord(target, '2', '3', 'number');
  if (!isLine || into.parts.some(isHouseNumber)) return null;
  const about = (part: Part): boolean => sameSubject(part, target, addressWords);
  const number = from.parts.find((part) => isHouseNumber(part) && about(part));
  const street = from.parts.find((part) => isStreet(part) && about(part));
  if (number === undefined || street === undefined) return null;
  const sources = [street, number];
  const nameFirst = joined(sources, ' ', [0, 1]);
  const numberFirst = joined(sources, ' ', [1, 0]);
  const comma = joined(sources, ', ', [0, 1]);
  return {
    type: 'merge',
    sources,
    forms: hasWord(number, 'street') ? [numberFirst, nameFirst, comma] : [nameFirst, numberFirst, comma],
    confidence: 0.55,
    reason: 'Street and house number that the target keeps as one line',
    plausible: [(value) => /\p{L}/u.test(value), (value) => value.length <= 12],
  };
};

export const mergeAddressLines: Rule = (target, from, into) => {
  const isWhole = (part: Part): boolean => isText(part) && hasWord(part, 'address') && !hasWord(part, '1', '2', '3');
  if (!isWhole(target) || hasWord(target, 'city', 'email', 'mail', 'web', 'ip')) return null;
  const lines = (parts: readonly Part[]): readonly Part[] =>
    ['1', '2', '3'].flatMap(
      (digit) =>
        parts.find(
          (part) =>
            isText(part) && hasWord(part, 'address') && hasWord(part, digit) && sameSubject(part, target, addressWords),
        ) ?? [],
    );
  const sources = lines(from.parts);
  if (sources.length < 2 || lines(into.parts).length > 0) return null;
  const order = sources.map((_part, at) => at);
  return {
    type: 'merge',
    sources,
    forms: [joined(sources, ', ', order), joined(sources, ' ', order)],
    confidence: 0.6,
    reason: 'Lines of an address that the target keeps as one',
  };
};

export const mergePhone: Rule = (target, from, into) => {
  const isArea = (part: Part): boolean => hasWord(part, 'area', 'prefix') && (isText(part) || isNumber(part));
  const isPhone = isText(target) && hasWord(target, 'phone') && !isArea(target);
  if (!isPhone || into.parts.some(isArea)) return null;
  const about = (part: Part): boolean => sameSubject(part, target, phoneWords);
  const area = from.parts.find((part) => isArea(part) && hasWord(part, 'code', 'phone') && about(part));
  const number = from.parts.find(
    (part) => hasWord(part, 'phone') && !isArea(part) && (isText(part) || isNumber(part)) && about(part),
  );
  if (area === undefined || number === undefined) return null;
  const sources = [area, number];
  return {
    type: 'merge',
    sources,
    forms: [' ', '', '-', '/', ' / '].map((by) => joined(sources, by, [0, 1])) as [Form, ...Form[]],
    confidence: 0.55,
    reason: 'Area code and number that the target keeps as one',
    plausible: [(value) => /^[+(]?\d{1,6}\)?$/.test(value), (value) => /^[\d\s./-]{3,15}$/.test(value)],
  };
};
