/**
 * Writes an object under a key, reads it back, and prints a URL that works for a minute:
 *
 *   node packages/s3-manager/examples/read-and-write.ts reports alias/research
 */
import { S3Manager } from '@strongroom/s3-manager';

const [bucket = 'reports', kmsKey] = process.argv.slice(2);
const s3 = new S3Manager({
  kmsKey,
  connection: { forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined },
});

const written = await s3.putObject(bucket, 'examples/hello.json', JSON.stringify({ hello: 'S3' }), {
  contentType: 'application/json',
});
process.stdout.write(
  `sealed under ${written.kmsKeyArn ?? 'a key that the service does not tell'}\n`,
);

const text = await s3.getText(bucket, 'examples/hello.json');
process.stdout.write(`${text ?? 'there is no such object'}\n`);

for await (const entry of s3.listFolder(bucket, 'examples/')) {
  process.stdout.write(`${entry.type === 'folder' ? entry.prefix : entry.key}\n`);
}

const { url } = await s3.presignGet(bucket, 'examples/hello.json', { expiresInSeconds: 60 });
process.stdout.write(`${url}\n`);
s3.close();
