import type { Weakening } from '@strongroom/sandbox/testing';

/** Something that code in a studio must not be able to do. */
export interface Attack {
  readonly name: string;
  /**
   * Python statements that carry it out, run inside a real sandbox after `prelude.py`. Reaching
   * their end means that the attack succeeded; an OSError is a refusal.
   */
  readonly code: string;
  /** What the refusal looks like: an errno's name, or `SIGSYS` where the kernel ends the process. */
  readonly refusal: string | readonly string[];
  /** With these controls off it succeeds, or fails in another way: the proof that they refuse it. */
  readonly proof?: { readonly without: readonly Weakening[]; readonly outcome: string };
  /** Where it exists on one processor architecture only. */
  readonly only?: 'x64';
}

export const succeeded = 'SUCCEEDED';
