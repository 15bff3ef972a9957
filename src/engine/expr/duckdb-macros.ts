/** DuckDB macros with the semantics of PowerCenter and SSIS, which bundles carry beside their SQL. */

type Call = (name: string, ...args: readonly string[]) => string;

interface MacroDefinition {
  readonly parameters: readonly string[];
  readonly body: (call: Call, args: readonly string[]) => string;
}

/** A macro whose body names its arguments. */
function macro<const Names extends readonly string[]>(
  parameters: Names,
  body: (of: Readonly<Record<Names[number], string>>, call: Call) => string,
): MacroDefinition {
  const named = (args: readonly string[]): Record<Names[number], string> =>
    Object.fromEntries(parameters.map((name, index) => [name, args[index] ?? 'NULL'])) as Record<Names[number], string>;
  return { parameters, body: (call, args) => body(named(args), call) };
}

const numberPrefix = String.raw`'^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?'`;
const numberText = String.raw`'\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eEdD][+-]?[0-9]+)?\s*'`;
const classEscape = String.raw`'([\]\[\\^-])', '\\\1', 'g'`;

/** Every parameter is used where NULL goes through by itself, so no macro needs its argument twice only to test it. */
const definitions = {
  // The time of the run: a variable that the runner sets; the statement's own time otherwise.
  pc_run_ts: macro(
    [],
    () => "coalesce(CAST(getvariable('run_ts') AS TIMESTAMP), CAST(current_timestamp AS TIMESTAMP))",
  ),
  pc_num_prefix_text: macro(
    ['s'],
    ({ s }) => `regexp_replace(regexp_extract(ltrim(${s}), ${numberPrefix}), '^$', '0')`,
  ),
  // Text to number: the numeric prefix after blanks, 0 where there is none.
  pc_num_prefix: macro(['s'], ({ s }, call) => `TRY_CAST(${call('pc_num_prefix_text', s)} AS DECIMAL(38,10))`),
  pc_num_prefix_double: macro(['s'], ({ s }, call) => `TRY_CAST(${call('pc_num_prefix_text', s)} AS DOUBLE)`),
  pc_is_number: macro(['s'], ({ s }) => `regexp_full_match(${s}, ${numberText})`),
  // Start 0 is 1, a negative start counts from the end, no or negative length gives ''.
  pc_substr: macro(
    ['s', 'st', 'n'],
    ({ s, st, n }) =>
      `substr(${s}, CASE WHEN ${st} > 0 THEN ${st} WHEN ${st} = 0 OR length(${s}) + ${st} < 0 THEN 1 ELSE length(${s}) + ${st} + 1 END, ` +
      `CASE WHEN ${n} < 0 THEN 0 ELSE ${n} END)`,
  ),
  // The nth occurrence from a start on, as a position; 0 where there is none.
  pc_instr_fwd: macro(
    ['s', 't', 'st', 'occ'],
    ({ s, t, st, occ }) =>
      `CASE WHEN length(${s}) + length(${t}) + ${occ} IS NOT NULL THEN coalesce(list_filter(range(CAST(greatest(${st}, 1) AS BIGINT), ` +
      `length(${s}) - length(${t}) + 2), lambda pc_i: substr(${s}, pc_i, length(${t})) = ${t})[${occ}], 0) END`,
  ),
  // The same backwards, the start (negative) counting from the end.
  pc_instr_bwd: macro(
    ['s', 't', 'st', 'occ'],
    ({ s, t, st, occ }) =>
      `CASE WHEN length(${s}) + length(${t}) IS NOT NULL THEN coalesce(list_reverse(list_filter(range(1, ` +
      `CAST(length(${s}) + ${st} + 2 AS BIGINT)), lambda pc_i: substr(${s}, pc_i, length(${t})) = ${t}))[${occ}], 0) END`,
  ),
  pc_instr: macro(
    ['s', 't', 'st', 'occ'],
    ({ s, t, st, occ }, call) =>
      `CASE WHEN ${st} + ${occ} IS NULL THEN NULL WHEN ${st} < 0 THEN ${call('pc_instr_bwd', s, t, st, occ)} ELSE ${call('pc_instr_fwd', s, t, st, occ)} END`,
  ),
  // NULL parts are left out; NULL only where every part is NULL.
  pc_concat: macro(['parts'], ({ parts }) => `list_aggregate(${parts}, 'string_agg', '')`),
  pc_initcap: macro(
    ['s'],
    ({ s }) =>
      `CASE WHEN ${s} = '' THEN '' ELSE list_aggregate(list_transform(range(1, length(${s}) + 1), lambda pc_i: ` +
      String.raw`CASE WHEN pc_i = 1 OR NOT regexp_full_match(substr(${s}, pc_i - 1, 1), '[\p{L}\p{N}]') ` +
      `THEN upper(substr(${s}, pc_i, 1)) ELSE lower(substr(${s}, pc_i, 1)) END), 'string_agg', '') END`,
  ),
  pc_replacechr: macro(
    ['cs', 's', 'chars', 'rep'],
    ({ cs, s, chars, rep }) =>
      `CASE WHEN coalesce(${chars}, '') = '' THEN ${s} ELSE regexp_replace(${s}, ` +
      `CASE WHEN ${cs} = 0 THEN '(?i)[' ELSE '[' END || regexp_replace(${chars}, ${classEscape}) || ']', ` +
      String.raw`replace(coalesce(substr(${rep}, 1, 1), ''), '\', '\\'), 'g') END`,
  ),
  // The last day of the month, with the time of day kept.
  pc_last_day: macro(['d'], ({ d }) => `${d} + to_days(CAST(day(last_day(${d})) - day(${d}) AS INTEGER))`),
  // Months since year 0, the day as its share of the month.
  pc_month_pos: macro(
    ['d'],
    ({ d }) =>
      `(year(${d}) * 12 + month(${d}) - 1 + (day(${d}) + (epoch_us(${d}) - epoch_us(date_trunc('day', ${d}))) / 86400000000.0) / day(last_day(${d})))`,
  ),
  pc_date_diff_month: macro(['a', 'b'], ({ a, b }, call) => `${call('pc_month_pos', a)} - ${call('pc_month_pos', b)}`),
  // Two-digit years, read with the pivot of 69, moved to the century of the run.
  pc_date_yy: macro(
    ['d'],
    ({ d }, call) => `${d} + to_years(CAST((year(${call('pc_run_ts')}) // 100 - year(${d}) // 100) * 100 AS INTEGER))`,
  ),
  // The same for RR: the century nearest to the run, pivot 50.
  pc_date_rr: macro(
    ['d'],
    ({ d }, call) =>
      `${d} + to_years(CAST((year(${call('pc_run_ts')}) // 100 + (year(${call('pc_run_ts')}) % 100) // 50 ` +
      `- year(${d}) // 100 - (year(${d}) % 100) // 50) * 100 AS INTEGER))`,
  ),
  pc_reg_extract: macro(
    ['s', 'p', 'g'],
    ({ s, p, g }) =>
      `CASE WHEN regexp_full_match(${s}, ${p}) THEN regexp_extract(${s}, '^(?:' || ${p} || ')$', ${g}) END`,
  ),
  pc_soundex: macro(['s'], soundexBody),
  // The CRC-32 of zip files, byte by byte: eight shifts each.
  pc_crc32: macro(
    ['s'],
    ({ s }) =>
      `CASE WHEN ${s} IS NOT NULL THEN xor(list_reduce(list_prepend(4294967295::BIGINT, list_transform(range(octet_length(encode(${s}))), ` +
      `lambda crc_i: CAST('0x' || substr(hex(encode(${s})), 2 * crc_i + 1, 2) AS BIGINT))), ` +
      `lambda crc_c, crc_b: list_reduce(list_prepend(xor(crc_c, crc_b), range(8)), lambda crc_x, crc_y: ` +
      `xor(crc_x >> 1, (crc_x & 1) * 3988292384))), 4294967295) END`,
  ),
  pc_convert_base: macro(
    ['v', 'f', 't'],
    ({ v, f, t }) =>
      `to_base(list_reduce(list_transform(string_split(upper(trim(${v})), ''), ` +
      `lambda pc_c: CAST(instr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', pc_c) - 1 AS BIGINT)), lambda pc_a, pc_b: pc_a * CAST(${f} AS BIGINT) + pc_b), CAST(${t} AS INTEGER))`,
  ),
  // Annuities with the sign convention of spreadsheets; ty is 1 for payments at the start of a period.
  pc_fv: macro(
    ['r', 'n', 'pmt', 'pv', 'ty'],
    ({ r, n, pmt, pv, ty }) =>
      `CASE WHEN ${r} = 0 THEN -(${pv} + ${pmt} * ${n}) ELSE -(${pv} * power(1 + ${r}, ${n}) + ${pmt} * (1 + ${r} * ${ty}) * (power(1 + ${r}, ${n}) - 1) / ${r}) END`,
  ),
  pc_pv: macro(
    ['r', 'n', 'pmt', 'fv', 'ty'],
    ({ r, n, pmt, fv, ty }) =>
      `CASE WHEN ${r} = 0 THEN -(${fv} + ${pmt} * ${n}) ELSE -(${fv} + ${pmt} * (1 + ${r} * ${ty}) * (power(1 + ${r}, ${n}) - 1) / ${r}) / power(1 + ${r}, ${n}) END`,
  ),
  pc_pmt: macro(
    ['r', 'n', 'pv', 'fv', 'ty'],
    ({ r, n, pv, fv, ty }) =>
      `CASE WHEN ${r} = 0 THEN -(${pv} + ${fv}) / nullif(${n}, 0) ELSE -(${pv} * power(1 + ${r}, ${n}) + ${fv}) * ${r} / ((1 + ${r} * ${ty}) * nullif(power(1 + ${r}, ${n}) - 1, 0)) END`,
  ),
  pc_nper: macro(
    ['r', 'pv', 'pmt', 'fv', 'ty'],
    ({ r, pv, pmt, fv, ty }) =>
      `CASE WHEN ${r} = 0 THEN -(${pv} + ${fv}) / nullif(${pmt}, 0) ELSE TRY(ln((${pmt} * (1 + ${r} * ${ty}) - ${fv} * ${r}) / (${pmt} * (1 + ${r} * ${ty}) + ${pv} * ${r})) / ln(1 + ${r})) END`,
  ),
  // SSIS: parts between any of the delimiter characters, empty ones left out; '' where there is no such part.
  ssis_tokens: macro(
    ['s', 'delims'],
    ({ s, delims }) =>
      `list_filter(string_split(translate(${s}, ${delims}, repeat(left(${delims}, 1), length(${delims}))), coalesce(nullif(left(${delims}, 1), ''), chr(1))), lambda ssis_x: ssis_x <> '')`,
  ),
  ssis_token: macro(
    ['s', 'delims', 'n'],
    ({ s, delims, n }, call) =>
      `CASE WHEN ${s} IS NOT NULL AND ${delims} IS NOT NULL AND ${n} IS NOT NULL THEN coalesce(${call('ssis_tokens', s, delims)}[${n}], '') END`,
  ),
  // Forty secant steps from 10 %: far more than a solvable case needs; NULL where they do not converge.
  pc_rate: macro(['n', 'pmt', 'pv', 'fv', 'ty'], rateBody),
} as const;

export type MacroName = keyof typeof definitions;

/** Macros whose body is a sum or difference; the others are calls or CASE and need no parentheses when written out. */
export const macrosThatAreSums: ReadonlySet<MacroName> = new Set<MacroName>([
  'pc_last_day',
  'pc_date_diff_month',
  'pc_date_yy',
  'pc_date_rr',
]);

export const macroNames: readonly MacroName[] = Object.keys(definitions) as MacroName[];

/** Letters to digit codes, equal neighbours merged; H and W do not separate, vowels do. */
function soundexBody({ s }: Readonly<Record<'s', string>>): string {
  const letters = `regexp_replace(upper(${s}), '[^A-Z]', '', 'g')`;
  const codes = `translate(${letters}, 'AEIOUYHWBFPVCGJKQSXZDTLMNR', '000000--111122222222334556')`;
  let merged = `replace(regexp_replace(${codes}, '^-', '0'), '-', '')`;
  for (const code of '123456') merged = `regexp_replace(${merged}, '${code}+', '${code}', 'g')`;
  const digits = `replace(substr(${merged}, 2), '0', '')`;
  return `CASE WHEN ${letters} = '' THEN NULL ELSE left(${letters}, 1) || rpad(${digits}, 3, '0') END`;
}

function rateBody({ n, pmt, pv, fv, ty }: Readonly<Record<'n' | 'pmt' | 'pv' | 'fv' | 'ty', string>>): string {
  const value = (r: string): string =>
    `(${pv} * power(1 + ${r}, ${n}) + ${pmt} * (1 + ${r} * ${ty}) * (power(1 + ${r}, ${n}) - 1) / ${r} + ${fv})`;
  const slope = `((${value('(pc_x + 1e-6)')} - ${value('pc_x')}) / 1e-6)`;
  const step = `lambda pc_x, pc_i: CASE WHEN abs(pc_x - ${value('pc_x')} / nullif(${slope}, 0)) < 1e-9 THEN 1e-9 ELSE pc_x - ${value('pc_x')} / nullif(${slope}, 0) END`;
  return `TRY(list_reduce(list_transform(range(40), lambda pc_i: 0.1::DOUBLE), ${step}))`;
}

/** True where the text is one name, number, string, list or call, so that it needs no parentheses anywhere. */
function isOneTerm(sql: string): boolean {
  if (/^(?:[\w.]+|"[^"]*"|'[^']*')$/.test(sql)) return true;
  const open = /^\w*[([]/.exec(sql);
  if (open === null || /^(?:CASE|NOT|AND|OR)$/i.test(open[0].slice(0, -1))) return false;
  let depth = 0;
  let quote = '';
  for (let at = 0; at < sql.length; at += 1) {
    const char = sql[at] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === "'" || char === '"') quote = char;
    else if (char === '(' || char === '[') depth += 1;
    else if ((char === ')' || char === ']') && --depth === 0) return at === sql.length - 1;
  }
  return false;
}

const parenthesised = (sql: string): string => (isOneTerm(sql) ? sql : `(${sql})`);

/** The macro's body with the arguments in place of its parameters: SQL that stands alone. */
export function expandMacro(name: MacroName, args: readonly string[]): string {
  const definition: MacroDefinition = definitions[name];
  const call: Call = (inner, ...innerArgs) => parenthesised(expandMacro(inner as MacroName, innerArgs));
  return definition.body(call, args.map(parenthesised));
}

/** The macro with the macros that it calls itself, those first. */
function withDependencies(names: Iterable<MacroName>): readonly MacroName[] {
  const found = new Set<MacroName>();
  const visit = (name: MacroName): void => {
    const definition: MacroDefinition = definitions[name];
    const call: Call = (inner) => {
      visit(inner as MacroName);
      return '';
    };
    definition.body(call, definition.parameters);
    found.add(name);
  };
  for (const name of [...names].sort()) visit(name);
  return [...found];
}

/** `CREATE OR REPLACE MACRO` statements of the named macros and all that they call, in an order that runs. */
export function macroSql(names: Iterable<string>): string {
  const known = [...names].map((name) => {
    if (!Object.hasOwn(definitions, name)) throw new Error(`No macro ${name}`);
    return name as MacroName;
  });
  const statements = withDependencies(known).map((name) => {
    const definition: MacroDefinition = definitions[name];
    const call: Call = (inner, ...args) => `${inner}(${args.join(', ')})`;
    return `CREATE OR REPLACE MACRO ${name}(${definition.parameters.join(', ')}) AS ${definition.body(call, definition.parameters)};`;
  });
  return statements.length === 0 ? '' : `${statements.join('\n')}\n`;
}
