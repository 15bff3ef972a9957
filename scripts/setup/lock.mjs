import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCAL } from './places.mjs';
import { say } from './report.mjs';

const FILE = join(LOCAL, 'set-up.pid');
const POLL_MS = 250;

/** Runs `work` while no other set-up of this checkout is running; one left by a dead process does not count. */
export async function withSetupLock(work) {
  mkdirSync(LOCAL, { recursive: true });
  for (let waited = false; !take(); waited = true) {
    if (!waited) say('another set-up of this checkout is running; waiting for it');
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(FILE, { force: true });
  }
}

/** The file appears with its content in one step, so that no reader sees it empty. */
function take() {
  const draft = `${FILE}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, FILE);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderLives()) rmSync(FILE, { force: true });
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function holderLives() {
  try {
    process.kill(Number(readFileSync(FILE, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
