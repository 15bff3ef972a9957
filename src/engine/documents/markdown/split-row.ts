/** The cells of a table row as GitHub splits it: a backslash takes the next character out of the count, also within code. */
export function splitRow(row: string): readonly string[] {
  const cells: string[] = [];
  let cell = '';
  for (let i = 0; i < row.length; i += 1) {
    const character = row[i] ?? '';
    if (character === '\\') {
      cell += character + (row[i + 1] ?? '');
      i += 1;
    } else if (character === '|') {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  // The row begins and ends with a pipe: what lies before the first is no cell, what follows the last neither.
  return cell.trim() === '' ? cells.slice(1) : [...cells.slice(1), cell];
}
