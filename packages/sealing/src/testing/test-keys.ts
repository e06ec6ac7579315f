import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyService } from '../keys/key-service.ts';
import { KeyStoreFile } from '../keys/key-store-file.ts';
import type { KeyCaller, KeyQuestion, KeyUse } from '../keys/key-use.ts';
import { LocalKeyring } from '../providers/local/local-keyring.ts';

export const alice: KeyCaller = { principal: 'arn:aws:iam::111122223333:role/alice' };
export const operator: KeyCaller = { principal: 'operator' };
const realm = { accountId: '111122223333', region: 'eu-central-1' };

/** A real keyring and a real register in a folder of their own; a clock, a judge and a record to play with. */
export interface TestKeys {
  readonly folder: string;
  readonly storePath: string;
  readonly keyring: {
    readonly keyringPath: string;
    readonly unlock: { readonly rootKeyPath: string };
  };
  keys: KeyService;
  now: Date;
  /** Throws to refuse. */
  judge: (question: KeyQuestion) => void | Promise<void>;
  /** Throws to fail. */
  record: (use: KeyUse) => void | Promise<void>;
  readonly uses: KeyUse[];
  /** As after a restart. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export async function openTestKeys(): Promise<TestKeys> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-keys-'));
  const storePath = join(folder, 'keys.json');
  const unlock = { rootKeyPath: join(folder, 'root.key') };
  const keyring = { keyringPath: join(folder, 'keyring.json'), unlock };
  const uses: KeyUse[] = [];
  const open = async () =>
    KeyService.open({
      ...realm,
      store: new KeyStoreFile(storePath),
      provider: await LocalKeyring.open(keyring),
      clock: () => test.now,
      authorize: async (question) => test.judge(question),
      onUse: async (use) => {
        await test.record(use);
        uses.push(use);
      },
    });
  const test: TestKeys = {
    ...{ folder, storePath, keyring, uses },
    now: new Date('2026-03-01T12:00:00Z'),
    judge: () => undefined,
    record: () => undefined,
    keys: undefined as unknown as KeyService,
    reopen: async () => {
      await test.keys.close();
      test.keys = await open();
    },
    close: async () => {
      await test.keys.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  test.keys = await open();
  return test;
}
