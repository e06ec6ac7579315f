import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export interface AssembledStack {
  readonly stackName: string;
  readonly template: Readonly<Record<string, unknown>>;
}

/** What `strongroom aws synth` wrote is not there, or is not whole. */
class AssemblyUnusableError extends Error {
  override readonly name = 'AssemblyUnusableError';
  readonly code = 'AssemblyUnusable';
}

/** The part of a cloud assembly that is of interest (AWS CDK, cloud assembly manifest). */
const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z
        .object({ templateFile: z.string().optional(), stackName: z.string().optional() })
        .optional(),
    }),
  ),
});

/** @throws {AssemblyUnusableError} */
export async function readAssembly(folder: string): Promise<AssembledStack[]> {
  const manifest = manifestSchema.safeParse(await readJson(join(folder, 'manifest.json')));
  if (!manifest.success) throw unusable(folder, 'its manifest.json is not one of the CDK');
  const stacks = Object.entries(manifest.data.artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  if (stacks.length === 0) throw unusable(folder, 'there is no stack in it');
  return Promise.all(
    stacks.map(async ([id, { properties = {} }]) => ({
      stackName: properties.stackName ?? id,
      template: z
        .record(z.string(), z.unknown())
        .parse(await readJson(join(folder, properties.templateFile ?? `${id}.template.json`))),
    })),
  );
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw unusable(path, (error as Error).message, error);
  }
}

function unusable(path: string, state: string, cause?: unknown): AssemblyUnusableError {
  const message = `Cannot read the synthesised templates in "${path}": ${state}; run strongroom aws synth`;
  return new AssemblyUnusableError(message, { cause });
}
