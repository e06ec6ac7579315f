import type { ProfileName, Role } from '@strongroom/contracts';
import type { PolicyDocument, PolicyKind } from '@strongroom/policy';

/** Whom or what a policy binds. */
export type PolicyBinding =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'person'; readonly profileName: ProfileName }
  /** What the notebooks of this person act as. */
  | { readonly kind: 'execution-role'; readonly profileName: ProfileName }
  | { readonly kind: 'endpoint'; readonly endpoint: string };

export interface RenderedPolicy {
  readonly name: string;
  readonly kind: Extract<PolicyKind, 'identity' | 'endpoint'>;
  readonly purpose: { readonly english: string; readonly korean: string };
  readonly document: PolicyDocument;
  readonly bindings: readonly PolicyBinding[];
  /** The administrators' own file, relative to the domain file; `undefined`: rendered from the domain file. */
  readonly file: string | undefined;
}
