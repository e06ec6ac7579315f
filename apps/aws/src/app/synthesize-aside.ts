import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Domain } from '@strongroom/domain';
import { readTemplates } from '../upgrades/read-templates.ts';
import type { StackTemplate } from '../upgrades/template.ts';
import { synthesize } from './synthesize.ts';

/** The templates as they would be, leaving nothing behind. */
export async function synthesizeAside(domain: Domain): Promise<StackTemplate[]> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-aws-'));
  try {
    await synthesize(domain, { folder, withRules: false });
    return await readTemplates(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
