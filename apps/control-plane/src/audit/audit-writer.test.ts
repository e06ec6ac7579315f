import type { KeyUse } from '@strongroom/sealing';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';
import { AuditLog } from './audit-log.ts';

/** A trail whose disk is the test's. */
let pending: { resolve: () => void; reject: (error: Error) => void }[];
let audit: AuditLog;
beforeEach(() => {
  pending = [];
  const append = () =>
    new Promise<void>((resolve, reject) => {
      pending.push({ resolve, reject });
    });
  audit = new AuditLog({ append }, pino({ level: 'silent' }));
});

const use: KeyUse = {
  ...{ action: 'kms:Decrypt', keyArn: 'arn:aws:kms:a:1:key/k', keyId: 'k', context: {} },
  ...{ caller: { principal: 'arn:aws:sts::1:assumed-role/r/alice' }, outcome: 'allowed' },
};
const read: KeyUse = { ...use, isOpenAlready: true };

async function isAnswered(work: Promise<void>): Promise<boolean> {
  const outcome = Promise.race([work.then(() => true), later().then(() => false)]);
  return outcome;
}

function later(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a use of a key', () => {
  it('that opens it, writes with it or is refused is on the disk before it is answered', async () => {
    const waited = [
      audit.keyUsed(use),
      audit.keyUsed({ ...read, action: 'kms:GenerateDataKey' }),
      audit.keyUsed({ ...read, outcome: 'refused', code: 'DisabledException' }),
    ];
    for (const each of waited) expect(await isAnswered(each)).toBe(false);
    for (const { resolve } of pending) resolve();
    await Promise.all(waited);
  });

  it('that reads under a key that is open is in the trail and does not wait for the disk', async () => {
    expect(await isAnswered(audit.keyUsed(read))).toBe(true);
    expect(pending).toHaveLength(1);
  });

  it('waits, and is refused, once such a read could not be written', async () => {
    await audit.keyUsed(read);
    pending.shift()?.reject(new Error('full'));
    await later();
    const next = audit.keyUsed(read);
    expect(await isAnswered(next)).toBe(false);
    pending.shift()?.reject(new Error('full'));
    await expect(next).rejects.toMatchObject({ code: 'AuditUnavailable' });
    const again = audit.keyUsed(read);
    pending.shift()?.resolve();
    await again;
    expect(await isAnswered(audit.keyUsed(read))).toBe(true);
  });
});
