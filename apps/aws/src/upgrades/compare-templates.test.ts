import { describe, expect, it } from 'vitest';
import { compareTemplates, isRefused } from './compare-templates.ts';
import { parseTemplate } from './template.ts';

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>;
const stack = (resources: Resources, name = 'strongroom-research') =>
  parseTemplate(name, { Resources: resources });
const domain = (change: Record<string, unknown> = {}) => ({
  Type: 'AWS::SageMaker::Domain',
  Properties: { DomainName: 'research', AuthMode: 'IAM', KmsKeyId: 'key', ...change },
});
const profile = { Type: 'AWS::SageMaker::UserProfile', Properties: { UserProfileName: 'alice' } };

describe('an upgrade', () => {
  it.each(['DomainName', 'AuthMode', 'KmsKeyId', 'VpcId'])(
    'is refused where it would replace the domain for its %s',
    (property) => {
      const [change] = compareTemplates(
        [stack({ Domain: domain() })],
        [stack({ Domain: domain({ [property]: 'other' }) })],
      );
      expect(change?.refusal?.code).toBe('ReplacesWhatIsKept');
      expect(change?.refusal?.reason).toContain(property);
    },
  );

  it('may change what AWS changes in place', () => {
    const changes = compareTemplates(
      [stack({ Domain: domain() })],
      [stack({ Domain: domain({ DefaultUserSettings: {} }) })],
    );
    expect(changes.map(({ kind, properties }) => [kind, properties])).toEqual([
      ['changed', ['DefaultUserSettings']],
    ]);
    expect(isRefused(changes)).toBe(false);
  });

  it('is refused where a person would move from one stack to another', () => {
    const changes = compareTemplates(
      [stack({ Alice: profile }, 'strongroom-research-people-1')],
      [stack({ Alice: profile }, 'strongroom-research-people-2')],
    );
    expect(changes.map(({ kind, refusal }) => [kind, refusal?.code])).toEqual([
      ['added', undefined],
      ['removed', 'MovesWhatIsKept'],
    ]);
  });

  it('is refused where a bucket would be made anew under another logical id', () => {
    const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } };
    const changes = compareTemplates([stack({ Old: bucket })], [stack({ New: bucket })]);
    expect(changes.find(({ kind }) => kind === 'removed')?.refusal?.code).toBe('MovesWhatIsKept');
  });

  it('removes a person who is in the domain file no more, and never the domain itself', () => {
    const before = stack({ Domain: domain(), Alice: profile });
    const withoutAlice = compareTemplates([before], [stack({ Domain: domain() })]);
    expect(withoutAlice.map(({ kind, refusal }) => [kind, refusal])).toEqual([
      ['removed', undefined],
    ]);
    const withoutDomain = compareTemplates([before], [stack({ Alice: profile })]);
    expect(withoutDomain[0]?.refusal?.code).toBe('RemovesTheDomain');
  });

  it('sees nothing where nothing changes', () => {
    const same = () => stack({ Domain: domain(), Alice: profile });
    expect(compareTemplates([same()], [same()])).toEqual([]);
  });
});
