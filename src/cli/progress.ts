/** Progress on stderr: a bar that rewrites itself on a terminal, one line a step otherwise. */

export interface Progress {
  /** `total` 0 means not known. */
  step(name: string, done: number, total: number, detail: string): void;
  /** A line that stays. */
  line(text: string): void;
  end(): void;
}

const BAR_WIDTH = 24;
const MIN_INTERVAL_MS = 80;

export function createProgress(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return plainProgress(stream);
  let last = 0;
  const clear = (): void => void stream.write('\r\u001b[2K');
  return {
    step(name, done, total, detail) {
      const now = performance.now();
      if (now - last < MIN_INTERVAL_MS && done < total) return;
      last = now;
      const filled = total === 0 ? 0 : Math.min(BAR_WIDTH, Math.round((done / total) * BAR_WIDTH));
      const bar = total === 0 ? '' : `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} `;
      clear();
      stream.write(`${name.padEnd(10)} ${bar}${detail}`.slice(0, Math.max(20, (stream.columns ?? 80) - 1)));
    },
    line(text) {
      clear();
      stream.write(`${text}\n`);
    },
    end: clear,
  };
}

function plainProgress(stream: NodeJS.WriteStream): Progress {
  let current = '';
  return {
    step(name) {
      if (name === current) return;
      current = name;
      stream.write(`${name} …\n`);
    },
    line: (text) => void stream.write(`${text}\n`),
    end() {},
  };
}
