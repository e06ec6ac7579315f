import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import {
  type EgressRequest,
  type EgressRequestInput,
  type EgressState,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { Clock } from '../../clock.ts';
import { AccountHandovers } from '../../identity/account-handovers.ts';
import type { People } from '../../identity/people.ts';
import type { Person } from '../../identity/person.ts';
import { SerialQueue } from '../../serial-queue.ts';
import type { State } from '../../state/database.ts';
import { EgressStore } from './egress-store.ts';
import { EgressView } from './egress-view.ts';
import { orphanedState } from './orphaned-state.ts';
import { requestedAccess } from './requested-access.ts';
import { requireFourEyes } from './require-four-eyes.ts';

export interface EgressRequestsOptions {
  readonly state: State;
  readonly people: Pick<People, 'find'>;
  readonly domain: () => Pick<Domain, 'egress' | 'teams'>;
  readonly clock: Clock;
}

interface EgressEventMap {
  /** What may be reached is not what it was. */
  changed: [];
  /** Time ended it. */
  expired: [EgressRequest];
  /** Whoever asked for it, or whose studio it was about, is gone. */
  orphaned: [EgressRequest];
}

/** setTimeout's own limit, 24.8 days. */
const longestTimerMilliseconds = 2 ** 31 - 1;

/** Who asked for which way out, who approved it, and when it ends. */
export class EgressRequests extends EventEmitter<EgressEventMap> {
  readonly #options: EgressRequestsOptions;
  readonly #store: EgressStore;
  readonly #handovers: AccountHandovers;
  readonly #changes = new SerialQueue();
  #requests: readonly EgressRequest[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly rules: EgressView;

  private constructor(options: EgressRequestsOptions) {
    super();
    this.#options = options;
    this.#store = new EgressStore(options.state);
    this.#handovers = new AccountHandovers(options.state, options.clock);
    this.rules = new EgressView(options.clock, (profileName) =>
      options.domain().egress.alwaysOff.includes(profileName),
    );
  }

  static async open(options: EgressRequestsOptions): Promise<EgressRequests> {
    const requests = new EgressRequests(options);
    await requests.#reload();
    return requests;
  }

  /** Newest first. */
  list(): readonly EgressRequest[] {
    return this.#requests;
  }

  /** Ends what ran out while nobody looked; at the start, once somebody listens, and then by itself. */
  async expireOverdue(): Promise<void> {
    await this.#changes.run(() => this.#expireOverdue());
  }

  /**
   * `record`: writes it down before it is kept; where it rejects, there is no request.
   *
   * @throws {StrongroomError} `InvalidRequest`, `ProfileNotFound`
   */
  async request(
    by: Person,
    input: EgressRequestInput,
    record: (request: EgressRequest) => Promise<void> = async () => undefined,
  ): Promise<EgressRequest> {
    const { people, domain, clock } = this.#options;
    const now = clock();
    const request: EgressRequest = {
      requestId: randomBytes(8).toString('hex'),
      ...(await requestedAccess(input, { people, domain: domain(), now })),
      ...{ reason: input.reason, requestedBy: by.profileName, requestedAt: now.toISOString() },
      ...{ state: 'Pending', decidedBy: null, decidedAt: null, endedBy: null, endedAt: null },
    };
    await record(request);
    await this.#store.add(request);
    await this.#reload();
    return request;
  }

  /**
   * A second administrator's word. That the caller may decide at all is judged before. `record`
   * writes it down before it is in force; where it rejects, nothing changes.
   *
   * @throws {StrongroomError} `EgressRequestNotFound`, `EgressOwnRequest`, `EgressNotIndependent`,
   * `EgressNotPending`
   */
  async decide(
    by: Person,
    requestId: string,
    to: 'Approved' | 'Refused',
    record: (request: EgressRequest) => Promise<void> = async () => undefined,
  ): Promise<EgressRequest> {
    const request = this.find(requestId);
    if (to === 'Approved') {
      const { clock } = this.#options;
      await requireFourEyes(request, by, { handovers: this.#handovers, clock });
    }
    await record(request);
    return this.#change(request, 'Pending', to, by.profileName);
  }

  /** @throws {StrongroomError} `EgressRequestNotFound`, `EgressNotPending` */
  async withdraw(by: Person, requestId: string): Promise<EgressRequest> {
    return this.#change(this.find(requestId), 'Pending', 'Withdrawn', by.profileName);
  }

  /** @throws {StrongroomError} `EgressRequestNotFound`, `EgressNotPending` */
  async end(by: Person, requestId: string): Promise<EgressRequest> {
    return this.#change(this.find(requestId), 'Approved', 'Ended', by.profileName);
  }

  /**
   * Ends what people who are gone left behind: what they asked for and nobody decided, and what is
   * about them, decided or not. INVARIANT: whoever gets their profile name later starts with nothing.
   */
  async endOrphaned(): Promise<void> {
    for (const request of this.#requests) {
      const to = await orphanedState(request, this.#options.people);
      if (to === undefined) continue;
      const ended = await this.#change(request, request.state, to, undefined).catch(
        () => undefined,
      );
      if (ended !== undefined) this.emit('orphaned', ended);
    }
  }

  /** @throws {StrongroomError} `EgressRequestNotFound` */
  find(requestId: string): EgressRequest {
    const found = this.#requests.find((request) => request.requestId === requestId);
    if (found !== undefined) return found;
    throw new StrongroomError('EgressRequestNotFound', 'Cannot find this request');
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #change(
    { requestId }: EgressRequest,
    from: EgressState,
    to: EgressState,
    by: ProfileName | undefined,
  ): Promise<EgressRequest> {
    return this.#changes.run(async () => {
      await this.#expireOverdue();
      const at = this.#options.clock();
      const isChanged = await this.#store.change(requestId, from, to, { by, at });
      await this.#reload();
      if (isChanged) {
        this.emit('changed');
        return this.find(requestId);
      }
      const { state } = this.find(requestId);
      throw new StrongroomError(
        'EgressNotPending',
        `Cannot change this request: it is ${state} already`,
        { values: { state } },
      );
    });
  }

  async #expireOverdue(): Promise<void> {
    const now = this.#options.clock();
    for (const request of this.#requests) {
      const { state, endsAt, requestId } = request;
      if (state !== 'Pending' && state !== 'Approved') continue;
      if (Date.parse(endsAt) > now.getTime()) continue;
      const isChanged = await this.#store.change(requestId, state, 'Expired', {
        ...{ by: undefined, at: now },
      });
      if (isChanged) this.emit('expired', request);
    }
    await this.#reload();
    this.emit('changed');
  }

  async #reload(): Promise<void> {
    this.#requests = await this.#store.all();
    this.rules.set(this.#requests);
    this.#wakeAtNextEnd();
  }

  #wakeAtNextEnd(): void {
    clearTimeout(this.#timer);
    const ends = this.#requests
      .filter(({ state }) => state === 'Pending' || state === 'Approved')
      .map(({ endsAt }) => Date.parse(endsAt));
    if (ends.length === 0) return;
    const wait = Math.min(...ends) - this.#options.clock().getTime();
    const milliseconds = Math.min(Math.max(wait, 50), longestTimerMilliseconds);
    this.#timer = setTimeout(() => void this.expireOverdue(), milliseconds).unref();
  }
}
