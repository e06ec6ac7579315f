import { beforeEach, describe, expect, it } from 'vitest';
import { type Connection, ConnectionMonitor, studioUrl } from './connection-monitor.ts';

const studio = {
  profileName: 'alice',
  displayName: 'Alice Kim',
  domainName: 'research',
  consoleUrl: 'http://console.localhost:8080',
  language: 'en',
};

/** Answers as a gateway in front of a studio would; each test sets what it answers. */
class Gateway {
  controlPlane: () => Response = () => Response.json(studio);
  studio: () => Response = () => Response.json([]);
  questions = 0;

  readonly fetch = async (input: RequestInfo): Promise<Response> => {
    if (input === studioUrl) this.questions += 1;
    return input === studioUrl ? this.controlPlane() : this.studio();
  };
}

let gateway: Gateway;
let monitor: ConnectionMonitor;
let changes: Connection[];

beforeEach(() => {
  gateway = new Gateway();
  changes = [];
  monitor = new ConnectionMonitor({
    fetch: gateway.fetch,
    onChange: (connection) => changes.push(connection),
  });
});

describe('ConnectionMonitor', () => {
  it('knows whose studio it is once the control plane has answered', async () => {
    expect(monitor.studio).toBeNull();
    await monitor.probe();
    expect(monitor.studio).toEqual(studio);
    expect(changes).toEqual([]);
  });

  it('passes answers through and asks nothing while they are good', async () => {
    const response = await monitor.observedFetch('/api/sessions');
    expect(await response.json()).toEqual([]);
    expect(gateway.questions).toBe(0);
  });

  it('reports that the person was signed out', async () => {
    gateway.studio = gateway.controlPlane = () => refusal('NotSignedIn', 401);
    await monitor.observedFetch('/api/sessions');
    expect(await nextChange()).toEqual({ state: 'SignedOut' });
  });

  it('reports that the account is refused, with the reference', async () => {
    gateway.studio = gateway.controlPlane = () => refusal('PersonDisabled', 403);
    await monitor.observedFetch('/api/sessions');
    expect(await nextChange()).toMatchObject({
      state: 'Refused',
      failure: { code: 'PersonDisabled', reference: 'r-1' },
    });
  });

  it('reports a stopped studio when the gateway answers in its place', async () => {
    gateway.studio = () => refusal('ServerDidNotStart', 503);
    await monitor.observedFetch('/api/sessions');
    expect(await nextChange()).toMatchObject({
      state: 'StudioStopped',
      failure: { code: 'ServerDidNotStart' },
    });
  });

  it('reports a stopped studio on a bare 502', async () => {
    gateway.studio = () => new Response('Bad gateway', { status: 502 });
    await monitor.observedFetch('/api/sessions');
    expect(await nextChange()).toEqual({ state: 'StudioStopped', failure: null });
  });

  it('stays connected when one action is refused by policy', async () => {
    gateway.studio = () => refusal('AccessDenied', 403);
    await monitor.observedFetch('/files/secret.csv');
    await questionAnswered();
    expect(monitor.connection.state).toBe('Connected');
    expect(changes).toEqual([]);
  });

  it.each(['Internal', 'TooManyRequests'])(
    'stays connected when one request fails in the gateway: %s',
    async (code) => {
      gateway.studio = () => refusal(code, 500);
      await monitor.observedFetch('/api/contents/x');
      await questionAnswered();
      expect(changes).toEqual([]);
    },
  );

  it('reports a full disk, whatever its status', async () => {
    gateway.studio = () => refusal('DiskFull', 507);
    await monitor.observedFetch('/api/sessions');
    expect(await nextChange()).toMatchObject({ state: 'StudioStopped' });
  });

  it("does not ask about the Jupyter server's own refusals", async () => {
    gateway.studio = () => Response.json({ message: 'Permission denied' }, { status: 403 });
    await monitor.observedFetch('/api/contents/x');
    await settled();
    expect(gateway.questions).toBe(0);
  });

  it('reports that nothing answers, and passes the error on', async () => {
    const down = new TypeError('Failed to fetch');
    gateway.studio = gateway.controlPlane = () => {
      throw down;
    };
    await expect(monitor.observedFetch('/api/sessions')).rejects.toBe(down);
    expect(await nextChange()).toEqual({ state: 'Unreachable' });
  });

  it('asks nothing when Lab itself cancelled the request', async () => {
    gateway.studio = () => {
      throw new DOMException('cancelled', 'AbortError');
    };
    await expect(monitor.observedFetch('/api/sessions')).rejects.toThrow('cancelled');
    expect(gateway.questions).toBe(0);
  });

  it('asks once for requests that fail together', async () => {
    gateway.studio = gateway.controlPlane = () => refusal('NotSignedIn', 401);
    await Promise.all([1, 2, 3].map(() => monitor.observedFetch('/api/sessions')));
    await nextChange();
    expect(gateway.questions).toBe(1);
    expect(changes).toHaveLength(1);
  });

  it('keeps a studio stopped until the studio itself answers', async () => {
    gateway.studio = () => refusal('StudioStopped', 503);
    await monitor.observedFetch('/api/sessions');
    await nextChange();
    await monitor.probe();
    expect(monitor.connection.state).toBe('StudioStopped');
    gateway.studio = () => Response.json([]);
    await monitor.observedFetch('/api/sessions');
    expect(changes.map(({ state }) => state)).toEqual(['StudioStopped', 'Connected']);
  });

  it('does not take an answer from before the loss for a return', async () => {
    let giveAnswer: (response: Response) => void = () => undefined;
    const answer = new Promise<Response>((resolve) => {
      giveAnswer = resolve;
    });
    const slow = new ConnectionMonitor({
      fetch: (input) => (input === '/slow' ? answer : gateway.fetch(input)),
    });
    gateway.controlPlane = () => refusal('NotSignedIn', 401);
    const request = slow.observedFetch('/slow');
    await slow.probe();
    giveAnswer(Response.json([]));
    await request;
    expect(slow.connection.state).toBe('SignedOut');
  });

  it('reports the return of the connection', async () => {
    gateway.controlPlane = () => refusal('NotSignedIn', 401);
    await monitor.probe();
    gateway.controlPlane = () => Response.json(studio);
    await monitor.probe();
    expect(changes.map(({ state }) => state)).toEqual(['SignedOut', 'Connected']);
  });
});

function refusal(code: string, status: number): Response {
  return Response.json({ error: { code, message: code, reference: 'r-1' } }, { status });
}

async function nextChange(): Promise<Connection> {
  if (changes.length === 0) {
    await new Promise<void>((resolve) => monitor.onChange(() => resolve()));
  }
  return monitor.connection;
}

async function questionAnswered(): Promise<void> {
  while (gateway.questions === 0) await settled();
  await settled();
}

/** Lets everything that is already on its way finish. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
