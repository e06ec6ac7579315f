import { once } from 'node:events';
import { performServerHandshake } from 'node:http2';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuthority } from '../../network/certificates/certificate-authority.ts';
import { EndpointCertificate } from '../../network/certificates/endpoint-certificate.ts';
import { collectLog } from '../../studios/testing/collected-log.ts';
import { type NodeListener, openNodeListener } from './node-listener.ts';
import { computeHostName } from './node-protocol.ts';

const authorityOf = (domainName: string) =>
  createAuthority({ domainName, suffixes: ['strongroom.internal'], now: new Date() });
const authority = authorityOf('here');
let listener: NodeListener;

beforeEach(async () => {
  listener = await openNodeListener({
    listen: { address: '127.0.0.1', port: 0 },
    certificate: new EndpointCertificate([computeHostName], authority, new Date()),
    log: collectLog(),
  });
});
afterEach(() => listener.close());

/** As the program of a job does. Settles with the connection's end. */
async function connectWith(token: string, authorities = authority.certificatePem): Promise<void> {
  const socket = connect({
    ...{ host: '127.0.0.1', port: listener.port, servername: computeHostName, ca: authorities },
    ...{ minVersion: 'TLSv1.3', ALPNProtocols: ['h2'] },
  });
  await once(socket, 'secureConnect');
  const session = performServerHandshake(socket);
  session.on('error', () => undefined);
  session.on('stream', (stream) => {
    stream.respond({ ':status': 200 });
    stream.end(JSON.stringify({ token, jobId: '7', nodeName: 'n1' }));
  });
  await once(session, 'close');
}

test('a job with its token is who it says, and the token is good for one connection', async () => {
  const expected = listener.expect();
  const first = connectWith(expected.token);
  const link = await expected.connected;
  expect(link).toMatchObject({ jobId: '7', nodeName: 'n1' });
  // Ended from here, since nobody waits for it: it settles.
  await connectWith(expected.token);
  link.destroy();
  await first;
});

test('a token that nobody waits for, or waits for no more, is refused', async () => {
  const expected = listener.expect();
  let isConnected = false;
  void expected.connected.then(() => {
    isConnected = true;
  });
  await connectWith('0'.repeat(64));
  expected.forget();
  await connectWith(expected.token);
  expect(isConnected).toBe(false);
});

test('a job does not show its token to another authority', async () => {
  await expect(
    connectWith(listener.expect().token, authorityOf('elsewhere').certificatePem),
  ).rejects.toThrow();
});
