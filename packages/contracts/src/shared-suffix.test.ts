import { describe, expect, it } from 'vitest';
import { egressNameSchema } from './egress-api.ts';

describe('a star before a name', () => {
  it.each([
    ...['*.com', '*.kr', '*.co.kr', '*.or.kr', '*.go.kr', '*.seoul.kr', '*.co.uk', '*.com.au'],
    ...['*.github.io', '*.amazonaws.com', '*.s3.amazonaws.com', '*.blob.core.windows.net'],
    ...['*.s3.ap-northeast-2.amazonaws.com', '*.s3-website.ap-northeast-2.amazonaws.com'],
    ...['*.execute-api.us-east-1.amazonaws.com', '*.pages.dev', '*.ngrok.io', '*.nip.io'],
  ])('is refused where anybody may have a name: %s', (name) => {
    expect(egressNameSchema.safeParse(name).success).toBe(false);
  });

  it.each([
    ...['*.pypi.org', '*.pythonhosted.org', '*.bank.co.kr', '*.example.github.io', '*.naver.com'],
    ...[
      'github.io',
      'my-bucket.s3.ap-northeast-2.amazonaws.com',
      'files.example.co.kr',
      '*.me.com',
    ],
  ])('and a whole name are taken where one owner has them: %s', (name) => {
    expect(egressNameSchema.safeParse(name).success).toBe(true);
  });
});
