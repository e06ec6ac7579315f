import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { domainImagesSchema } from '@strongroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { denying } from '../../policies/testing/authorize-for.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;

beforeAll(async () => {
  running = await runConsole();
  const icon = join(running.folder, 'icon.svg');
  await writeFile(icon, '<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>');
  await running.domainFile.addImage({
    ...{ imageName: 'secret', displayName: 'Secret', icon },
    rootFileSystem: { folder: '/srv/secret' },
  });
  running.own.policies = [
    {
      ...denying({
        Action: 'sagemaker:CreateApp',
        Condition: {
          'ForAnyValue:StringLike': { 'sagemaker:ImageArns': 'arn:aws:sagemaker:*:*:image/secret' },
        },
      }),
      bindings: [{ kind: 'team', team: 'risk-models' }],
    },
  ];
});
afterAll(() => running.close());

async function namesFor(profileName: string) {
  const browser = await running.browserOf(profileName);
  const { images } = domainImagesSchema.parse((await browser.send('/api/images')).json);
  return images.map(({ imageName, reference }) => [imageName, reference]);
}

describe('the images in the console', () => {
  it('are those that a person may use, without where they come from', async () => {
    expect(await namesFor('alice')).toEqual([
      ...running.domainFile.domain.images
        .filter(({ imageName }) => imageName !== 'secret')
        .map(({ imageName }) => [imageName, null]),
    ]);
    expect((await namesFor('admin')).find(([name]) => name === 'secret')).toEqual([
      ...['secret', '/srv/secret'],
    ]);
  });

  it('have pictures that run nothing, for those alone who may use them', async () => {
    const path = '/api/images/secret/icon';
    expect((await (await running.browserOf('alice')).send(path)).status).toBe(404);
    const answer = await (await running.browserOf('admin')).send(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('image/svg+xml');
    expect(answer.headers['content-security-policy']).toContain('sandbox');
  });

  it.each(['missing', '..%2f..%2fetc', 'a'.repeat(70)])('have none under %s', async (name) => {
    const answer = await (await running.browserOf('admin')).send(`/api/images/${name}/icon`);
    expect([400, 404]).toContain(answer.status);
  });
});
