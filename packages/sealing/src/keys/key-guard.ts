import { KeyError } from './key-error.ts';
import type { AuthorizeKey, KeyQuestion, KeyUse, RecordKeyUse } from './key-use.ts';

export interface GuardedUse extends KeyQuestion {
  readonly keyId: string;
  readonly isOpenAlready?: true;
}

/**
 * The one way to a key. INVARIANT: nothing is answered that was not allowed and is not on record.
 */
export class KeyGuard {
  readonly #authorize: AuthorizeKey;
  readonly #onUse: RecordKeyUse;

  constructor(authorize: AuthorizeKey, onUse: RecordKeyUse) {
    this.#authorize = authorize;
    this.#onUse = onUse;
  }

  /** @param work what is asked for; its answer is withheld until the use is on record. */
  async use<Answer>(use: GuardedUse, work: () => Promise<Answer> | Answer): Promise<Answer> {
    let answer: Answer;
    try {
      await this.#allow(use);
      answer = await work();
    } catch (error) {
      const refusal = keyErrorOf(error, use);
      // Refused either way: a record that fails here must not hide why.
      await this.record(use, 'refused', refusal).catch(() => undefined);
      throw refusal;
    }
    await this.record(use, 'allowed');
    return answer;
  }

  async record(use: GuardedUse, outcome: KeyUse['outcome'], refusal?: KeyError): Promise<void> {
    const { action, keyArn, keyId, caller, context, isOpenAlready } = use;
    const code = refusal === undefined ? {} : { code: refusal.code };
    const open = isOpenAlready === undefined ? {} : { isOpenAlready };
    try {
      await this.#onUse({ action, keyArn, keyId, caller, context, outcome, ...code, ...open });
    } catch (cause) {
      const message = `Cannot use the key "${keyArn}": its use cannot be recorded`;
      throw new KeyError('KeyUnavailableException', message, { cause });
    }
  }

  async #allow({ caller, action, keyArn, keyPolicy, context }: GuardedUse): Promise<void> {
    try {
      await this.#authorize({ caller, action, keyArn, keyPolicy, context });
    } catch (cause) {
      if (cause instanceof KeyError) throw cause;
      const message = `Cannot use the key "${keyArn}": ${action} is not allowed`;
      throw new KeyError('AccessDeniedException', message, { cause });
    }
  }
}

function keyErrorOf(error: unknown, { keyArn }: GuardedUse): KeyError {
  if (error instanceof KeyError) return error;
  const message = `Cannot use the key "${keyArn}": what holds it does not answer`;
  return new KeyError('KeyUnavailableException', message, { cause: error });
}
