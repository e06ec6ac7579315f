import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppId, ProfileName } from '@strongroom/contracts';
import type { Clock } from '../../clock.ts';
import type { IdentityEvents } from '../../identity/identity-events.ts';
import { SerialQueue } from '../../serial-queue.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import { networkAddresses } from '../addresses.ts';
import { ConnectionCount } from '../endpoints/connection-count.ts';
import { recordConnection } from '../endpoints/connection-record.ts';
import { defaultEndpointLimits } from '../endpoints/endpoint.ts';
import { HttpService } from '../endpoints/http-service.ts';
import type { FlowLog } from '../flows/flow-log.ts';
import type { HandleConnection, StudioOnNetwork } from '../studio-connection.ts';
import type { TemporaryCredentialSet, TemporaryCredentials } from './temporary-credentials.ts';

export interface ContainerCredentialsOptions {
  readonly credentials: TemporaryCredentials;
  readonly events: IdentityEvents;
  readonly executionRoleArn: (profileName: ProfileName) => string;
  readonly flowLog: FlowLog;
  readonly clock: Clock;
  readonly log: StudioLog;
}

interface Run {
  readonly profileName: ProfileName;
  readonly path: string;
  readonly queue: SerialQueue;
  current: TemporaryCredentialSet | undefined;
}

const service = 'credentials';
/**
 * SDKs ask again when 15 minutes are left (botocore's advisory refresh), and would at every call
 * where an answer had less.
 */
const renewBeforeMilliseconds = 20 * 60 * 1000;
const limits = { ...defaultEndpointLimits, connectionCount: 64 };

/**
 * `http://169.254.170.2/v2/credentials/<id>`: where AWS SDKs look for a container's credentials (AWS
 * SDKs and Tools Reference Guide, "Container credential provider"). The path is answered in the one
 * studio that it was made for, and nothing else is.
 */
export class ContainerCredentials {
  readonly #options: ContainerCredentialsOptions;
  readonly #runs = new Map<AppId, Run>();
  readonly #connections = new ConnectionCount();
  readonly #http: HttpService;

  constructor(options: ContainerCredentialsOptions) {
    this.#options = options;
    this.#http = new HttpService({
      ...{ service, limits, log: options.log, port: 80 },
      hostNames: [networkAddresses.containerCredentials],
      handle: (request, response, studio) => this.#answer(request, response, studio),
    });
    // Signing out is no reason: notebooks may run on.
    options.events.on('disabled', ({ profileName }) => this.#endOfPerson(profileName));
    options.events.on('removed', ({ profileName }) => this.#endOfPerson(profileName));
  }

  /** Before a studio's first sandbox starts; the answer is its AWS_CONTAINER_CREDENTIALS_RELATIVE_URI. */
  begin({ appId, profileName }: Pick<StudioOnNetwork, 'appId' | 'profileName'>): string {
    const path = `/v2/credentials/${randomUUID()}`;
    this.#runs.set(appId, { profileName, path, queue: new SerialQueue(), current: undefined });
    return path;
  }

  /** The studio is over: its path and every set that was given out there. */
  async end(appId: AppId): Promise<void> {
    const run = this.#runs.get(appId);
    this.#runs.delete(appId);
    // After what is being issued now, or that would live on.
    await run?.queue.run(async () => undefined);
    await this.#options.credentials.endOfApp(appId);
  }

  /** For 169.254.170.2, port 80. */
  readonly handle: HandleConnection = (connection) => {
    const { socket, studio } = connection;
    const { flowLog, clock } = this.#options;
    socket.on('error', () => undefined);
    const record = recordConnection(connection, { service, flowLog, clock });
    if (!this.#connections.enter(connection, limits.connectionCount)) {
      socket.destroy();
      return;
    }
    record.accept();
    this.#http.serve(socket, studio);
  };

  close(): void {
    this.#connections.close();
  }

  /** At once, whatever still runs. */
  #endOfPerson(profileName: ProfileName): void {
    const runs = [...this.#runs].filter(([, run]) => run.profileName === profileName);
    Promise.all(runs.map(([appId]) => this.end(appId)))
      .then(() => this.#options.credentials.endOfPerson(profileName))
      .catch((error: unknown) => {
        this.#options.log.error({ err: error, profileName }, 'Cannot end credentials');
      });
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    { appId, profileName }: StudioOnNetwork,
  ): Promise<void> {
    const run = this.#runs.get(appId);
    const isAsked = request.method === 'GET' && run !== undefined && request.url === run.path;
    const set =
      isAsked && run.profileName === profileName ? await this.#current(appId, run) : undefined;
    if (set === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        RoleArn: this.#options.executionRoleArn(profileName),
        AccessKeyId: set.accessKeyId,
        SecretAccessKey: set.secretAccessKey,
        Token: set.sessionToken,
        // Without a fraction, as AWS writes it.
        Expiration: set.expiresAt.toISOString().replace(/\.\d+Z$/, 'Z'),
      }),
    );
  }

  /** One set at a time for everybody in the studio; a new one in time, and the old one runs out. */
  #current(appId: AppId, run: Run): Promise<TemporaryCredentialSet | undefined> {
    return run.queue.run(async () => {
      if (this.#runs.get(appId) !== run) return undefined;
      const leftMilliseconds =
        (run.current?.expiresAt.getTime() ?? 0) - this.#options.clock().getTime();
      if (leftMilliseconds < renewBeforeMilliseconds) {
        run.current = await this.#options.credentials.issue({
          appId,
          profileName: run.profileName,
        });
      }
      return run.current;
    });
  }
}
