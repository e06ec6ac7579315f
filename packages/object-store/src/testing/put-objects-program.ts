import { randomBytes } from 'node:crypto';
import { ObjectStoreEmbedded } from '../store/object-store-embedded.ts';
import { contentOf } from './content.ts';
import { openTestKeys, operator, testMetadataKey } from './test-store.ts';

/**
 * Puts objects until it is killed, and prints the key of each that was acknowledged. Its content is its
 * key, repeated; every third is a part of an upload or large enough for a file of its own.
 */
const [root = ''] = process.argv.slice(2);
const keys = await openTestKeys(root);
const store = await ObjectStoreEmbedded.open({
  ...{ folder: `${root}/objects`, keys: keys.service, bucketKeys: keys.bucketKeys },
  ...{ defaultKey: 'alias/data', metadataKey: testMetadataKey, clock: () => new Date() },
  ...{ freeSpaceFloorBytes: 0, minimumPartBytes: 1 },
});
await store.createBucket({ bucket: 'killed', caller: operator });
let count = 0;
const putAll = async () => {
  while (count < 200) {
    count += 1;
    const place = {
      bucket: 'killed',
      key: `${count}-${randomBytes(4).toString('hex')}`,
      caller: operator,
    };
    const bytes = Buffer.from(place.key.repeat(count % 3 === 0 ? 20_000 : 10));
    if (count % 9 === 0) {
      const { uploadId } = await store.createUpload(place);
      const upload = { ...place, uploadId };
      const { etag } = await store.uploadPart({
        ...upload,
        partNumber: 1,
        content: contentOf(bytes),
      });
      await store.completeUpload({ ...upload, parts: [{ partNumber: 1, etag }] });
    } else {
      await store.putObject({ ...place, content: contentOf(bytes) });
    }
    process.stdout.write(`${place.key} ${bytes.length}\n`);
  }
};
await Promise.all(Array.from({ length: 8 }, putAll));
process.stdout.write('all\n');
