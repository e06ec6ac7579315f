import { type AddressInfo, createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { AppId } from '@strongroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../identity/person.ts';
import type { FlowRecord } from './flows/flow-record.ts';
import { studioOnNetwork } from './studio-on-network.ts';
import { openNetworkBench } from './testing/network-bench.ts';
import { noteAttack } from './testing/note-attack.ts';

type Bench = Awaited<ReturnType<typeof openNetworkBench>>;
type Studio = Awaited<ReturnType<Bench['openStudio']>>;
let bench: Bench;
let alice: Studio;
let bob: Studio;

beforeAll(async () => {
  bench = await openNetworkBench();
  [alice, bob] = await Promise.all([bench.openStudio('alice'), bench.openStudio('bob')]);
});
afterAll(() => bench.close());

/** `talk` says what came back: a refusal's name, or the bytes. No proxy: everything is tried straight. */
const prelude = `
import errno, os, random, resource, socket, struct, sys, threading, time
def talk(address, port, family=socket.AF_INET, send=b'GET / HTTP/1.0\\r\\n\\r\\n', source=None):
    try:
        with socket.socket(family, socket.SOCK_STREAM) as s:
            s.settimeout(10)
            if source: s.bind((source, 0))
            s.connect((address, port)); s.sendall(send)
            return s.recv(4096)
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, type(error).__name__)
def question(name, kind=1, ident=7):
    labels = b''.join(bytes([len(l)]) + l for l in name)
    return struct.pack('>6H', ident, 0x100, 1, 0, 0, 0) + labels + b'\\0' + struct.pack('>2H', kind, 1)
def ask(message, address='10.0.0.2', source=None):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.settimeout(5)
        if source: s.bind((source, 0))
        s.sendto(message, (address, 53))
        return s.recv(4096)
`;

async function attack(studio: Studio, script: string): Promise<string[]> {
  const { output, errors } = await studio.python(prelude + script, noProxy);
  if (errors !== '') throw new Error(errors);
  return output.split('\n');
}

const whoAmI = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])";
const noProxy = { HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '' };

async function flowsOf(profile: string): Promise<FlowRecord[]> {
  return (await bench.flowRecords()).filter((flow) => flow.profile === profile);
}

/** Ended without a byte, or, where TLS is spoken, with its alert `access_denied` (RFC 8446, section 6.2). */
const refusals = ['ECONNRESET', "b''", "b'\\x15\\x03\\x03\\x00\\x02\\x021'"];

describe('what a studio tries to reach', () => {
  const destinations = [
    ['the cloud’s metadata', '169.254.169.254', '169.254.169.254', 'AF_INET'],
    ['metadata as one number', '2852039166', '169.254.169.254', 'AF_INET'],
    ['metadata in octal', '0251.0376.0251.0376', '169.254.169.254', 'AF_INET'],
    ['metadata in hexadecimal', '0xa9.0xfe.0xa9.0xfe', '169.254.169.254', 'AF_INET'],
    ['metadata as mapped IPv6', '::ffff:169.254.169.254', '169.254.169.254', 'AF_INET6'],
    ['metadata over IPv6', 'fd00:ec2::254', 'fd00:ec2::254', 'AF_INET6'],
    ['a private network', '192.168.1.1', '192.168.1.1', 'AF_INET'],
    ['an address outside', '1.1.1.1', '1.1.1.1', 'AF_INET'],
    ['an address outside over IPv6', '2606:4700::1111', '2606:4700::1111', 'AF_INET6'],
    ['a name’s address that nobody was given', '100.64.7.7', '100.64.7.7', 'AF_INET'],
  ] as const;
  it.for(destinations)(
    'gives nothing and is recorded: %s',
    async ([, address, seen, family], { task }) => {
      const ports = [22, 25, 443];
      const answers = await attack(
        alice,
        `for port in ${JSON.stringify(ports)}: print(talk('${address}', port, socket.${family}))`,
      );
      noteAttack(task, { expected: 'a refusal, and 3 records', seen: answers.join(', ') });
      expect(answers).toHaveLength(ports.length);
      for (const answer of answers) expect(refusals).toContain(answer);
      const flows = (await flowsOf('alice')).filter(({ dstaddr }) => dstaddr === seen);
      expect(new Set(flows.map(({ action }) => action))).toEqual(new Set(['REJECT']));
      expect(new Set(flows.map(({ dstport }) => dstport))).toEqual(new Set(ports));
    },
  );

  it('gives no secret of the metadata service on its own port', async ({ task }) => {
    const [answer = ''] = await attack(
      alice,
      `print(talk('169.254.169.254', 80, send=b'GET /latest/meta-data/iam/security-credentials/ HTTP/1.1\\r\\nHost: 169.254.169.254\\r\\n\\r\\n'))`,
    );
    noteAttack(task, { expected: 'HTTP/1.1 403', seen: answer.slice(2, 45) });
    expect(answer).toMatch(/^b'HTTP\/1\.1 403 /);
  });

  it('is no port of the host, the control plane’s own included', async ({ task }) => {
    const server = await listenOnHost();
    const { port } = server.address() as AddressInfo;
    const addresses = Object.values(networkInterfaces())
      .flatMap((ofOne) => ofOne ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    const tried = ['127.0.0.1', '0.0.0.0', ...addresses];
    const answers = await attack(
      alice,
      `for address in ${JSON.stringify(tried)}: print(talk(address, ${port}))`,
    );
    noteAttack(task, { expected: 'ECONNREFUSED', seen: [...new Set(answers)].join(', ') });
    expect(answers).toEqual(tried.map(() => 'ECONNREFUSED'));
    server.close();
  });

  it('is no other studio: neither its address, nor its ports, nor its abstract sockets', async ({
    task,
  }) => {
    // Serves until it is told to end, and then says what came.
    const serving = bob.python(`
import socket, threading
came = []
def serve(server):
    while 'end' not in came:
        with server.accept()[0] as s: came.append(s.recv(100).decode())
hidden = socket.socket(socket.AF_UNIX); hidden.bind('\\0strongroom-victim'); hidden.listen()
threading.Thread(target=serve, args=[hidden], daemon=True).start()
serve(socket.create_server(('', 8899)))
print(*sorted(came))`);
    const sendTo = (address: string, port: string, word: string) => `
while True:
    with socket.socket(${address}) as s:
        try: s.connect(${port}); s.send(b'${word}'); s.recv(1); break
        except ConnectionRefusedError: time.sleep(0.05)`;
    const byNetwork = (word: string) => sendTo('socket.AF_INET', "('127.0.0.1', 8899)", word);
    const byName = sendTo('socket.AF_UNIX', "'\\0strongroom-victim'", 'own-hidden');
    await attack(bob, `${byNetwork('own')}${byName}`);

    const { address } = studioOnNetwork(personCalled('bob'), 'b'.repeat(32) as AppId);
    const answers = await attack(
      alice,
      `
for address in ('${address}', '127.0.0.1', '::1'):
    print(talk(address, 8899, socket.AF_INET6 if ':' in address else socket.AF_INET))
with socket.socket(socket.AF_UNIX) as s:
    try: s.connect('\\0strongroom-victim'); print('reached')
    except OSError as error: print(errno.errorcode[error.errno])`,
    );
    noteAttack(task, { expected: 'ECONNREFUSED', seen: [...new Set(answers)].join(', ') });
    expect(answers).toEqual(Array.from({ length: 4 }, () => 'ECONNREFUSED'));
    await attack(bob, byNetwork('end'));
    expect((await serving).output).toBe('end own own-hidden');
  });

  it('is recorded as this studio’s, whatever source address it gives itself', async ({ task }) => {
    const script = `
print(talk('203.0.113.9', 443, source='10.0.17.99'))
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    try: s.setsockopt(socket.IPPROTO_IP, 3, 1); print('IP_HDRINCL')
    except OSError as error: print(errno.errorcode[error.errno])
try: socket.socket(socket.AF_INET, socket.SOCK_RAW, 255); print('raw')
except OSError as error: print(errno.errorcode[error.errno])
ask(question([b'spoofed', b'example']), source='10.0.17.99')`;
    const [connected, header, raw] = await attack(alice, script);
    noteAttack(task, { expected: 'ENOPROTOOPT, EPERM', seen: `${header}, ${raw}` });
    expect(refusals).toContain(connected);
    expect([header, raw]).toEqual(['ENOPROTOOPT', 'EPERM']);
    const flows = await bench.flowRecords();
    const own = flows.filter(
      ({ dstaddr, name }) => dstaddr === '203.0.113.9' || name === 'spoofed.example',
    );
    expect(own).toHaveLength(2);
    expect(new Set(own.map(({ profile }) => profile))).toEqual(new Set(['alice']));
    const [address] = new Set(own.map(({ srcaddr }) => srcaddr));
    expect(address).not.toBe('10.0.17.99');
  });
});

describe('a DNS tunnel', () => {
  it('carries nothing: long names, other types, other servers', async ({ task }) => {
    const script = `
long = [b'a' * 63, b'b' * 63, b'c' * 63, b'd' * 50, b'example']
def code(answer): return answer[3] & 15, struct.unpack('>H', answer[6:8])[0]
for kind in (1, 5, 10, 15, 16, 28, 33, 65, 255): print(code(ask(question(long, kind))))
print(code(ask(question([b'x', b'evil', b'example'], 16), address='8.8.8.8')))
print(code(ask(question([b'sts', b'amazonaws', b'com'], 16))))`;
    const answers = await attack(alice, script);
    noteAttack(task, {
      ...{ expected: 'no such name, no data', seen: [...new Set(answers)].join(', ') },
    });
    expect(answers).toEqual([...Array.from({ length: 10 }, () => '(3, 0)'), '(0, 0)']);
    const flows = await flowsOf('alice');
    expect(flows.filter(({ dstaddr }) => dstaddr === '8.8.8.8')).toMatchObject([
      { dstport: 53, protocol: 17, action: 'REJECT', name: 'x.evil.example' },
    ]);
  });

  it('brings back no more bytes than were sent, whatever they are', async ({ task }) => {
    const script = `
for label in (b'\\xff' * 63, b'\\xd1\\x95ts', b'a.b', b'-', b' '):
    for labels in ([label], [label] * 3):
        message = question(labels)
        try: print(len(ask(message)) <= len(message))
        except TimeoutError: print(True)`;
    const isNeverMore = new Set(await attack(alice, script));
    noteAttack(task, { expected: 'True', seen: [...isNeverMore].join(', ') });
    expect(isNeverMore).toEqual(new Set(['True']));
  });

  it('is throttled and summarised, while another studio is answered', async ({ task }) => {
    const before = (await flowsOf('alice')).length;
    const flood = alice.python(`${prelude}
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('10.0.0.2', 53))
end = time.monotonic() + 3; sent = 0
while time.monotonic() < end:
    s.send(question([b'%x' % sent, b'tunnel', b'example'])); sent += 1
print(sent)`);
    const [answered] = await attack(
      bob,
      `print(all(ask(question([b'sts', b'amazonaws', b'com']))[3] & 15 == 0 for _ in range(200)))`,
    );
    const sent = Number((await flood).output);
    expect(answered).toBe('True');
    expect(sent).toBeGreaterThan(5_000);
    const flows = await flowsOf('alice');
    noteAttack(task, {
      expected: 'thousands sent, under 2500 lines in the log',
      seen: `${sent} sent, ${flows.length - before} lines`,
    });
    expect(flows.length - before).toBeLessThan(2_500);
    const summaries = flows.filter(({ rule }) => rule === 'dns/too-many-questions');
    expect(summaries.length).toBeGreaterThanOrEqual(1);
    expect(summaries.length).toBeLessThanOrEqual(6);
  });
});

describe('a flood of connections', () => {
  it('of one studio is cut off and recorded, while another is answered', async ({ task }) => {
    // Port 53 waits for a question: nothing but the limit ends these.
    const flood = alice.python(`${prelude}
resource.setrlimit(resource.RLIMIT_NOFILE, (6000, 8192))
held = []
for index in range(5000):
    s = socket.socket(); s.settimeout(5)
    try: s.connect(('203.0.113.50', 53)); held.append(s)
    except OSError: pass
def is_open(s):
    s.setblocking(False)
    try: s.recv(1); return False
    except BlockingIOError: return True
    except OSError: return False
# Some wait in the listener's queue still; the limit, not a time limit, must end them.
alive, deadline = len(held), time.monotonic() + 4
while alive > 1024 and time.monotonic() < deadline: alive = sum(map(is_open, held))
print(alive)`);
    const answers = await Promise.all([bob.python(whoAmI), bob.python(whoAmI)]);
    for (const { output } of answers) expect(output).toContain('strongroom-research-bob');
    const { output, errors } = await flood;
    expect(errors).toBe('');
    noteAttack(task, { expected: 'at most 1024 open', seen: `${output} open` });
    expect(Number(output)).toBeLessThanOrEqual(1_024);
    const tried = (await flowsOf('alice')).filter(({ dstaddr }) => dstaddr === '203.0.113.50');
    expect(new Set(tried.map(({ action }) => action))).toEqual(new Set(['REJECT']));
    const cutOff = tried.filter(({ rule }) => rule === 'network/too-many-connections');
    const cutOffCount = cutOff.reduce((sum, { attempts }) => sum + Number(attempts), 0);
    expect(cutOffCount).toBeGreaterThan(1_000);
    // A flood fills neither the log nor the disk that it is on.
    expect((await flowsOf('alice')).length).toBeLessThan(2_500);
    expect((await alice.python(whoAmI)).output).toContain('strongroom-research-alice');
  });
});

function personCalled(name: string): Person {
  const person = bench.people.get(name);
  if (person === undefined) throw new Error(`Nobody is called ${name}`);
  return person;
}

async function listenOnHost(): Promise<Server> {
  const server = createServer((socket) => socket.end('the host'));
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return server;
}
