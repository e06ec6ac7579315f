import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import S3rver from 's3rver';

/** The peer: s3rver, which keeps plain files, syncs nothing and checks no signature of version 4. */
const peer = new S3rver({
  ...{ silent: true, vhostBuckets: false, directory: process.argv[2] ?? '.' },
  configureBuckets: [{ name: process.argv[3] ?? 'bench' }],
});
await peer.configureBuckets();
const server = createServer(peer.callback());
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', region: 'us-east-1' };
  process.send?.({ port, ...credentials });
});
process.on('message', () => process.send?.({ cpuUsage: process.cpuUsage() }));
process.once('disconnect', () => process.exit(0));
