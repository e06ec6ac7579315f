import { describe, expect, it } from 'vitest';
import { defaultDomainFile } from './default-domain-file.ts';
import { DomainFileError } from './domain-file-problem.ts';
import { readDomain } from './read-domain.ts';

const read = (text: string) => readDomain(text, '/srv/strongroom.yaml', 'strongroom.yaml').domain;
const s3 =
  "store: { s3: { region: ap-northeast-2, kmsKey: 'arn:aws:kms:ap-northeast-2:000000000000:key/1' } }";
const onAws = (runtime: string, changed = defaultDomainFile) =>
  `${changed.replace('store: embedded', s3)}\ncompute: { runtime: ${runtime} }\n`;

function problemsOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof DomainFileError) return error.message;
    throw error;
  }
  return '';
}

describe('a domain file whose studios are SageMaker’s', () => {
  it.each([
    ['sagemaker', undefined],
    ['{ sagemaker: {} }', undefined],
    ['{ sagemaker: { domainId: d-abcdefghijkl } }', 'd-abcdefghijkl'],
  ])('names the runtime as %s', (runtime, domainId) => {
    expect(read(onAws(runtime)).compute.runtime).toEqual({ kind: 'sagemaker', domainId });
  });

  it.each(['aws', '{ sagemaker: { domainId: research } }', '{ sagemaker: { region: x } }'])(
    'names no other: %s',
    (runtime) => {
      expect(problemsOf(onAws(runtime))).toContain('compute.runtime');
    },
  );

  it('cannot share studios within a team, nor keep objects on this machine', () => {
    const shared = defaultDomainFile.replace('sharing: owner', 'sharing: team');
    expect(problemsOf(onAws('sagemaker', shared))).toContain('studios.sharing');
    const embedded = `${defaultDomainFile}\ncompute: { runtime: sagemaker }\n`;
    expect(problemsOf(embedded)).toContain('objects.store');
  });

  it('may do both where studios are on this machine', () => {
    expect(problemsOf(defaultDomainFile.replace('sharing: owner', 'sharing: team'))).toBe('');
  });
});
