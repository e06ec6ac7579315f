import { afterAll, beforeAll, describe } from 'vitest';
import type { ObjectStore } from '../store/object-store.ts';
import { bucketContract } from './contract/bucket-contract.ts';
import { conditionContract } from './contract/condition-contract.ts';
import { contentContract } from './contract/content-contract.ts';
import { copyContract } from './contract/copy-contract.ts';
import { listingContract } from './contract/listing-contract.ts';
import { multipartContract } from './contract/multipart-contract.ts';
import { versionContract } from './contract/version-contract.ts';

export interface StoreUnderTest {
  readonly store: ObjectStore;
  readonly caller: { readonly principal: string };
  /** Of a non-last part. */
  readonly minimumPartBytes: number;
  close(): Promise<void>;
}

export interface ContractSubject {
  readonly store: ObjectStore;
  readonly caller: { readonly principal: string };
  readonly minimumPartBytes: number;
  /** An empty bucket of the test's own. */
  newBucket(): Promise<string>;
}

let bucketCount = 0;

/** What every object store does alike, whatever it is made of. */
export function objectStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`object store: ${name}`, () => {
    let opened: StoreUnderTest;
    const subject: ContractSubject = {
      get store() {
        return opened.store;
      },
      get caller() {
        return opened.caller;
      },
      get minimumPartBytes() {
        return opened.minimumPartBytes;
      },
      async newBucket() {
        bucketCount += 1;
        const bucket = `contract-${process.pid}-${bucketCount}`;
        await opened.store.createBucket({ bucket, caller: opened.caller });
        return bucket;
      },
    };
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      await opened.close();
    });

    describe('buckets', () => bucketContract(subject));
    describe('content', () => contentContract(subject));
    describe('conditions', () => conditionContract(subject));
    describe('copies', () => copyContract(subject));
    describe('listings', () => listingContract(subject));
    describe('versions', () => versionContract(subject));
    describe('uploads in parts', () => multipartContract(subject));
  });
}
