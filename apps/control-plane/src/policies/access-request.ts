import type { AppType, ProfileName } from '@strongroom/contracts';
import type { Action } from '@strongroom/domain';
import type { Person } from '../identity/person.ts';

/** One app of a profile, as its ARN names it. */
export interface AppReference {
  readonly appType: AppType;
  readonly appName: string;
}

export interface AccessRequest {
  readonly principal: Person;
  /** The person by default; else the role that their notebooks act as. */
  readonly actingAs?: 'person' | 'execution-role';
  readonly action: Action;
  /** The profile acted upon; `'*'` is the domain, or every profile. */
  readonly resource: ProfileName | '*';
  /** Which app of the profile, where the action is about one. */
  readonly app?: AppReference;
  /** Which private space of the profile, where the action is about one. */
  readonly spaceName?: string;
  /** For `sagemaker:CreateApp`. */
  readonly instanceType?: string;
  /** For `sagemaker:CreateApp` of a kernel. */
  readonly imageName?: string;
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
