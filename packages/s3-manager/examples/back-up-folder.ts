/**
 * Mirrors a folder into a bucket under one key and prints how far it is:
 *
 *   node packages/s3-manager/examples/back-up-folder.ts ./notebooks reports alice/notebooks alias/research
 *
 * Credentials, region and endpoint come from the environment (AWS_ACCESS_KEY_ID, AWS_REGION,
 * AWS_ENDPOINT_URL …). Node.js 22.18 or newer runs TypeScript as it is.
 */
import { S3Manager, S3ManagerError } from '@strongroom/s3-manager';

const [folder, bucket, prefix = '', kmsKey] = process.argv.slice(2);
if (folder === undefined || bucket === undefined) {
  process.stderr.write('Usage: back-up-folder <folder> <bucket> [prefix] [key]\n');
  process.exit(2);
}

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());

const s3 = new S3Manager({
  kmsKey,
  connection: { forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined },
});
try {
  const result = await s3.uploadFolder(folder, bucket, prefix, {
    exclude: ['.ipynb_checkpoints/', '*.tmp'],
    deleteExtraneous: true,
    signal: interrupted.signal,
    onStep: ({ type, key }) => process.stdout.write(`${type} ${key}\n`),
    onProgress: ({ filesDone, filesTotal, bytesDone, bytesTotal }) =>
      process.stderr.write(
        `${filesDone} of ${filesTotal} files, ${bytesDone} of ${bytesTotal} bytes\n`,
      ),
  });
  process.stdout.write(`${result.transferredCount} sent, ${result.equalCount} equal\n`);
} catch (error) {
  if (!(error instanceof S3ManagerError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  for (const failure of error.failures) process.stderr.write(`  ${failure.error.message}\n`);
  process.exitCode = 1;
} finally {
  s3.close();
}
