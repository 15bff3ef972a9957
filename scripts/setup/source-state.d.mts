export function sourceState(
  root: string,
  entries: readonly string[],
  counts: (path: string) => boolean,
): { readonly listing: string; readonly content: () => string };
