import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import {
  type EgressDestination,
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

const hourMilliseconds = 60 * 60 * 1000;
const dayMilliseconds = 24 * hourMilliseconds;
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
    const now = this.#options.clock();
    await this.#requireSubject(input);
    this.#requireEndTime(input.endsAt, now);
    const request: EgressRequest = {
      requestId: randomBytes(8).toString('hex'),
      ...{ subject: input.subject, mode: input.mode, destinations: this.#destinationsOf(input) },
      ...{ reason: input.reason, requestedBy: by.profileName, requestedAt: now.toISOString() },
      ...{ endsAt: new Date(input.endsAt).toISOString(), state: 'Pending' },
      ...{ decidedBy: null, decidedAt: null, endedBy: null, endedAt: null },
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
    const isAboutThem =
      request.subject.kind === 'person' && request.subject.profileName === by.profileName;
    if (to === 'Approved' && (request.requestedBy === by.profileName || isAboutThem)) {
      throw new StrongroomError('EgressOwnRequest', 'Cannot approve your own request', {
        remedy: 'A second administrator has to approve it.',
      });
    }
    if (to === 'Approved') await this.#requireIndependent(request, by);
    await record(request);
    return this.#change(request, 'Pending', to, by.profileName);
  }

  /**
   * Four eyes are those of two people: whoever knew the password of the other account, or made both,
   * could be both.
   */
  async #requireIndependent(request: EgressRequest, by: Person): Promise<void> {
    const { subject, requestedBy, requestedAt } = request;
    const yesterday = this.#options.clock().getTime() - dayMilliseconds;
    const since = new Date(Math.min(yesterday, Date.parse(requestedAt)));
    const approving = await this.#handovers.handsOf(by.profileName, since);
    const asking = await this.#handovers.handsOf(requestedBy, since);
    const inBoth = [...asking].find((hand) => approving.has(hand));
    const owner = subject.kind === 'person' ? subject.profileName : undefined;
    const hand = inBoth ?? (owner !== undefined && approving.has(owner) ? owner : undefined);
    if (hand === undefined) return;
    throw new StrongroomError(
      'EgressNotIndependent',
      `Cannot approve this request: "${hand}" could have signed in both as who asked and as "${by.profileName}"`,
      {
        remedy:
          'An administrator whose account nobody else made or reset since the request and within 24 hours has to approve it.',
        values: { profileName: hand },
      },
    );
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
      const to = await this.#orphanedState(request);
      if (to === undefined) continue;
      const ended = await this.#change(request, request.state, to, undefined).catch(
        () => undefined,
      );
      if (ended !== undefined) this.emit('orphaned', ended);
    }
  }

  async #orphanedState({ state, subject, requestedBy, requestedAt }: EgressRequest) {
    if (state !== 'Pending' && state !== 'Approved') return undefined;
    const isAboutThemWhoAreGone =
      subject.kind === 'person' && !(await this.#wasThere(subject.profileName, requestedAt));
    if (isAboutThemWhoAreGone) return state === 'Approved' ? 'Ended' : 'Withdrawn';
    const isAskedByOneGone =
      state === 'Pending' && !(await this.#wasThere(requestedBy, requestedAt));
    return isAskedByOneGone ? 'Withdrawn' : undefined;
  }

  /** Not only somebody of that name: the same person as then. */
  async #wasThere(profileName: ProfileName, moment: string): Promise<boolean> {
    const person = await this.#options.people.find(profileName);
    return person !== undefined && person.createdAt.getTime() <= Date.parse(moment);
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

  async #requireSubject({ subject }: EgressRequestInput): Promise<void> {
    const { people, domain } = this.#options;
    if (subject.kind === 'team' && !domain().teams.some(({ name }) => name === subject.team)) {
      throw invalid('subject.team', `there is no team "${subject.team}"`);
    }
    if (subject.kind === 'person' && (await people.find(subject.profileName)) === undefined) {
      const { profileName } = subject;
      throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${profileName}"`);
    }
  }

  #requireEndTime(endsAt: string, now: Date): void {
    const { maximumHours } = this.#options.domain().egress;
    const milliseconds = Date.parse(endsAt) - now.getTime();
    if (milliseconds <= 0) throw invalid('endsAt', 'it is in the past');
    if (milliseconds > maximumHours * hourMilliseconds) {
      throw invalid('endsAt', `at most ${maximumHours} hours from now`);
    }
  }

  #destinationsOf(input: EgressRequestInput): EgressDestination[] {
    if (input.mode === 'open') return [];
    const { allowLists } = this.#options.domain().egress;
    const chosen = input.allowLists.map((name) => {
      const list = allowLists.find((each) => each.name === name);
      if (list === undefined) throw invalid('allowLists', `there is no allow-list "${name}"`);
      return { list: list.name, names: [...list.names], ports: [...list.ports] };
    });
    const own = { list: null, names: input.names, ports: input.ports };
    if (own.names.length === 0 && chosen.length === 0) {
      throw invalid('names', 'name at least one destination, or choose an allow-list');
    }
    if (own.names.length > 0 && own.ports.length === 0) throw invalid('ports', 'name at least one');
    return own.names.length === 0 ? chosen : [...chosen, own];
  }
}

function invalid(field: string, why: string): StrongroomError {
  return new StrongroomError('InvalidRequest', `Cannot use the request: ${field}: ${why}`, {
    values: { field },
  });
}
