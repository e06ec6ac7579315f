import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Surroundings, ToolFinding } from '@strongroom/template-verifier';
import { z } from 'zod';
import { withoutReason } from '../app/acknowledgements.ts';
import { readFindings } from '../app/read-findings.ts';
import { readJson } from './read-json.ts';
import { type TemplateSource, TemplateSourceError } from './template-source.ts';

/** The CDK's list of what it made, as far as it is used. */
const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), environment: z.string().optional() }),
  ),
});

/** What `synth` wrote: the templates, nested ones too, and what the other tools said to them. */
export async function readFolder(folder: string): Promise<TemplateSource> {
  const manifest = await readJson(join(folder, 'manifest.json'));
  if (manifest === undefined) {
    throw new TemplateSourceError(
      'nothing-synthesized',
      folder,
      'nothing was synthesised there; run "strongroom aws synth" first',
    );
  }
  const files = (await readdir(folder)).filter((file) => file.endsWith('.template.json')).sort();
  const templates = await Promise.all(
    files.map(async (file) => [file, await readJson(join(folder, file))] as const),
  );
  return {
    subject: folder,
    templates: Object.fromEntries(templates),
    surroundings: surroundingsIn(manifestSchema.parse(manifest)),
    toolFindings: await findingsIn(folder),
  };
}

/** `aws://123456789012/ap-northeast-2`, unless a stack is bound to no account. */
function surroundingsIn({ artifacts }: z.infer<typeof manifestSchema>): Partial<Surroundings> {
  for (const { type, environment } of Object.values(artifacts)) {
    const place = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(environment ?? '');
    const [, accountId, region] = place ?? [];
    if (type !== 'aws:cloudformation:stack' || !accountId || !region) continue;
    return { accountId, region };
  }
  return {};
}

async function findingsIn(folder: string): Promise<readonly ToolFinding[]> {
  const report = await readJson(join(folder, 'validation-report.json'));
  if (report === undefined) return [];
  return readFindings(report)
    .flatMap((finding) => withoutReason(finding) ?? [])
    .flatMap(({ source, rule, severity, description, constructPaths }) =>
      constructPaths.map((place) => ({
        ...{ tool: source, rule, place, message: description },
        severity: severity === 'error' ? ('error' as const) : ('warning' as const),
      })),
    );
}
