import type { DomainPolicies } from '@strongroom/contracts';
import type { PolicyBook } from './policy-book.ts';

/** The policies in force, and what is to be said about the files that they come from. */
export interface PolicyServices {
  readonly book: PolicyBook;
  problems(): DomainPolicies['problems'];
  warnings(): DomainPolicies['warnings'];
}
