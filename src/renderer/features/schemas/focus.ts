/** Where the keyboard goes in this view: the search of the part that is shown, and from it to its list. */

export const searchId = 'schemas-search';
export const listId = 'schemas-list';

/** What was searched before is selected, so that typing replaces it. */
export function focusSearch(): void {
  const field = document.getElementById(searchId);
  if (field instanceof HTMLInputElement) field.select();
}
