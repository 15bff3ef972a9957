/** Words of SQL, in lower case, that are no names where they stand in a query. */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const sqlWords = {
  setOperators: words('union minus intersect except'),
  /** What ends FROM. */
  clauses: words('where group order having qualify connect start window limit fetch offset for option'),
  reserved: words(`
    all and any as asc between both by case collate cross current date day desc distinct else end escape exists false first
    following from full hour in inner interval into is join last lateral leading left like minute month natural next not null nulls
    of on only or order outer over partition percent preceding prior range recursive right row rownum rowid level rows second
    select set some sysdate systimestamp current_date current_timestamp current_time then ties timestamp top trailing true unbounded unique
    using values when with within year nolock`),
  times: words('sysdate systimestamp current_date current_timestamp getdate to_date to_timestamp trunc date timestamp'),
} as const;
