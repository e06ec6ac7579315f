import { checkDocument, describeFinding } from '@strongroom/domain';
import { parseDocument } from '@strongroom/policy';

/** Judges a text before PutBucketPolicy keeps it. What lets just anybody in is public. */
export async function checkBucketPolicy({
  policy,
}: {
  readonly policy: string;
}): Promise<{ problem: string } | { isPublic: boolean }> {
  try {
    const document = parseDocument(policy);
    const findings = await checkDocument(document, 'resource');
    const errors = findings.filter(({ severity }) => severity === 'error').map(describeFinding);
    if (errors.length > 0) return { problem: errors.join('; ') };
    const statements = Array.isArray(document.Statement)
      ? document.Statement
      : [document.Statement];
    return { isPublic: statements.some(isPublic) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/**
 * Amazon S3 User Guide, "The meaning of 'public'", judged on the strict side: an Allow for everybody
 * is public whatever its conditions.
 */
function isPublic({ Effect, Principal, NotPrincipal }: Statement): boolean {
  if (Effect !== 'Allow') return false;
  if (NotPrincipal !== undefined || Principal === '*') return true;
  return Object.values(Principal ?? {}).some((value) => [value].flat().includes('*'));
}

interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
}
