/** Words before a parenthesis that are no calls, and functions that mean in DuckDB what they mean in other databases. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

export const sqlKeywords: ReadonlySet<string> = words(
  'select from where and or not in exists as on using when then else case all any some union except intersect minus values over by ' +
    'between like ilike is distinct filter having order group partition join inner left right full outer cross with set into insert ' +
    'update delete merge table if end limit offset qualify recursive lateral apply escape collate null top rows range',
);

export const knownFunctions: ReadonlySet<string> = words(
  'count sum min max avg coalesce nullif abs round floor ceil ceiling power sqrt exp ln sign mod upper lower replace substring substr ' +
    'concat trim ltrim rtrim length lpad rpad cast extract row_number rank dense_rank ntile lead lag first_value last_value ' +
    'stddev variance median current_date current_timestamp date timestamp year month day',
);
