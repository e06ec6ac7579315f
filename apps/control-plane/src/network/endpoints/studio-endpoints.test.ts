import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { domainArns } from '@strongroom/domain';
import { inspectHost, openSandboxHost } from '@strongroom/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdentityEvents } from '../../identity/identity-events.ts';
import { openState, type State } from '../../state/database.ts';
import { networkAddresses } from '../addresses.ts';
import { ContainerCredentials } from '../credentials/container-credentials.ts';
import { TemporaryCredentials } from '../credentials/temporary-credentials.ts';
import { DnsServer } from '../dns/dns-server.ts';
import { plainAddress } from '../plain-address.ts';
import type { HandleConnection } from '../studio-connection.ts';
import { studioEnvironment } from '../studio-environment.ts';
import { type EndpointBench, openEndpointBench } from '../testing/endpoint-bench.ts';
import { testStudio } from '../testing/test-studio.ts';
import { apiEndpoint, apiHostName } from './api/api-endpoint.ts';
import { stsEndpoint } from './sts/sts-endpoint.ts';
import { createTlsEndpoints } from './tls-endpoints.ts';

const region = 'ap-northeast-2';
const accountId = '123456789012';
const mebibyte = 1024 * 1024;
const arns = domainArns({ domain: { accountId, region, name: 'risk' } });
const alice = testStudio('alice');
const bundlePath = '/run/trust/ca-certificates.crt';

/** A sandbox in a studio's own network, with the endpoints, the resolver and nothing else in it. */
describe('programs in a studio', () => {
  let bench: EndpointBench;
  let state: State;
  let isAllowed = true;
  let environment: Record<string, string>;
  let folder: string;
  const closers: (() => Promise<unknown> | unknown)[] = [];
  let run: (script: string, more?: Record<string, string>) => Promise<string>;

  beforeAll(async () => {
    bench = await openEndpointBench();
    state = await openState(join(bench.dataFolder, 'state.sqlite'));
    const { clock, log, certificates, flows: flowLog, dataFolder } = bench;
    const credentials = await TemporaryCredentials.open({ state, clock, dataFolder });
    const executionRoleArn = arns.executionRole;
    const events = new IdentityEvents();
    const container = new ContainerCredentials({
      ...{ credentials, events, executionRoleArn, flowLog, clock, log },
    });
    const authorizeCall = async () => ({
      ...{ allowed: isAllowed, rule: 'test' },
      sentence: { english: 'The policy "test" denies it.', korean: '정책 "test"가 거부합니다.' },
    });
    const definitions = [
      stsEndpoint({ ...{ region, accountId, arns, authorizeCall, credentials, clock } }),
      apiEndpoint({
        ...{ domainName: 'risk', arns, authorizeCall },
        describeEgress: ({ profileName }) => ({ mode: 'off', profileName }),
      }),
    ];
    const endpoints = createTlsEndpoints({
      ...{ endpoints: definitions, certificates, flowLog, clock, log },
    });
    const endpointHostNames = definitions.flatMap(({ hostNames }) => hostNames);
    environment = studioEnvironment({
      ...{ region, bundlePath, endpointHostNames, credentialsPath: container.begin(alice) },
    });

    const { setup } = await inspectHost();
    if (setup === undefined) throw new Error('No sandbox can run here');
    const hostUid = setup.mode === 'root' ? 65_506 : undefined;
    folder = mkdtempSync(join(tmpdir(), 'strongroom-endpoints-run-'));
    const host = await openSandboxHost({
      ...{ setup, installationId: `test-endpoints-${process.pid}`, log },
      ...{ runFolder: join(folder, 'run'), resolverAddress: networkAddresses.resolver },
    });
    const network = await host.createStudioNetwork({ hostUid });
    const listeners = await network.listen({ tcp: [80, 443], udp: [53] });
    const handlers = new Map<string, HandleConnection>([
      ...definitions.map((each) => [`${each.address}:443`, endpoints.handlerOf(each)] as const),
      [`${networkAddresses.containerCredentials}:80`, container.handle],
    ]);
    for (const [destinationPort, server] of listeners.tcp) {
      server.on('connection', (socket) => {
        const destinationAddress = plainAddress(socket.localAddress ?? '');
        const handle = handlers.get(`${destinationAddress}:${destinationPort}`);
        if (handle === undefined) socket.destroy();
        else {
          const startedAt = clock();
          const resolvedName = undefined;
          handle({
            studio: alice,
            socket,
            destinationAddress,
            destinationPort,
            resolvedName,
            startedAt,
          });
        }
      });
    }
    const addressOf = (name: string) =>
      definitions.find(({ hostNames }) => hostNames.includes(name))?.address;
    const dns = new DnsServer({
      ...{ studio: alice, flowLog, clock },
      lookup: (name) => ({ address: addressOf(name), rule: 'dns/test' }),
    });
    for (const socket of listeners.udp.values()) dns.serve(socket);
    let runCount = 0;
    run = async (script, more = {}) => {
      runCount += 1;
      const sandbox = await host.launch({
        ...{ appId: `endpoints-${process.pid}-${runCount}`, label: 'test', hostUid, network },
        root: { kind: 'host' },
        command: ['/usr/bin/python3', '-c', script],
        ...{ workingDirectory: '/', userName: 'alice', homeFolder: '/home/alice', descriptors: [] },
        environment: { PATH: '/usr/bin:/bin', HOME: '/tmp', ...environment, ...more },
        mounts: [{ source: certificates.trustFolder, target: '/run/trust', mode: 'read-only' }],
        limits: {
          ...{ memoryBytes: 512 * mebibyte, cpuCount: 1, processCount: 32, openFileCount: 1024 },
          ...{ temporaryFolderBytes: mebibyte, sharedMemoryBytes: mebibyte },
        },
      });
      const [output, errors] = await Promise.all([text(sandbox.stdout), text(sandbox.stderr)]);
      await sandbox.exited;
      return (output + errors).trim();
    };
    closers.push(
      () => container.close(),
      () => endpoints.close(),
      () => listeners.close(),
    );
    closers.push(
      () => host.close(),
      () => state.destroy(),
      () => bench.close(),
    );
  });
  afterAll(async () => {
    for (const close of closers) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const whoAmI = `
import boto3, json
print(json.dumps({k: v for k, v in boto3.client('sts').get_caller_identity().items() if k != 'ResponseMetadata'}))`;

  it('learn who they are from an unmodified boto3, with nothing but the environment', async () => {
    const answer = JSON.parse(await run(whoAmI)) as Record<string, string>;
    expect(answer.Arn).toBe(arns.executionRoleSession(alice.profileName));
    expect(answer.Account).toBe(accountId);
    expect(answer.UserId).toMatch(/^AROA[A-Z2-7]{17}:SageMaker$/);
    const flow = await bench.flows.until(({ rule }) => rule === 'endpoint/sts');
    expect(flow).toMatchObject({ action: 'ACCEPT', name: `sts.${region}.amazonaws.com` });
    expect(JSON.parse(await run(whoAmI, { AWS_STS_REGIONAL_ENDPOINTS: 'legacy' }))).toEqual(answer);
  });

  it('learn it through a presigned URL', async () => {
    const script = `
import boto3, urllib.request
url = boto3.client('sts').generate_presigned_url('get_caller_identity', HttpMethod='GET')
print(urllib.request.urlopen(url).read().decode())`;
    expect(await run(script)).toContain(`<Account>${accountId}</Account>`);
  });

  it('are told what a policy refuses, in both languages', async () => {
    isAllowed = false;
    try {
      const output = await run(whoAmI);
      expect(output).toContain('(AccessDenied)');
      expect(output).toContain('The policy "test" denies it. 정책 "test"가 거부합니다.');
    } finally {
      isAllowed = true;
    }
  });

  const code = (call: string, client = "boto3.client('sts')") => `
import boto3, botocore
from botocore.config import Config
from botocore import UNSIGNED
try: print(${client}.${call})
except botocore.exceptions.ClientError as e: print(e.response['ResponseMetadata']['HTTPStatusCode'], e.response['Error']['Code'])`;

  it.each([
    [
      'another action of STS',
      `assume_role(RoleArn='arn:aws:iam::1:role/abcdefghij', RoleSessionName='xy')`,
      undefined,
      '403 AccessDenied',
    ],
    [
      'no signature',
      'get_caller_identity()',
      `boto3.client('sts', config=Config(signature_version=UNSIGNED))`,
      '403 MissingAuthenticationToken',
    ],
    [
      "somebody's own keys",
      'get_caller_identity()',
      `boto3.client('sts', aws_access_key_id='AKIAIOSFODNN7EXAMPLE', aws_secret_access_key='x')`,
      '403 InvalidClientTokenId',
    ],
  ])('are refused with %s', async (_, call, client, expected) => {
    expect(await run(code(call, client))).toBe(expected);
  });

  it('are refused an action that STS does not know', async () => {
    const script = `
import boto3, urllib.request, urllib.error
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
request = AWSRequest('GET', 'https://sts.${region}.amazonaws.com/', params={'Action': 'Nothing<&', 'Version': '2011-06-15'})
SigV4QueryAuth(boto3.Session().get_credentials().get_frozen_credentials(), 'sts', '${region}').add_auth(request)
try: urllib.request.urlopen(request.prepare().url)
except urllib.error.HTTPError as e: print(e.code, e.read().decode())`;
    const output = await run(script);
    expect(output).toMatch(/^400 /);
    expect(output).toContain('<Code>InvalidAction</Code>');
    expect(output).toContain('Nothing&lt;&amp;');
  });

  it('ask the API about their studio without a signature', async () => {
    const ask = (path: string, method = 'GET') => `
import urllib.request, urllib.error
try: print(urllib.request.urlopen(urllib.request.Request('https://${apiHostName}${path}', method='${method}')).read().decode())
except urllib.error.HTTPError as e: print(e.code, e.read().decode())`;
    expect(JSON.parse(await run(ask('/v1/studio')))).toEqual({
      ...{ profileName: 'alice', domainName: 'risk' },
      executionRoleArn: arns.executionRole(alice.profileName),
    });
    const egress = JSON.parse(await run(ask('/v1/egress')));
    expect(egress).toEqual({ mode: 'off', profileName: 'alice' });
    expect(await run(ask('/v1/studio?profile=bob'))).toMatch(/^404 .*NotFound/);
    expect(await run(ask('/v1/studio', 'DELETE'))).toMatch(/^405 .*MethodNotAllowed/);
    isAllowed = false;
    try {
      expect(await run(ask('/v1/studio'))).toMatch(/^403 .*AccessDenied.*거부/);
    } finally {
      isAllowed = true;
    }
  });

  it('trust the endpoints whether they use OpenSSL or GnuTLS', async () => {
    const script = `
import subprocess
url = 'https://${apiHostName}/v1/studio'
def run(*words): return subprocess.run(words, capture_output=True, text=True)
print(run('curl', '--silent', '--show-error', url).stdout)
print(run('git', 'ls-remote', url).stderr)`;
    const output = await run(script, { GIT_TERMINAL_PROMPT: '0' });
    expect(output).toContain('"profileName":"alice"');
    expect(output).toMatch(/repository .* not found/);
    expect(output).not.toMatch(/certificate/i);
  });

  it('find no secret of the domain in the bundle', () => {
    expect(readFileSync(bench.bundlePath, 'utf8')).not.toContain('PRIVATE');
  });
});
