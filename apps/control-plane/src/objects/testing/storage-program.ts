import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { AuditTrail } from '@strongroom/audit-trail';
import type { ObjectStore, S3Service } from '@strongroom/object-store';
import { AuditLog } from '../../audit/audit-log.ts';
import { openLog } from '../../audit/open-log.ts';
import { systemClock as clock } from '../../clock.ts';
import { Closers } from '../../closers.ts';
import { openDataFolder } from '../../config/data-folder.ts';
import { DomainFile } from '../../config/domain-file.ts';
import { createCertificate } from '../../http/testing/self-signed-certificate.ts';
import { composeIdentity } from '../../identity/compose-identity.ts';
import { composeKeys } from '../../keys/compose-keys.ts';
import { openRootKey } from '../../keys/root-key.ts';
import type { EndpointCertificate } from '../../network/certificates/endpoint-certificate.ts';
import { TemporaryCredentials } from '../../network/credentials/temporary-credentials.ts';
import { createAuthorizeKeyUse } from '../../policies/authorize-key-use.ts';
import { PolicyBook } from '../../policies/policy-book.ts';
import { openState } from '../../state/database.ts';
import { composeObjects } from '../compose-objects.ts';
import { openObjectKeys } from '../open-object-store.ts';
import { openOuterEndpoint } from '../outer-endpoint.ts';
import type { WhoConnects } from '../s3-endpoint.ts';

/**
 * The object store as the control plane composes it (keys, policies, people, audit trail, log), alone
 * in a process, over plain HTTP and over TLS: what benchmarks measure without the rest of the product.
 * Started with an IPC channel and the folder of a first start; tells who may enter, then answers each
 * message with what it has used. `fill` names keys that are made first.
 */
async function main(folder: string): Promise<void> {
  const closers = new Closers();
  const domainFile = await DomainFile.open(join(folder, 'strongroom.yaml'));
  const { domain } = domainFile;
  const { dataFolder } = domain;
  await openDataFolder(dataFolder);
  const { log, close } = await openLog(dataFolder, 'info');
  closers.add(close);
  const state = await openState(join(dataFolder, 'state.sqlite'));
  closers.add(() => state.destroy());
  const sealKey = await openRootKey(dataFolder, 'audit-seal.key');
  const auditFolder = join(dataFolder, 'audit');
  const trail = await AuditTrail.open({ folder: auditFolder, key: sealKey, now: clock });
  closers.add(() => trail.close());
  const audit = new AuditLog(trail, log);
  const { people, administration } = composeIdentity({ domainFile, state, clock, audit });
  await administration.adoptDomainFile();
  const currentDomain = () => domainFile.domain;
  const keys = await composeKeys({
    ...{ domain, clock, audit },
    authorize: createAuthorizeKeyUse({ domain: currentDomain, book: () => book, clock }),
  });
  closers.add(() => keys.close());
  const objectKeys = await openObjectKeys(domain, keys);
  const book: PolicyBook = new PolicyBook(
    currentDomain,
    () => noOwn,
    () => objectKeys,
  );
  const credentials = await TemporaryCredentials.open({ state, clock, dataFolder });
  const objects = await composeObjects({
    ...{ domain: currentDomain, keys, objectKeys, people, book, credentials, audit },
    ...{ clock, log, closers },
  });
  const plain = await servePlain(objects.service, closers);
  const tls = await serveTls(objects.service, closers);
  const [person] = domain.people.filter(({ role }) => role === 'data-scientist');
  if (person === undefined) throw new Error('Cannot start: nobody may write to a bucket');
  const issued = await credentials.issueForOutside(person.profileName, { lifetimeHours: 12 });
  process.on('message', (asked: { fill?: readonly string[]; bucket: string }) => {
    void (async () => {
      const { fill: names = [], bucket } = asked;
      await Promise.all(names.map((key) => putEmpty(objects.store, { bucket, key })));
      process.send?.({ cpuUsage: process.cpuUsage(), providerCallCount: keys.providerCallCount });
    })();
  });
  process.once('disconnect', () => void closers.close().then(() => process.exit(0)));
  process.send?.({ ...issued, ...plain, ...tls, region: domain.domain.region });
}

const noOwn: readonly [] = [];

/** Behind the protocol's back: for a bucket with very many keys. */
async function putEmpty(store: ObjectStore, place: { bucket: string; key: string }): Promise<void> {
  const content = { body: noBytes(), sizeBytes: 0 };
  await store.putObject({ ...place, content, caller: { principal: 'platform' } });
}

async function* noBytes(): AsyncGenerator<Buffer> {}

/** What never leaves this machine need not be encrypted on its way; the policies ask for TLS. */
async function servePlain(service: S3Service, closers: Closers): Promise<{ port: number }> {
  const connection = { secureTransport: true, isLoopback: true, sourceIp: '127.0.0.1', who };
  const server = createServer((request, response) => {
    void service.handle(request, response, connection);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.add(() => void server.close());
  return { port: (server.address() as AddressInfo).port };
}

const who: WhoConnects = { kind: 'outside' };

async function serveTls(service: S3Service, closers: Closers): Promise<{ tlsPort: number }> {
  const { certificate: cert, privateKey: key } = createCertificate('localhost');
  const certificate = { pem: { cert, key }, secureContext: createSecureContext({ cert, key }) };
  const endpoint = await openOuterEndpoint({
    listen: { address: '127.0.0.1', port: 0 },
    ...{ service, certificate: certificate as EndpointCertificate },
  });
  closers.add(() => endpoint.close());
  return { tlsPort: Number(new URL(endpoint.url).port) };
}

await main(process.argv[2] ?? '.');
