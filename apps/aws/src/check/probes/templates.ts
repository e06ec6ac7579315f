import { isDeepStrictEqual } from 'node:util';
import { GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { each, explainUnknown, failed, type Probe, passed, unknown } from '../probe.ts';

/** The deployed template equals the synthesised one (CloudFormation API Reference, GetTemplate, `Original`). */
export const templates: Probe = {
  name: 'templates',
  question: 'Each stack is deployed from the template that was synthesised, and from no other',
  look: ({ clients, deployment }) =>
    each(
      deployment.stacks,
      ({ stackName }) => stackName,
      async ({ stackName, template }) => {
        const unread = deployment.unread.get(stackName);
        if (unread !== undefined) return unknown(explainUnknown(unread));
        const { TemplateBody } = await clients.cloudFormation.send(
          new GetTemplateCommand({ StackName: stackName, TemplateStage: 'Original' }),
        );
        const deployed = parseJson(TemplateBody);
        if (deployed === undefined) return unknown('The deployed template is no JSON');
        if (isDeepStrictEqual(deployed, template)) return passed('The templates are equal');
        return failed(`They differ: ${differences(deployed, template).join(', ')}`);
      },
    ),
};

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const shownCount = 8;

/** The resources and sections that are not the same. */
function differences(deployed: unknown, synthesised: unknown): string[] {
  const sections = (value: unknown) =>
    Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([section, content]) =>
      section === 'Resources'
        ? Object.entries(content as object).map(([id, resource]) => [id, resource] as const)
        : [[section, content] as const],
    );
  const [here, there] = [new Map(sections(synthesised)), new Map(sections(deployed))];
  const names = [...new Set([...here.keys(), ...there.keys()])].filter(
    (name) => !isDeepStrictEqual(here.get(name), there.get(name)),
  );
  const more = names.length - shownCount;
  return [...names.slice(0, shownCount), ...(more > 0 ? [`and ${more} more`] : [])];
}
