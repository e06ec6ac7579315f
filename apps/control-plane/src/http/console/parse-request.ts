import { type ProfileName, profileNameSchema, StrongroomError } from '@strongroom/contracts';
import { z } from 'zod';

/** @throws {StrongroomError} `InvalidRequest` naming the field, unknown fields included */
export function parseBody<Shape extends z.ZodRawShape>(
  body: unknown,
  schema: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  return parse(body, schema.strict()) as z.output<z.ZodObject<Shape>>;
}

/** @throws {StrongroomError} `InvalidRequest` naming the field */
export function parse<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const path = [...(issue?.path ?? []), ...(unknownKey === undefined ? [] : [unknownKey])];
  const field = path.join('.').slice(0, 100) || 'body';
  const why = unknownKey === undefined ? issue?.message : 'there is no such field';
  throw new StrongroomError('InvalidRequest', `Cannot use the request: ${field}: ${why}`, {
    values: { field },
  });
}

/** A name that no profile can have is a profile that does not exist. @throws {StrongroomError} `ProfileNotFound` */
export function parseProfileName(params: unknown): ProfileName {
  const written = String((params as { profileName?: string }).profileName ?? '');
  const parsed = profileNameSchema.safeParse(written);
  if (parsed.success) return parsed.data;
  throw new StrongroomError('ProfileNotFound', 'Cannot find a profile of this name');
}

/** Of a request that has nothing to say but its address. */
export const noBodySchema = z.object({});
