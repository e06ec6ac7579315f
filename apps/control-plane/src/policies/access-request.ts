import type { ProfileName } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';
import type { Action } from './actions.ts';

export interface AccessRequest {
  readonly principal: Person;
  readonly action: Action;
  /** The profile acted upon; `'*'` is the domain, or every profile. */
  readonly resource: ProfileName | '*';
  /** For `sagemaker:CreateApp`. */
  readonly instanceType?: string;
}

export interface Decision {
  readonly allowed: boolean;
  /** Names what decided: `<policy>/<statement>`, `implicit-deny`, or `person-disabled`. */
  readonly rule: string;
  /** Why, in words for the person who asked. */
  readonly sentence: string;
  readonly koreanSentence: string;
}

/** Decides; has no effect. INVARIANT: every decision of the control plane about a person is taken here. */
export type Authorize = (request: AccessRequest) => Decision;
