/** Set-up cannot go on; the message says what to do. Printed without a stack. */
export class SetupError extends Error {}

/** One line of set-up on stderr, so that stdout stays the command's own. */
export function say(line) {
  process.stderr.write(`set-up: ${line}\n`);
}

/** Runs an entry script; a SetupError becomes a message and exit status 1, anything else keeps its stack. */
export async function entry(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(
      error instanceof SetupError ? `set-up stopped: ${error.message}\n` : `${error?.stack ?? error}\n`,
    );
    process.exitCode = 1;
  }
}
