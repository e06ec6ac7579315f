import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import {
  checkDocument,
  type Domain,
  describeFinding,
  type RenderedPolicy,
} from '@strongroom/domain';
import { parseDocument } from '@strongroom/policy';

class OwnPolicyError extends Error {
  override readonly name = 'OwnPolicyError';
  readonly code = 'PolicyUnusable';
}

/**
 * The administrators' own documents, as the domain file names them.
 *
 * @throws {OwnPolicyError} naming the file and what is wrong in it
 */
export function readOwnPolicies({ policies }: Domain): Promise<RenderedPolicy[]> {
  return Promise.all(policies.map(readOwnPolicy));
}

async function readOwnPolicy({
  document: file,
  path,
  attachTo,
}: Domain['policies'][number]): Promise<RenderedPolicy> {
  try {
    const document = parseDocument(await readFile(path, 'utf8'));
    const findings = await checkDocument(document, 'identity');
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(errors.map(describeFinding).join('; '));
    return {
      ...{ name: basename(file, '.json'), kind: 'identity', document, file },
      purpose: { english: `The document ${file}.`, korean: `문서 ${file}입니다.` },
      bindings: [attachTo],
    };
  } catch (error) {
    const message = `Cannot use the policy "${file}": ${(error as Error).message}`;
    throw new OwnPolicyError(message, { cause: error });
  }
}
