/** Long work that gives others a turn: what a step yields is its weight, in things looked at. */
export type Steps<T> = Generator<number, T>;

/** About this much is done before the next turn: a few milliseconds. */
const turnWeight = 2000;

/** All steps one after the other, without a turn for anybody. */
export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** The steps in short pieces, between which the process does what else it has to do. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  let weight = 0;
  let step = steps.next();
  while (step.done !== true) {
    weight += step.value;
    if (weight >= turnWeight) {
      weight = 0;
      await nextTurn();
    }
    step = steps.next();
  }
  return step.value;
}

/** Lets timers and messages in, which a resolved promise would not. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
