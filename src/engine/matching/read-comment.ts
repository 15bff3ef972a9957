/** Comments that data dictionaries generate: `Description: …, Type: DATE, Field Name: Event Date` holds a title and a description. */

export interface ColumnComment {
  /** The column's name in plain words, where the comment has one. */
  readonly title: string | null;
  /** What remains when technical entries are taken out. */
  readonly description: string;
}

const titles: ReadonlySet<string> = new Set([
  'field name',
  'name',
  'label',
  'title',
  'caption',
  'long name',
  'display name',
  'business name',
  'column name',
  'attribute',
  'bezeichnung',
  'libelle',
  'etichetta',
  'etiqueta',
  'nazwa',
]);
const descriptions: ReadonlySet<string> = new Set([
  'description',
  'desc',
  'definition',
  'meaning',
  'comment',
  'remarks',
  'note',
  'notes',
  'beschreibung',
  'descrizione',
  'descripcion',
  'opis',
]);
const technical: ReadonlySet<string> = new Set([
  'type',
  'data type',
  'datatype',
  'format',
  'mapping',
  'length',
  'size',
  'precision',
  'scale',
  'nullable',
  'null',
  'required',
  'default',
  'key',
  'lookup',
  'values',
  'domain',
  'example',
  'examples',
  'source',
  'since',
  'version',
]);

/** Comments without at least two such entries are returned as they are. */
export function readComment(comment: string): ColumnComment {
  const entries = entriesOf(comment.slice(0, 2000));
  if (entries.length < 2) return { title: null, description: comment };
  const title = entries.find((entry) => titles.has(entry.label))?.text ?? null;
  const rest = entries
    .filter((entry) => descriptions.has(entry.label) || entry.label === '')
    .map((entry) => entry.text);
  return {
    title: title === '' ? null : title,
    description: rest.filter((text) => text !== '').join('. ') || (title ?? comment),
  };
}

interface Entry {
  readonly label: string;
  readonly text: string;
}

/** Cuts at known labels that begin the text or follow a separator. */
function entriesOf(comment: string): readonly Entry[] {
  const marks: { readonly label: string; readonly from: number; readonly to: number }[] = [];
  for (const match of comment.matchAll(/(^|[,;.|\n])\s{0,4}([\p{L}][\p{L} ]{1,20}):/gu)) {
    const label = (match[2] as string).trim().toLowerCase();
    if (titles.has(label) || descriptions.has(label) || technical.has(label))
      marks.push({ label, from: match.index, to: match.index + match[0].length });
  }
  if (marks.length === 0) return [];
  const first = comment.slice(0, marks[0]?.from).trim();
  const entries = marks.map((mark, i) => ({
    label: mark.label,
    text: comment.slice(mark.to, marks[i + 1]?.from).trim(),
  }));
  return first === '' ? entries : [{ label: '', text: first }, ...entries];
}
