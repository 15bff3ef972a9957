/** Amounts that follow from others: whole and fraction, quantity × price, net and tax. */
import { columnExpression } from '../column-expression.ts';
import {
  type Form,
  type Part,
  type Rule,
  hasWord,
  isNumber,
  isText,
  onlySql,
  sameSubject,
  subjectOf,
} from './derivation.ts';

const number = (part: Part): string => {
  const name = columnExpression(part.view.column.name);
  return isText(part) ? `TRY_CAST(TRIM(${name}) AS DECIMAL(38,6))` : name;
};

const wholeWords: ReadonlySet<string> = new Set('integer interest int whole unit euro dollar major'.split(' '));
const fractionWords: ReadonlySet<string> = new Set('decimal cent fraction dec minor penny pence'.split(' '));

/** `amount_int` and `amount_dec`. Both parts are marked, or an amount and its cents would be taken for two halves. */
export const joinAmount: Rule = (target, from) => {
  const isAmount = target.view.column.type === 'decimal' || target.view.column.type === 'float';
  if (!isAmount || hasAny(target, wholeWords) || hasAny(target, fractionWords)) return null;
  const apart = new Set([...wholeWords, ...fractionWords, 'part', 'place', 'amount']);
  const about = (part: Part): boolean => sameSubject(part, target, apart) && (isNumber(part) || isText(part));
  const fraction = from.parts.find((part) => hasAny(part, fractionWords) && about(part));
  const whole = from.parts.find((part) => part !== fraction && hasAny(part, wholeWords) && about(part));
  if (fraction === undefined || whole === undefined) return null;
  const [left, right] = [number(whole), number(fraction)];
  return {
    type: 'merge',
    sources: [whole, fraction],
    forms: [
      {
        expression: `${left} + CASE WHEN ${left} < 0 THEN -1 ELSE 1 END * COALESCE(${right}, 0) / 100.0`,
        make: ([first = '', second = '']) => `${first}.${second.padStart(2, '0')}`,
      },
    ],
    confidence: 0.55,
    reason: 'Whole units and hundredths that the target keeps as one amount',
    plausible: [(value) => /^-?\d+$/.test(value), (value) => /^\d{1,2}$/.test(value)],
  };
};

const hasAny = (part: Part, words: ReadonlySet<string>): boolean => part.words.some((word) => words.has(word));

const totalWords: ReadonlySet<string> = new Set('total extended external subtotal line'.split(' '));
const isPrice = (part: Part): boolean =>
  isNumber(part) && hasWord(part, 'price') && !hasAny(part, totalWords) && !hasWord(part, 'list', 'old', 'tax');

/** Only a name that says that it is a total: any amount could be a product of some two columns. */
export const quantityTimesPrice: Rule = (target, from) => {
  const says = hasAny(target, totalWords) && hasWord(target, 'amount', 'total', 'price', 'subtotal', 'value');
  if (!isNumber(target) || !says || hasWord(target, 'tax', 'discount', 'quantity', 'count')) return null;
  const quantity = from.parts.filter((part) => isNumber(part) && part.words.at(-1) === 'quantity');
  const unitPrices = from.parts.filter((part) => isPrice(part) && hasWord(part, 'unit'));
  const prices = unitPrices.length > 0 ? unitPrices : from.parts.filter(isPrice);
  const [first, price] = [quantity[0], prices[0]];
  if (first === undefined || price === undefined || quantity.length > 1 || prices.length > 1) return null;
  const discounted = from.parts.some((part) => hasWord(part, 'discount'));
  return {
    type: 'calculated',
    sources: [first, price],
    forms: onlySql(`${number(first)} * ${number(price)}`),
    confidence: discounted ? 0.4 : 0.55,
    reason: discounted
      ? 'Quantity times price; a discount stands beside them and may have to be taken off'
      : 'Quantity times price',
  };
};

const taxWords: ReadonlySet<string> = new Set('net gross tax amount total value added'.split(' '));

/** Of net, tax and gross any two give the third. */
export const netAndGross: Rule = (target, from) => {
  const kinds = ['net', 'tax', 'gross'] as const;
  const wanted = kinds.find((kind) => hasWord(target, kind));
  if (wanted === undefined || !isNumber(target) || hasWord(target, 'rate', 'percent', 'code')) return null;
  const find = (kind: (typeof kinds)[number]): Part | undefined =>
    from.parts.find(
      (part) =>
        isNumber(part) &&
        hasWord(part, kind) &&
        kinds.every((other) => other === kind || !hasWord(part, other)) &&
        !hasWord(part, 'rate', 'percent', 'code', 'identifier') &&
        subjectOf(part, taxWords) === subjectOf(target, taxWords),
    );
  const [net, tax, gross] = [find('net'), find('tax'), find('gross')];
  const sum = (a: Part | undefined, sign: string, b: Part | undefined) =>
    a === undefined || b === undefined ? null : { sources: [a, b], forms: [form(a, sign, b)] as const };
  const made = wanted === 'gross' ? sum(net, '+', tax) : wanted === 'net' ? sum(gross, '-', tax) : sum(gross, '-', net);
  if (made === null) return null;
  return {
    type: 'calculated',
    ...made,
    confidence: 0.55,
    reason: `${wanted === 'gross' ? 'Net and tax together' : wanted === 'net' ? 'Gross without tax' : 'What gross is more than net'}`,
  };
};

const form = (a: Part, sign: string, b: Part): Form => ({
  expression: `${number(a)} ${sign} ${number(b)}`,
  make: () => '',
});
