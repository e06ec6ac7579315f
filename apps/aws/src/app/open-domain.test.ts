import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultDomainFile } from '@strongroom/domain';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDomain } from './open-domain.ts';
import { readOwnPolicies } from './own-policies.ts';

function write(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-aws-domain-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe('the domain file', () => {
  it('is read where it is, and refused where it cannot be on AWS', async () => {
    const good = write('strongroom.yaml', defaultDomainFile);
    expect((await openDomain(good)).domain.name).toBe('research');
    const bad = write('strongroom.yaml', defaultDomainFile.replace('ap-northeast-2', 'xx-moon-1'));
    await expect(openDomain(bad)).rejects.toMatchObject({ code: 'DomainFileInvalid' });
  });

  it('must be there where it is asked for', async () => {
    await expect(openDomain('/nowhere/strongroom.yaml')).rejects.toMatchObject({
      code: 'DomainFileUnusable',
    });
  });

  it('brings documents of one’s own, each of which must be right', async () => {
    const policy = (Action: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Sid: 'Freeze', Effect: 'Deny', Action, Resource: '*' },
      });
    const named = (path: string) => ({
      policies: [{ document: './freeze.json', path, attachTo: { kind: 'everyone' as const } }],
    });
    const domain = await openDomain(write('strongroom.yaml', defaultDomainFile));
    const good = named(write('freeze.json', policy('sagemaker:CreateApp')));
    const [read] = await readOwnPolicies({ ...domain, ...good });
    expect([read?.name, read?.file]).toEqual(['freeze', './freeze.json']);
    const misspelt = named(write('freeze.json', policy('sagemaker:CreateAp')));
    await expect(readOwnPolicies({ ...domain, ...misspelt })).rejects.toMatchObject({
      code: 'PolicyUnusable',
    });
    const absent = named('/nowhere/freeze.json');
    await expect(readOwnPolicies({ ...domain, ...absent })).rejects.toMatchObject({
      code: 'PolicyUnusable',
    });
  });
});
