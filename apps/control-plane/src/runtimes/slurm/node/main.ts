import { readFile, rm } from 'node:fs/promises';
import { performServerHandshake } from 'node:http2';
import { connect } from 'node:tls';
import { keepWatch } from '../keep-watch.ts';
import { computeHostName, jobFileSchema } from '../node-protocol.ts';
import { Answers } from './answer.ts';
import { inspectNode } from './node-inspection.ts';

/** The program of a job: opens one kernel's sandbox on a node and ends with its control plane. */
async function main(jobFilePath: string): Promise<void> {
  // Takes as long as all the rest together, so it begins first; who launches hears how it ended.
  const node = inspectNode();
  const jobFile = jobFileSchema.parse(JSON.parse(await readFile(jobFilePath, 'utf8')));
  await rm(jobFilePath, { force: true });
  const socket = connect({
    ...{ host: jobFile.address, port: jobFile.port, servername: computeHostName },
    ...{ ca: jobFile.authorities, minVersion: 'TLSv1.3', ALPNProtocols: ['h2'] },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve).once('error', reject);
  });
  const session = performServerHandshake(socket);
  keepWatch(session);
  const answers = new Answers(
    {
      token: jobFile.token,
      jobId: process.env.SLURM_JOB_ID ?? '0',
      nodeName: process.env.SLURMD_NODENAME ?? '',
    },
    node,
  );
  session.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    answers.answer(stream, headers[':path'] ?? '').catch(() => stream.close());
  });
  session.on('error', () => undefined);
  // Slurm's own end of the job: first this, then SIGKILL, which the sandbox dies with.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => session.destroy());
  }
  await new Promise((resolve) => session.once('close', resolve));
  await answers.close();
}

try {
  await main(process.argv[2] ?? '');
  process.exit(0);
} catch (error) {
  process.stderr.write(`strongroom: ${(error as Error).message}\n`);
  process.exit(1);
}
