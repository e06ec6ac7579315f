import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { DomainCertificates } from '../certificates/domain-certificates.ts';
import { plainAddress } from '../plain-address.ts';
import type { HandleConnection, StudioOnNetwork } from '../studio-connection.ts';
import { CollectedFlows } from './collected-flows.ts';
import { testStudio } from './test-studio.ts';

/** Certificates of a domain, a flow log, and real listeners that stand for a studio's network. */
export async function openEndpointBench() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'strongroom-endpoints-'));
  const log = pino({ level: 'silent' });
  const clock = () => new Date();
  const certificates = await DomainCertificates.open({
    ...{ dataFolder, domainName: 'test', clock, log },
    countStudiosStartedUntil: async () => 0,
  });
  const flows = new CollectedFlows();
  const listeners: Server[] = [];
  return {
    ...{ dataFolder, log, clock, certificates, flows },
    bundlePath: join(certificates.trustFolder, 'ca-certificates.crt'),
    /** Connections to the answered port are ones that this studio made. */
    async listenFor(
      handle: HandleConnection,
      options: { studio?: StudioOnNetwork; destinationPort?: number } = {},
    ): Promise<number> {
      const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) =>
        handle({
          ...{ studio: options.studio ?? testStudio(), socket, startedAt: clock() },
          ...{ resolvedName: undefined, destinationPort: options.destinationPort ?? 443 },
          destinationAddress: plainAddress(socket.localAddress ?? ''),
        }),
      );
      listeners.push(server.listen(0, '127.0.0.1'));
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    },
    close() {
      certificates.close();
      for (const server of listeners) server.close();
      rmSync(dataFolder, { recursive: true });
    },
  };
}
export type EndpointBench = Awaited<ReturnType<typeof openEndpointBench>>;
