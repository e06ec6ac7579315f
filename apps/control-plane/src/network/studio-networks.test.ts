import type { AppId, ProfileName } from '@strongroom/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { eventually } from '../studios/testing/eventually.ts';
import type { FlowRecord } from './flows/flow-record.ts';
import { openNetworkBench } from './testing/network-bench.ts';

type Bench = Awaited<ReturnType<typeof openNetworkBench>>;
let bench: Bench;
let alice: Awaited<ReturnType<Bench['openStudio']>>;
let bob: Awaited<ReturnType<Bench['openStudio']>>;

beforeAll(async () => {
  bench = await openNetworkBench();
  [alice, bob] = await Promise.all([bench.openStudio('alice'), bench.openStudio('bob')]);
});
afterAll(() => bench.close());

const isApi = ({ endpoint }: FlowRecord) => endpoint === 'api';
const tell = `
import sys
def tell(action):
    try: print(action())
    except Exception as error: print(type(error).__name__, getattr(error, 'response', {}).get('Error', {}).get('Code', ''))
`;
const serveOnce = (port: number) => `
import socket
with socket.create_server(('', ${port})): print('own')`;
const flipFirst = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
const whoAmI = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])";

describe('the network of a studio', () => {
  it('tells unmodified boto3 who it is, with no configuration', async () => {
    const [first, second] = await Promise.all([alice.python(whoAmI), bob.python(whoAmI)]);
    expect(first).toMatchObject({ errors: '', exitCode: 0 });
    expect(first.output).toBe(
      'arn:aws:sts::000000000000:assumed-role/strongroom-research-alice/SageMaker',
    );
    expect(second.output).toMatch(/strongroom-research-bob\/SageMaker$/);
  });

  it('lets a studio use the credentials that were given to it and to no other', async () => {
    const given = await alice.python(
      `import boto3; c = boto3.Session().get_credentials(); print(c.access_key, c.secret_key, c.token)`,
    );
    const [key = '', secret = '', token = ''] = given.output.split(' ');
    const stolen = {
      ...{ AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token },
    };
    const use = `${tell}\nimport boto3\ntell(lambda: boto3.client('sts').get_caller_identity()['Arn'])`;
    expect((await alice.python(use, stolen)).output).toContain('strongroom-research-alice');
    expect((await bob.python(use, stolen)).output).toBe('ClientError AccessDenied');
    const changed = { ...stolen, AWS_SECRET_ACCESS_KEY: flipFirst(secret) };
    expect((await alice.python(use, changed)).output).toBe('ClientError SignatureDoesNotMatch');
    const forged = { ...stolen, AWS_SESSION_TOKEN: flipFirst(token) };
    expect((await alice.python(use, forged)).output).toBe('ClientError InvalidClientTokenId');
    const path = alice.connectivity.environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
    const fetched = await bob.run([
      'curl',
      '-sS',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      `http://169.254.170.2${path}`,
    ]);
    expect(fetched.output).toBe('404');
  });

  it('refuses every other call to STS', async () => {
    const use = `${tell}\nimport boto3\ntell(lambda: boto3.client('sts').assume_role(RoleArn='arn:aws:iam::000000000000:role/x-y-z', RoleSessionName='abc'))`;
    expect((await alice.python(use)).output).toBe('ClientError AccessDenied');
  });

  it('answers who it is at its own endpoint, over TLS that unmodified programs trust', async () => {
    const { output } = await alice.run([
      'curl',
      '-sS',
      'https://api.strongroom.internal/v1/studio',
    ]);
    expect(JSON.parse(output)).toMatchObject({ profileName: 'alice', domainName: 'research' });
    const egress = await alice.run(['curl', '-sS', 'https://api.strongroom.internal/v1/egress']);
    expect(JSON.parse(egress.output)).toEqual({ mode: 'off', destinations: [], until: null });
  });

  it('has no name and no address of anything else', async () => {
    const script = `${tell}
import socket, urllib.request
tell(lambda: socket.gethostbyname('example.com'))
tell(lambda: socket.gethostbyname('s3.evil.example'))
for address in ('93.184.216.34', '169.254.169.254', '10.0.1.11', '127.0.0.1', '2606:2800:220:1::1'):
    for port in (80, 443, 25):
        tell(lambda: socket.create_connection((address, port), 5).recv(1) or 'closed')
`;
    const { output } = await alice.python(script);
    const [first, second] = output.split('\n').map((line) => line.trim());
    expect([first, second]).toEqual(['gaierror', 'gaierror']);
    const flows = await bench.flowRecords();
    const rejected = flows.filter(
      ({ action, profile }) => action === 'REJECT' && profile === 'alice',
    );
    expect(rejected.map(({ dstaddr }) => dstaddr)).toEqual(
      expect.arrayContaining([
        '93.184.216.34',
        '169.254.169.254',
        '10.0.1.11',
        '2606:2800:220:1::1',
      ]),
    );
    expect(rejected.map(({ name }) => name)).toContain('example.com');
    const accepted = flows.filter(({ action, protocol }) => action === 'ACCEPT' && protocol === 6);
    expect(new Set(accepted.map(({ endpoint }) => endpoint))).toEqual(
      new Set(['sts', 'api', 'credentials']),
    );
  });

  it('tells programs behind the proxy which rule refused them', async () => {
    const { output } = await alice.run(['curl', '-sS', 'http://example.com/']);
    expect(output).toContain('(egress/off)');
    expect(output).toContain('인터넷 접속이 꺼져 있어');
  });

  it('lets running programs go on through a rotation of the authority, and sees the new one', async () => {
    const script = `
import os, ssl, time, urllib.request
path = os.environ['AWS_CA_BUNDLE']
def own(context): return len([c for c in context.get_ca_certs() if 'Strongroom' in str(c)])
def ask(context): return urllib.request.urlopen('https://api.strongroom.internal/v1/studio', context=context).status
loaded = ssl.create_default_context(cafile=path)
read = open(path).read()
ask(loaded)
deadline = time.time() + 60
while open(path).read() == read and time.time() < deadline: time.sleep(0.02)
fresh = ssl.create_default_context(cafile=path)
print(own(loaded), ask(loaded), own(fresh), ask(fresh))`;
    const countApi = async () =>
      (await bench.flowRecords()).filter((flow) => isApi(flow) && flow.profile === 'alice').length;
    const count = await countApi();
    const running = alice.python(script);
    await vi.waitUntil(async () => (await countApi()) > count, { timeout: 20_000, interval: 100 });
    const rotation = await bench.rotateAuthority({ immediately: false });
    expect(rotation.previousTrustedUntil).toBeDefined();
    const arn = 'arn:aws:sts::000000000000:assumed-role/strongroom-research-alice/SageMaker';
    expect(await running).toMatchObject({ errors: '', output: '1 200 2 200' });
    expect((await bob.python(whoAmI)).output).toMatch(/strongroom-research-bob/);
    expect(
      (await bench.rotateAuthority({ immediately: true })).previousTrustedUntil,
    ).toBeUndefined();
    expect((await alice.python(whoAmI)).output).toBe(arn);
  });

  it('ends the credentials of a person who is disabled', async () => {
    const second = await bench.openStudio('second');
    expect((await second.python(whoAmI)).output).toMatch(/strongroom-research-second/);
    bench.events.emit('disabled', { profileName: 'second' as ProfileName });
    const { errors } = await second.python(whoAmI);
    expect(errors).toContain('404');
    await second.connectivity.close();
  });

  it('says that it cannot listen only to who asks, and leaves what listens already', async () => {
    const person = bench.people.get('alice');
    if (person === undefined) throw new Error('Nobody is called alice');
    const appId = 'f'.repeat(32) as AppId;
    const second = bench.connectivity.open(alice.network, { person, appId });
    // Until then nobody has asked: an unhandled rejection fails the run.
    expect((await alice.python(whoAmI)).output).toContain('strongroom-research-alice');
    await expect(second.ready).rejects.toMatchObject({ code: 'NetworkUnavailable' });
    await second.close();
    expect((await alice.python(whoAmI)).output).toContain('strongroom-research-alice');
  });

  it('listens on further ports while its own person may reach something there, beside those that a program has', async () => {
    const connect = (port: number, word: string) => `
import socket
try:
    with socket.create_connection(('203.0.113.1', ${port}), 5) as s: s.send(b'${word}'); print(s.recv(9))
except ConnectionRefusedError: print('nothing listens')
except ConnectionResetError: print("b''")`;
    const answerOf = async (port: number, word: string) =>
      (await alice.python(connect(port, word))).output;
    const own = alice.python(`
import socket
server, came = socket.create_server(('', 5432)), b''
while came != b'end':
    with server.accept()[0] as s: came = s.recv(9); s.send(b'own')`);
    await eventually(() => answerOf(5432, 'hello')).toBe("b'own'");

    const first = await bench.allow(['db.example.com'], { ports: [5432, 5433] });
    await eventually(() => answerOf(5433, 'hello')).toBe("b''");
    expect(await answerOf(5432, 'end')).toBe("b'own'");
    await own;

    const later = await bench.allow(['db2.example.com'], { ports: [5432] });
    await eventually(() => answerOf(5432, 'hello')).toBe("b''");
    // Those ports are another studio's own all the while.
    for (const port of [5432, 5433]) {
      expect((await bob.python(connect(port, 'hello'))).output).toBe('nothing listens');
      expect((await bob.python(serveOnce(port))).output).toBe('own');
    }

    await bench.end(later);
    await bench.end(first);
    for (const port of [5432, 5433]) {
      await eventually(() => answerOf(port, 'hello')).toBe('nothing listens');
      expect((await alice.python(serveOnce(port))).output).toBe('own');
    }
  });

  it('ends connections and credentials with the studio', async () => {
    const gone = await bench.openStudio('bob');
    const path = gone.connectivity.environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
    const ask = [
      'curl',
      '-sS',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      `http://169.254.170.2${path}`,
    ];
    expect((await gone.run(ask)).output).toBe('200');
    await gone.connectivity.close();
    expect((await gone.run(ask)).errors).toMatch(/Failed to connect|refused/i);
  });
});
