import type { ProfileName } from '@strongroom/contracts';
import type { People } from '../../identity/people.ts';
import type { Sessions } from '../../identity/sessions.ts';
import type { Authorize } from '../../policies/access-request.ts';
import type { Question } from './require-allowed.ts';

export interface OpenRequestsOptions {
  readonly sessions: Pick<Sessions, 'personOf'>;
  readonly people: Pick<People, 'find'>;
  readonly authorize: Authorize;
}

interface OpenRequest {
  readonly sessionId: string;
  readonly profileName: ProfileName;
  /** What was asked and allowed for it; filled while it is answered. */
  readonly questions: readonly Question[];
  cut(): void;
}

/** Whatever ends a right without an event (a policy, the time) is noticed by what is open within this. */
const reviewMilliseconds = 5_000;

/** Every answer of the console that is still going out: downloads, exports, launches that are followed. */
export class OpenRequests {
  readonly #options: OpenRequestsOptions;
  readonly #open = new Set<OpenRequest>();
  readonly #timer: NodeJS.Timeout;
  #revocationCount = 0;

  constructor(options: OpenRequestsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.review(), reviewMilliseconds).unref();
  }

  /** Changes with every revocation, so that one that comes while a caller is looked up is not missed. */
  get revocationCount(): number {
    return this.#revocationCount;
  }

  /** Returns what to call at the end. */
  enter(request: OpenRequest): () => void {
    this.#open.add(request);
    return () => void this.#open.delete(request);
  }

  endSession(sessionId: string): void {
    this.#revocationCount += 1;
    this.#cutWhere((request) => request.sessionId === sessionId);
  }

  endPerson(profileName: ProfileName): void {
    this.#revocationCount += 1;
    this.#cutWhere((request) => request.profileName === profileName);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#cutWhere(() => true);
  }

  /** Decides anew for everything that is open; what cannot be decided is cut as well. */
  async review(): Promise<void> {
    for (const request of [...this.#open]) {
      if (await this.#isStillAllowed(request).catch(() => false)) continue;
      this.#cutWhere((each) => each === request);
    }
  }

  async #isStillAllowed({ sessionId, questions }: OpenRequest): Promise<boolean> {
    const { sessions, people, authorize } = this.#options;
    const profileName = await sessions.personOf(sessionId);
    const principal = profileName === undefined ? undefined : await people.find(profileName);
    if (principal === undefined || principal.disabled) return false;
    return questions.every((question) => authorize({ principal, ...question }).allowed);
  }

  #cutWhere(isMeant: (request: OpenRequest) => boolean): void {
    for (const request of [...this.#open].filter(isMeant)) {
      this.#open.delete(request);
      request.cut();
    }
  }
}
