import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EgressGround, openEgressGround } from './testing/egress-ground.ts';
import { noteAttack } from './testing/note-attack.ts';
import { packageIndex } from './testing/package-index.ts';

let ground: EgressGround;
beforeAll(async () => {
  ground = await openEgressGround(
    { gate: { limits: { headMilliseconds: 2_000 } } },
    { answer: packageIndex() },
  );
});
afterAll(() => ground.close());

/** Of Alice's, those that a test made itself. */
async function flowsFrom(count: number) {
  const flows = (await ground.bench.flowRecords()).filter(({ profile }) => profile === 'alice');
  return flows.slice(0, flows.length - count);
}
const countFlows = async () => (await flowsFrom(0)).length;

describe('a studio that may reach some names', () => {
  it('speaks TLS with the server itself, whose certificate it verifies', async () => {
    const before = await countFlows();
    const output = await ground.python(
      'alice',
      "tell(lambda: over_tls(connect('allowed.example', 8443), 'allowed.example', 'allowed.example:8443'))",
    );
    expect(output).toContain("('outside'");
    expect(output).toContain('GET allowed.example:8443 /');
    const flows = (await flowsFrom(before)).filter(({ protocol }) => protocol === 6);
    expect(flows).toMatchObject([
      { action: 'ACCEPT', part: 'end', attempts: 0 },
      { action: 'ACCEPT', part: 'start', attempts: 1, name: 'allowed.example', dstport: 8443 },
    ]);
    for (const { srcport } of flows) expect(Number(srcport)).toBeGreaterThan(0);
    expect(new Set(flows.map(({ srcport }) => srcport)).size).toBe(1);
  });

  it('does the same through the proxy, and speaks HTTP', async () => {
    const output = await ground.python(
      'alice',
      `
tell(lambda: over_tls(through('allowed.example:8443')[0], 'allowed.example', 'allowed.example:8443'))
def plain():
    s = connect('allowed.example', 8080); s.sendall(request('allowed.example:8080')); return read(s)
tell(plain)`,
    );
    expect(output.match(/GET allowed\.example:8443 \//g)).toHaveLength(1);
    expect(output.match(/GET allowed\.example:8080 \//g)).toHaveLength(1);
  });

  it('has the answer of a server that waits for the end of the question', async () => {
    const output = await ground.python(
      'alice',
      `
def ask(s):
    s.sendall(b'question'); s.shutdown(socket.SHUT_WR); return read(s)
tell(lambda: ask(connect('allowed.example', 9418)))
tell(lambda: ask(through('allowed.example:9418')[0]))`,
    );
    expect(output).toBe('heard question\nheard question');
  });

  it('has the answer of an endpoint and of the resolver after ending its own half', async () => {
    const output = await ground.python(
      'alice',
      `
def half(s, data):
    s.sendall(data); s.shutdown(socket.SHUT_WR); return read(s)
path = os.environ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']
tell(lambda: half(connect('169.254.170.2', 80), f'GET {path} HTTP/1.1\\r\\nHost: 169.254.170.2\\r\\n\\r\\n'.encode())[:15])
question = struct.pack('>6H', 7, 0x100, 1, 0, 0, 0) + b'\\3sts\\x09amazonaws\\3com\\0' + struct.pack('>2H', 1, 1)
tell(lambda: len(half(connect('10.0.0.2', 53), struct.pack('>H', len(question)) + question)) > 30)
def secured():
    context = ssl.create_default_context()
    with context.wrap_socket(connect('api.strongroom.internal', 443), server_hostname='api.strongroom.internal') as t:
        t.sendall(b'GET /v1/studio HTTP/1.1\\r\\nHost: api.strongroom.internal\\r\\nConnection: close\\r\\n\\r\\n')
        return read(t)[:15]
tell(secured)`,
    );
    expect(output.split('\n')).toEqual(['HTTP/1.1 200 OK', 'True', 'HTTP/1.1 200 OK']);
  });

  it('reaches nothing by a name that means another address a moment later', async ({ task }) => {
    const script = `
address = socket.gethostbyname('rebind.example')
tell(lambda: read_from(address))`;
    const reading = `
def read_from(address):
    s = connect(address, 8080); s.sendall(request('rebind.example:8080')); return read(s)`;
    expect(await ground.python('alice', reading + script)).toContain('GET rebind.example:8080');
    const [rebind] = ground.fixedAddresses.filter(({ name }) => name === 'rebind.example');
    if (rebind === undefined) throw new Error('There is no such name');
    for (const address of ['127.0.0.1', '169.254.169.254', '10.0.0.1']) {
      rebind.address = address;
      const seen = await ground.python('alice', reading + script);
      noteAttack(task, { expected: 'egress/address-forbidden', seen: seen.slice(0, 60) });
      expect(seen).toContain('egress/address-forbidden');
    }
  });

  it('is cut off where its first bytes come one by one', async ({ task }) => {
    const seen = await ground.python(
      'alice',
      `
def drip():
    s = connect('allowed.example', 8443); s.settimeout(0.1)
    started = time.monotonic()
    while time.monotonic() - started < 20:
        s.sendall(b'\\x16')
        try:
            if s.recv(100): return 'cut off'
        except TimeoutError: pass
    return 'still open'
tell(drip)`,
    );
    noteAttack(task, { expected: 'cut off or ECONNRESET', seen });
    expect(['cut off', 'ECONNRESET', 'EPIPE']).toContain(seen);
  });
});

describe('pip in a studio', () => {
  const authorityPath = '/tmp/outside.pem';
  const install = (index: string, name: string) => [
    ...['/usr/bin/python3', '-m', 'pip', 'install', '--quiet', '--no-input'],
    ...['--disable-pip-version-check', '--no-cache-dir', '--retries', '1', '--target', '/tmp/got'],
    ...['--index-url', index, name],
  ];
  const pip = (index: string, name: string) =>
    ground
      .studio('alice')
      .run(
        [
          '/bin/sh',
          '-c',
          `printf '%s' "$OUTSIDE_CA" >${authorityPath}; "$@" && PYTHONPATH=/tmp/got exec python3 -c 'import vault_demo; print(vault_demo.answer)'`,
          'sh',
          ...install(index, name),
        ],
        {
          ...{ OUTSIDE_CA: ground.outside.authorityPem, PIP_CONFIG_FILE: '/dev/null' },
          ...{ PIP_CERT: authorityPath, REQUESTS_CA_BUNDLE: authorityPath },
        },
      );

  it('installs a package from a mirror that is allowed', async () => {
    const { output, errors } = await pip('https://allowed.example:8443/simple/', 'vault-demo');
    expect(errors).toBe('');
    expect(output).toBe('42');
  });

  it('fails at once for another, and says which rule refused it', async () => {
    const startedAt = performance.now();
    const { errors, exitCode } = await pip('https://pypi.example/simple/', 'vault-demo');
    expect(exitCode).not.toBe(0);
    expect(errors).toContain('egress/allow-list');
    expect(performance.now() - startedAt).toBeLessThan(15_000);
  });
});
