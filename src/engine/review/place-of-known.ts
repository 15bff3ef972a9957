import type { KnownMapping } from '../../shared/model/known-mapping.ts';

/** Where a line stands: `mapping.xlsx, sheet "Fields", row 12`. */
export function placeOfKnown({ file, sheet, row }: KnownMapping): string {
  return sheet === null ? `${file}, line ${row}` : `${file}, sheet "${sheet}", row ${row}`;
}
