const stray = /&(?!#?[A-Za-z0-9_.-]{1,64};)/g;

/** `text` with every `&` that starts no reference written as `&amp;`, outside CDATA; `count` says how many there were. */
export function escapeStrayAmpersands(text: string): { readonly text: string; readonly count: number } {
  let count = 0;
  const escape = (part: string): string =>
    part.replace(stray, () => {
      count += 1;
      return '&amp;';
    });
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('<![CDATA[', at);
    const end = start < 0 ? -1 : text.indexOf(']]>', start);
    if (end < 0) break;
    parts.push(escape(text.slice(at, start)), text.slice(start, end));
    at = end;
  }
  parts.push(escape(text.slice(at)));
  return { text: parts.join(''), count };
}
