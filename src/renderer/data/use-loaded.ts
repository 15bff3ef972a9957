import { useEffect, useState } from 'react';
import { toErrorShape } from '../../shared/errors.ts';
import type { ErrorShape } from '../../shared/errors.ts';

export interface Loaded<T> {
  readonly value: T | null;
  readonly error: ErrorShape | null;
  readonly loading: boolean;
}

interface Answer<T> {
  readonly key: string | null;
  readonly value: T | null;
  readonly error: ErrorShape | null;
}

/**
 * Loads a value when `key` changes; null loads nothing. The value before stays while the next one loads, so that the
 * layout stays too, and a late answer to an earlier key is dropped.
 */
export function useLoaded<T>(key: string | null, load: () => Promise<T>): Loaded<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ key: null, value: null, error: null });
  useEffect(() => {
    if (key === null) return undefined;
    let current = true;
    load().then(
      (value) => {
        if (current) setAnswer({ key, value, error: null });
      },
      (error: unknown) => {
        if (current) setAnswer({ key, value: null, error: toErrorShape(error) });
      },
    );
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `load` closes over what `key` names
  }, [key]);
  if (key === null) return { value: null, error: null, loading: false };
  const loading = answer.key !== key;
  return { value: answer.value, error: loading ? null : answer.error, loading };
}
