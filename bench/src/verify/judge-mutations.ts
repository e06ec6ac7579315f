import { join } from 'node:path';
import { verify } from '@strongroom/template-verifier';
import type { Mutation } from './mutation.ts';
import { askPublicTools, type ToolName, toolNames } from './public-tools.ts';
import { TemplateSet, type WrittenTemplate } from './template-set.ts';

export interface JudgedMutation {
  readonly mutation: Mutation;
  /** The question that it breaks is broken. */
  readonly isCaught: boolean;
  /** By tool: something is found that is not found in the templates in order. */
  readonly others: Readonly<Record<ToolName, boolean>>;
}

type Templates = Readonly<Record<string, WrittenTemplate>>;

const surroundings = { accountId: '111122223333', region: 'ap-northeast-2' };

/** Each mistake alone, in fresh copies of the templates. */
export async function judgeMutations(
  templates: Templates,
  mutations: readonly Mutation[],
  { folder, tell }: { readonly folder: string; readonly tell: (text: string) => void },
): Promise<readonly JudgedMutation[]> {
  const brokenBefore = await brokenQuestions(templates);
  const baseline = await askPublicTools(join(folder, 'baseline'), templates);
  const judged: JudgedMutation[] = [];
  for (const mutation of mutations) {
    tell(mutation.id);
    const set = new TemplateSet(templates);
    mutation.apply(set);
    const found = await askPublicTools(join(folder, mutation.id), set.templates);
    const isNew = (tool: ToolName) => [...found[tool]].some((text) => !baseline[tool].has(text));
    const broken = await brokenQuestions(set.templates);
    judged.push({
      mutation,
      isCaught: broken.has(mutation.breaks) && !brokenBefore.has(mutation.breaks),
      others: Object.fromEntries(toolNames.map((tool) => [tool, isNew(tool)])) as Record<
        ToolName,
        boolean
      >,
    });
  }
  return judged;
}

export async function brokenQuestions(templates: Templates): Promise<ReadonlySet<string>> {
  const { answers } = await verify({ templates, surroundings });
  return new Set(
    answers.filter(({ verdict }) => verdict === 'broken').map(({ question }) => question.id),
  );
}
