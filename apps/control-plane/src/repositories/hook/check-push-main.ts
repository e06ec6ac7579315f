/**
 * The hook before a push, in the repository's own sandbox: finds out what the push would change and
 * bring, tells the control plane on descriptor 4, and does what that answers. It decides nothing.
 */
import { readSync, writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import {
  noObject,
  type PushReport,
  pushSettingsSchema,
  pushSettingsVariable,
  pushVerdictSchema,
  type RefUpdate,
} from '../push/push-messages-schema.ts';
import { type NewBlob, newBlobs } from './new-blobs.ts';
import { git } from './run-git-here.ts';
import { scanBlobs } from './scan-blobs.ts';

const channel = 4;
const maximumTold = 100;

try {
  process.exitCode = (await check()) ? 0 : 1;
} catch (error) {
  const why = error instanceof Error ? error.message : 'unknown';
  process.stderr.write(`The push could not be looked at, so it is refused: ${why.slice(0, 200)}\n`);
  process.exitCode = 1;
}

async function check(): Promise<boolean> {
  const settings = pushSettingsSchema.parse(JSON.parse(process.env[pushSettingsVariable] ?? ''));
  const updates = await readUpdates();
  const tips = updates.map((update) => update.new).filter((id) => id !== noObject);
  const blobs = await newBlobs(tips);
  const findings = await scanBlobs(blobs, settings);
  // What blocks is told before what only warns.
  findings.sort((left, right) => Number(right.level === 'block') - Number(left.level === 'block'));
  const report: PushReport = {
    updates,
    findings: findings.slice(0, maximumTold),
    furtherFindingCount: Math.max(0, findings.length - maximumTold),
    tooLarge: blobs
      .filter(({ sizeBytes }) => sizeBytes > settings.maximumFileBytes)
      .slice(0, 50)
      .map(({ commit, path, sizeBytes }: NewBlob) => ({ commit, path, sizeBytes })),
  };
  say(`check ${JSON.stringify(report)}\n`);
  const { messages, isAccepted } = pushVerdictSchema.parse(JSON.parse(hear()));
  if (messages.length > 0) process.stderr.write(`${messages.join('\n')}\n`);
  return isAccepted;
}

/** githooks(5), "pre-receive": `<old> <new> <ref>`, a line each. */
async function readUpdates(): Promise<RefUpdate[]> {
  const lines = (await text(process.stdin)).split('\n').filter((line) => line !== '');
  const found: RefUpdate[] = [];
  for (const line of lines) {
    const [old = '', after = '', ...ref] = line.split(' ');
    found.push({
      ...{ old, new: after, ref: ref.join(' ') },
      isFastForward: await isFastForward(old, after),
    });
  }
  return found;
}

async function isFastForward(old: string, after: string): Promise<boolean> {
  if (old === noObject || after === noObject) return false;
  const { exitCode } = await git(['merge-base', '--is-ancestor', old, after]);
  return exitCode === 0;
}

/** The descriptor is a socket that both sides share: a full one is tried again. */
function say(words: string): void {
  let rest = Buffer.from(words);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(channel, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      waitAMoment();
    }
  }
}

function hear(): string {
  const chunk = Buffer.alloc(64 * 1024);
  let heard = Buffer.alloc(0);
  while (!heard.includes(0x0a)) {
    try {
      const length = readSync(channel, chunk);
      if (length === 0) throw new Error('Cannot ask about the push: nobody answers');
      heard = Buffer.concat([heard, chunk.subarray(0, length)]);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      waitAMoment();
    }
  }
  return heard.toString('utf8', 0, heard.indexOf(0x0a));
}

function waitAMoment(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
