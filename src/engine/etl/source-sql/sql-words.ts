/** Words of SQL, in lower case, that are no names where they stand in a query. */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const sqlWords = {
  setOperators: words('union minus intersect except'),
  /** What ends FROM and WHERE. */
  clauses: words('where group order having qualify connect start window limit fetch offset for option'),
  joins: words('on join inner left right full outer cross natural using lateral'),
  /** Other words that are never names. */
  reserved: words(`
    all and any as asc between both by case collate current date day desc distinct else end escape exists false first
    following from hour in interval into is last leading like minute month next not null nulls
    of only or order over partition percent preceding prior range recursive row rownum rowid level rows second
    select set some sysdate systimestamp current_date current_timestamp current_time then ties timestamp top trailing true unbounded unique
    values when with within year nolock`),
  /** Words that stand before a parenthesis without calling anything, and may be names elsewhere. */
  statements: words('insert update delete merge table if filter ilike apply'),
  times: words('sysdate systimestamp current_date current_timestamp getdate to_date to_timestamp trunc date timestamp'),
} as const;

/** Whether a word that follows a table ends what FROM says of it, rather than being its alias. */
export const endsTable = (word: string): boolean =>
  sqlWords.clauses.has(word) || sqlWords.setOperators.has(word) || sqlWords.joins.has(word);

/** Whether a word (in lower case) is no name where it stands in a query. */
export const isKeyword = (word: string): boolean => endsTable(word) || sqlWords.reserved.has(word);

/** Functions that mean in DuckDB what they mean in other databases. */
export const knownFunctions = words(`
  count sum min max avg coalesce nullif abs round floor ceil ceiling power sqrt exp ln sign mod upper lower replace substring substr
  concat trim ltrim rtrim length lpad rpad cast extract row_number rank dense_rank ntile lead lag first_value last_value
  stddev variance median current_date current_timestamp date timestamp year month day`);
