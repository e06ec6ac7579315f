import type { RequestListener } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { NetworkParts } from '../network-parts.ts';
import { openNetworkBench } from './network-bench.ts';
import { openOutside } from './outside.ts';

/** Of this machine, on a real interface; `undefined` where it has none. */
export const ownAddress = Object.values(networkInterfaces())
  .flatMap((ofOne) => ofOne ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

/** What Python in a studio may use; everything is tried straight unless it says `through`. */
const prelude = `
import errno, http.client, os, resource, socket, ssl, struct, time
def connect(name, port): return socket.create_connection((name, port), 15)
def read(s):
    parts = []
    while part := s.recv(65536): parts.append(part)
    return b''.join(parts).decode('latin1')
def request(host): return f'GET / HTTP/1.1\\r\\nHost: {host}\\r\\nConnection: close\\r\\n\\r\\n'.encode()
def over_tls(s, server_name, host=None):
    context = ssl.create_default_context(cadata=os.environ['OUTSIDE_CA'])
    with context.wrap_socket(s, server_hostname=server_name) as t:
        t.sendall(request(host or server_name))
        return t.getpeercert()['issuer'][0][0][1].split()[1], read(t)
def through(target):
    s = connect('10.0.0.4', 3128)
    s.sendall(f'CONNECT {target} HTTP/1.1\\r\\nHost: {target}\\r\\n\\r\\n'.encode())
    answer = s.recv(4096).decode('latin1').split('\\r\\n')[0]
    return s, answer
def tell(action):
    try: print(action())
    except ssl.SSLError as error: print(error.reason)
    except socket.gaierror: print('no such name')
    except OSError as error: print(errno.errorcode.get(error.errno or 0, type(error).__name__))
`;

const noProxy = { HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '' };

/**
 * The production network with two studios: Alice's may reach the outside's names, and a name that
 * stands for this machine; Bob's is open.
 */
export async function openEgressGround(
  parts: NetworkParts = {},
  outsideOptions: { readonly answer?: RequestListener } = {},
) {
  const outside = await openOutside(outsideOptions.answer);
  const fixedAddresses = [
    ...outside.names.map((name) => ({ name, address: outside.address })),
    { name: 'loopback.example', address: '127.0.0.1' },
  ];
  const bench = await openNetworkBench(
    {
      allowedPrivateAddresses: [
        `${outside.address}/32`,
        ...(ownAddress === undefined ? [] : [`${ownAddress}/16`]),
      ],
      fixedAddresses,
    },
    parts,
  );
  const { tls, plain, whole } = outside.ports;
  const requestId = await bench.allow([...outside.names, 'loopback.example'], {
    ports: [tls, plain, whole],
  });
  await bench.allow([], { about: 'bob', mode: 'open' });
  const studios = new Map(
    await Promise.all(
      ['alice', 'bob'].map(async (name) => [name, await bench.openStudio(name)] as const),
    ),
  );
  return {
    ...{ bench, outside, fixedAddresses },
    studio(name: 'alice' | 'bob') {
      const studio = studios.get(name);
      if (studio === undefined) throw new Error(`${name} has no studio`);
      return studio;
    },
    /** What Alice's approval allows is over. */
    endApproval: () => bench.end(requestId),
    async python(name: 'alice' | 'bob', script: string, environment: Record<string, string> = {}) {
      const { output, errors } = await this.studio(name).python(`${prelude}${script}`, {
        ...{ ...noProxy, OUTSIDE_CA: outside.authorityPem },
        ...environment,
      });
      if (errors !== '') throw new Error(errors);
      return output;
    },
    async close() {
      await bench.close();
      outside.close();
    },
  };
}
export type EgressGround = Awaited<ReturnType<typeof openEgressGround>>;
