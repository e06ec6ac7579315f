import { expect, it } from 'vitest';
import { createAsksForExistingTags } from './asks-for-existing-tags.ts';
import { PolicyBook } from './policy-book.ts';
import { denying, domainWith } from './testing/authorize-for.ts';
import { testResources } from './testing/test-resources.ts';

const domain = domainWith(() => [])();

function asking(own: ReturnType<typeof denying>[] = []) {
  return createAsksForExistingTags(
    new PolicyBook(
      () => domain,
      () => own,
      testResources,
    ),
  );
}

function policyWith(key: string): string {
  const condition = `{"StringEquals":{"${key}":"secret"}}`;
  return `{"Statement":[{"Effect":"Deny","Action":"s3:GetObject","Resource":"*","Condition":${condition}}]}`;
}

it('is no where no document speaks of them', () => {
  expect(asking()(undefined)).toBe(false);
  expect(asking()(policyWith('s3:prefix'))).toBe(false);
});

it('is yes where the bucket’s policy does, in whatever case and with whatever escapes', () => {
  const asks = asking();
  for (const key of [
    's3:ExistingObjectTag/class',
    'S3:existingobjecttag/class',
    's3:\\u0045xistingObjectTag/class',
  ]) {
    expect(asks(policyWith(key)), key).toBe(true);
    expect(asks(policyWith(key)), key).toBe(true);
  }
});

it('is yes where a document of the administrators’ own does', () => {
  const own = denying({
    Action: 's3:GetObject',
    Condition: { StringEquals: { 's3:ExistingObjectTag/class': 'secret' } },
  });
  expect(asking([own])(undefined)).toBe(true);
});
