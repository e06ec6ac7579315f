import S3rver from 's3rver';

/** The peer: s3rver, which keeps plain files, syncs nothing and checks no signature of version 4. */
const server = new S3rver({
  ...{ address: '127.0.0.1', port: 0, silent: true, directory: process.argv[2] ?? '.' },
  configureBuckets: [{ name: process.argv[3] ?? 'bench', configs: [] }],
});
const { port } = await server.run();
process.on('message', () => process.send?.({ cpuUsage: process.cpuUsage() }));
process.once('disconnect', () => process.exit(0));
process.send?.({ port, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', region: 'us-east-1' });
