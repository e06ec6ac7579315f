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
  readonly furtherQuestions: readonly (() => Promise<boolean>)[];
  cut(): void;
}

/** Whatever ends a right without an event (a policy, the time) is noticed by what is open within this. */
const reviewMilliseconds = 5_000;

/** Whatever of the console is still going on: downloads, uploads, exports, launches that are followed. */
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

  async #isStillAllowed(request: OpenRequest): Promise<boolean> {
    const { sessionId, questions, furtherQuestions } = request;
    const { sessions, people, authorize } = this.#options;
    const profileName = await sessions.personOf(sessionId);
    const principal = profileName === undefined ? undefined : await people.find(profileName);
    if (principal === undefined || principal.disabled) return false;
    if (!questions.every((question) => authorize({ principal, ...question }).allowed)) return false;
    return (await Promise.all(furtherQuestions.map((ask) => ask()))).every((answer) => answer);
  }

  #cutWhere(isMeant: (request: OpenRequest) => boolean): void {
    for (const request of [...this.#open].filter(isMeant)) {
      this.#open.delete(request);
      request.cut();
    }
  }
}
