import type { CloudFormationClient, StackSummary } from '@aws-sdk/client-cloudformation';
import { GetTemplateCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { askAws } from '../aws/ask-aws.ts';
import { parseTemplate, type StackTemplate } from './template.ts';

/** What `strongroom aws` asks of CloudFormation. */
export type CloudFormation = Pick<CloudFormationClient, 'send'>;

/**
 * What is deployed of a domain. Every stack that has its name counts, so that people of a stack that the
 * domain file has no more are seen to go.
 */
export async function deployedTemplates(
  client: CloudFormation,
  foundationName: string,
): Promise<StackTemplate[]> {
  const names = (await stackNames(client)).filter(
    (name) => name === foundationName || name.startsWith(`${foundationName}-people-`),
  );
  return Promise.all(
    names.map(async (StackName) => {
      const { TemplateBody } = await askAws(`read the template of "${StackName}"`, () =>
        client.send(new GetTemplateCommand({ StackName, TemplateStage: 'Original' })),
      );
      return parseTemplate(StackName, JSON.parse(TemplateBody ?? '{}'));
    }),
  );
}

async function stackNames(client: CloudFormation): Promise<string[]> {
  const found: StackSummary[] = [];
  let NextToken: string | undefined;
  do {
    const page = await askAws('list the stacks of the account', () =>
      client.send(new ListStacksCommand(NextToken === undefined ? {} : { NextToken })),
    );
    found.push(...(page.StackSummaries ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found
    .filter(
      ({ StackStatus }) =>
        StackStatus !== 'DELETE_COMPLETE' && StackStatus !== 'REVIEW_IN_PROGRESS',
    )
    .flatMap(({ StackName }) => (StackName === undefined ? [] : [StackName]));
}
