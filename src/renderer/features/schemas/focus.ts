/** Where the keyboard goes in this view: the search of the part that is shown, and from it to its list. */

export const searchId = 'schemas-search';
export const listId = 'schemas-list';

export function focusSearch(): void {
  document.getElementById(searchId)?.focus();
}

export function focusList(): void {
  document.getElementById(listId)?.focus();
}
