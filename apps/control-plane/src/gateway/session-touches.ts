import type { Sessions } from '../identity/sessions.ts';
import type { StudioLog } from '../studios/studio-log.ts';

const intervalMilliseconds = 15_000;

/** Work in a studio keeps its console session alive. Each key press comes here, so few are passed on. */
export class SessionTouches {
  readonly #sessions: Pick<Sessions, 'touch'>;
  readonly #log: StudioLog;
  readonly #lastTouches = new Map<string, number>();

  constructor(sessions: Pick<Sessions, 'touch'>, log: StudioLog) {
    this.#sessions = sessions;
    this.#log = log;
  }

  touch(sessionId: string): void {
    const now = Date.now();
    if (now - (this.#lastTouches.get(sessionId) ?? 0) < intervalMilliseconds) return;
    this.#lastTouches.set(sessionId, now);
    this.#sessions.touch(sessionId).catch((error: unknown) => {
      this.#log.error({ sessionId, err: error }, 'Cannot record activity of a session');
    });
  }

  forget(sessionId: string): void {
    this.#lastTouches.delete(sessionId);
  }
}
