import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back what reading a large file left behind: several times its size, and V8 takes its time as long as the machine has
 * memory. Costs a pause in proportion to what is kept.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('typeof gc === "function" ? gc : null') as (() => void) | null;
  collect?.();
}

/**
 * Has V8 clear up when its heap has grown by a third, instead of letting it grow to several times what is in use while the
 * machine has memory. Holds for the whole process.
 */
export function growSlowly(): void {
  setFlagsFromString('--heap-growing-percent=30');
}
