/** A rule that gives one value for all rows: `'EUR'`, `Constant: 0`, `default CURRENT_DATE`. */
const constant =
  /^(?:(?:constant|const|default|fixed|hard-?coded?|literal|konstante?|fest|costante|constante)\s*[:=]?\s*)?('(?:[^']|'')*'|-?\d+(?:\.\d+)?|current_date|current_timestamp|true|false)$/i;

/** The value as SQL; null where the rule is anything else. */
export const constantExpression = (rule: string): string | null =>
  constant.exec(rule.trim().slice(0, 1000))?.[1] ?? null;
