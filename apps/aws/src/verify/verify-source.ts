import { type ReportInput, verify } from '@strongroom/template-verifier';
import type { TemplateSource } from './template-source.ts';

type Options = Pick<
  NonNullable<Parameters<typeof verify>[0]>,
  'parameters' | 'surroundings' | 'acceptances'
>;

export async function verifySource(source: TemplateSource, options: Options): Promise<ReportInput> {
  const { subject, templates, toolFindings } = source;
  const verification = await verify({
    ...options,
    templates,
    surroundings: { ...source.surroundings, ...options.surroundings },
  });
  return { subject, verification, toolFindings };
}
