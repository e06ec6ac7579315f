import type { PolicyBinding } from '@strongroom/contracts';
import type { PolicyDocument, PolicyKind } from '@strongroom/policy';

export interface RenderedPolicy {
  readonly name: string;
  /** `resource`: of a bucket or a key, which its binding names. */
  readonly kind: Extract<PolicyKind, 'identity' | 'boundary' | 'endpoint' | 'resource'>;
  readonly purpose: { readonly english: string; readonly korean: string };
  readonly document: PolicyDocument;
  readonly bindings: readonly PolicyBinding[];
  /** The administrators' own file, relative to the domain file; `undefined`: rendered from the domain file. */
  readonly file: string | undefined;
}
