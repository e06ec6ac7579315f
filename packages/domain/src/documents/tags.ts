/** On a profile: whose it is. On a session: who acts. */
export const profileTag = 'strongroom-profile';
export const teamTag = 'strongroom-team';
export const roleTag = 'strongroom-role';

/** SageMaker's own condition key for the tags of the resource acted upon. */
export function resourceTag(tag: string): string {
  return `sagemaker:ResourceTag/${tag}`;
}

/** IAM's global condition key for the tags of who acts. */
export function principalTag(tag: string): string {
  return `aws:PrincipalTag/${tag}`;
}
