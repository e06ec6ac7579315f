import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BucketKeys,
  type KeyDescription,
  KeyService,
  KeyStoreFile,
  type KeyUse,
  LocalKeyring,
} from '@strongroom/sealing';
import {
  type EmbeddedObjectStoreOptions,
  ObjectStoreEmbedded,
} from '../store/object-store-embedded.ts';

export const operator = { principal: 'operator' };

export interface TestKeys {
  readonly service: KeyService;
  readonly bucketKeys: BucketKeys;
  readonly key: KeyDescription;
  readonly otherKey: KeyDescription;
  readonly uses: KeyUse[];
}

/** A keyring with two keys: `alias/data`, which is the default, and `alias/other`. */
export async function openTestKeys(folder: string): Promise<TestKeys> {
  const uses: KeyUse[] = [];
  const service = await KeyService.open({
    store: new KeyStoreFile(join(folder, 'keys.json')),
    provider: await LocalKeyring.open({
      keyringPath: join(folder, 'keyring.json'),
      unlock: { rootKeyPath: join(folder, 'root-key') },
    }),
    ...{ clock: () => new Date(), accountId: '111122223333', region: 'eu-central-1' },
    authorize: async () => undefined,
    onUse: async (use) => void uses.push(use),
  });
  const present = (alias: string) => service.list().find(({ aliases }) => aliases.includes(alias));
  const ensure = async (alias: string) =>
    present(alias) ?? (await service.create({ alias, policy: {}, caller: operator }));
  const key = await ensure('alias/data');
  const otherKey = await ensure('alias/other');
  const bucketKeys = new BucketKeys({ keys: service, clock: () => new Date() });
  return { service, bucketKeys, key, otherKey, uses };
}

export interface TestStore extends TestKeys {
  readonly store: ObjectStoreEmbedded;
  /** Of the store; the keys lie beside it. */
  readonly folder: string;
  /** The same folder again, as after a restart. */
  reopen(): Promise<ObjectStoreEmbedded>;
  /** Set to let time pass. */
  readonly time: { now: Date };
  close(): Promise<void>;
}

export type TestStoreOptions = Partial<
  Pick<EmbeddedObjectStoreOptions, 'folder' | 'freeSpaceFloorBytes' | 'minimumPartBytes'>
>;

export const testMetadataKey = Buffer.alloc(32, 7);

export async function openTestStore(options: TestStoreOptions = {}): Promise<TestStore> {
  const root = await mkdtemp(join(tmpdir(), 'strongroom-objects-'));
  const keys = await openTestKeys(root);
  const folder = options.folder ?? join(root, 'objects');
  const time = { now: new Date('2026-03-01T12:00:00.000Z') };
  const open = () =>
    ObjectStoreEmbedded.open({
      ...{ keys: keys.service, bucketKeys: keys.bucketKeys, defaultKey: 'alias/data' },
      ...{ metadataKey: testMetadataKey, clock: () => time.now },
      ...{ freeSpaceFloorBytes: 0, ...options, folder },
    });
  let store = await open();
  return {
    ...{ ...keys, folder, time },
    get store() {
      return store;
    },
    async reopen() {
      await store.close();
      store = await open();
      return store;
    },
    async close() {
      await store.close();
      keys.bucketKeys.close();
      await keys.service.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
