import type { ReactNode } from 'react';
import { TextInput } from '../../../ui/TextInput.tsx';
import { focusList, searchId } from '../focus.ts';

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** The search of a part: Escape empties it, Enter and arrow down go on to the list. */
export function SearchField({ label, value, onText }: SearchFieldProps): ReactNode {
  return (
    <TextInput
      id={searchId}
      label={label}
      placeholder={`${label}  /`}
      value={value}
      onText={onText}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onText('');
        if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault();
          focusList();
        }
      }}
    />
  );
}
