import { z } from 'zod';
import { languageSchema } from './console-api.ts';
import { profileNameSchema } from './ids.ts';

/**
 * `GET /strongroom/api/studio` on a studio's origin, answered by the control plane (never by the
 * agent): what Lab's status item shows.
 */
export const studioSchema = z.object({
  profileName: profileNameSchema,
  displayName: z.string(),
  domainName: z.string(),
  consoleUrl: z.string(),
  language: languageSchema,
});
export type Studio = z.infer<typeof studioSchema>;
