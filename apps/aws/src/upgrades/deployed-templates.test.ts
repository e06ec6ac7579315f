import { describe, expect, it } from 'vitest';
import { type CloudFormation, deployedTemplates } from './deployed-templates.ts';

type Command = { constructor: { name: string }; input: { StackName?: string; NextToken?: string } };

/** A fake of CloudFormation, at the level of SDK commands: two pages of stacks, and their templates. */
const cloudFormation = {
  send: async ({ constructor: { name }, input }: Command) => {
    if (name === 'GetTemplateCommand') {
      return {
        TemplateBody: JSON.stringify({ Resources: { Thing: { Type: `T::${input.StackName}` } } }),
      };
    }
    const stack = (StackName: string, StackStatus = 'CREATE_COMPLETE') => ({
      StackName,
      StackStatus,
    });
    return input.NextToken === undefined
      ? { StackSummaries: [stack('strongroom-research'), stack('other')], NextToken: '2' }
      : {
          StackSummaries: [
            stack('strongroom-research-people-9'),
            stack('strongroom-research-people-1', 'DELETE_COMPLETE'),
            stack('strongroom-research-2'),
          ],
        };
  },
} as unknown as CloudFormation;

describe('what is deployed of a domain', () => {
  it('is every stack of its name that there is, also one that the domain file has no more', async () => {
    const found = await deployedTemplates(cloudFormation, 'strongroom-research');
    expect(found.map(({ stackName }) => stackName)).toEqual([
      'strongroom-research',
      'strongroom-research-people-9',
    ]);
    expect(found[1]?.resources.get('Thing')?.type).toBe('T::strongroom-research-people-9');
  });

  it('is not known where AWS refuses to tell', async () => {
    const refusing = {
      send: async () => {
        throw Object.assign(new Error('no'), { name: 'AccessDenied' });
      },
    } as unknown as CloudFormation;
    await expect(deployedTemplates(refusing, 'strongroom-research')).rejects.toMatchObject({
      code: 'NotAllowed',
    });
  });
});
