import { z } from 'zod';

const list = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statementSchema = z.object({
  Effect: z.string(),
  Principal: z.unknown(),
  Action: list.optional(),
  NotAction: list.optional(),
  Resource: list.optional(),
  Condition: z.record(z.string(), z.unknown()).optional(),
});
const policySchema = z.object({
  Statement: z
    .union([statementSchema, z.array(statementSchema)])
    .transform((value) => [value].flat()),
});
type Statement = z.infer<typeof statementSchema>;

function readPolicy(text: string | undefined): readonly Statement[] | undefined {
  try {
    return policySchema.parse(JSON.parse(decoded(text ?? ''))).Statement;
  } catch {
    return undefined;
  }
}

/** Some services answer with it URL-encoded (RFC 3986). */
function decoded(text: string): string {
  return text.trimStart().startsWith('%7B') ? decodeURIComponent(text) : text;
}

/** Why this policy binds nothing; `undefined`: it does. What cannot be read binds nothing. */
export function isUnbound(text: string | undefined): string | undefined {
  const statements = readPolicy(text);
  if (statements === undefined) return 'It has no policy that can be read';
  const open = statements.some(
    ({ Effect, Principal, Action = [], NotAction, Resource = ['*'], Condition = {} }) =>
      Effect === 'Allow' &&
      isAnybody(Principal) &&
      (Action.includes('*') || NotAction !== undefined) &&
      Resource.includes('*') &&
      Object.keys(Condition).length === 0,
  );
  return open ? 'Its policy lets everybody do everything' : undefined;
}

/** Everybody, and nothing says under which condition. */
export function allowsAnybody(text: string | undefined): boolean | undefined {
  return readPolicy(text)?.some(
    ({ Effect, Principal, Condition = {} }) =>
      Effect === 'Allow' && isAnybody(Principal) && Object.keys(Condition).length === 0,
  );
}

/** A denial whose condition holds where `aws:SecureTransport` is false. */
export function deniesPlainHttp(text: string | undefined): boolean {
  return (readPolicy(text) ?? []).some(
    ({ Effect, Condition = {} }) =>
      Effect === 'Deny' && /"aws:SecureTransport":\s*\[?"?false/i.test(JSON.stringify(Condition)),
  );
}

function isAnybody(principal: unknown): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null) return false;
  return [(principal as { AWS?: unknown }).AWS].flat().includes('*');
}
