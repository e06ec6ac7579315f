import { type ObjectStore, S3Error } from '@strongroom/object-store';
import { StartError } from '../start-error.ts';

const caller = { principal: 'platform' };

/**
 * The buckets of a domain that was deployed: they are there, with the settings that they were deployed with,
 * and the role that this runs as changes none.
 *
 * @throws {StartError} `ObjectsUnavailable`
 */
export async function requireBuckets(store: ObjectStore, names: readonly string[]): Promise<void> {
  for (const bucket of names) {
    await store.headBucket({ bucket, caller }).catch((error: unknown) => {
      const { name } = error as Error;
      const code = error instanceof S3Error ? error.code : name;
      const mend =
        code === 'NoSuchBucket'
          ? 'deploy the domain file (strongroom aws deploy)'
          : 'look at the credentials and the region of objects.store';
      throw new StartError(
        'ObjectsUnavailable',
        `Cannot use the bucket "${bucket}": S3 answered ${code}; ${mend}`,
        { cause: error },
      );
    });
  }
}
