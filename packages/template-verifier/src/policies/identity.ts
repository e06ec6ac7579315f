import type { Principal } from '@strongroom/policy';
import type { Resource } from '../graph/resource.ts';
import type { ReadPolicy } from './read-policy.ts';

/** A role, user or permission set of the templates, with everything that says what it may do. */
export interface Identity {
  readonly resource: Resource;
  readonly kind: 'role' | 'user' | 'permission-set' | 'unattached-policy';
  readonly principal: Principal;
  readonly policies: readonly ReadPolicy[];
  readonly boundary: ReadPolicy | undefined;
  /** What its sessions carry as `aws:PrincipalTag`. */
  readonly tags: Readonly<Record<string, string>>;
  /** Who may become it; undefined for what nobody assumes. */
  readonly trust: ReadPolicy | undefined;
  /** SageMaker runs people's code as it. */
  readonly isExecutionRole: boolean;
  /** People sign in as it, or its trust leaves that open. */
  readonly isForPeople: boolean;
}
