import type { ActionVocabulary } from '../vocabulary/vocabulary.ts';
import { formsReached } from './arn-patterns.ts';
import { error, type Finding, quote, type Wording, warning } from './finding.ts';
import { textsOf } from './json-values.ts';
import type { ResolvedAction } from './resolve-actions.ts';
import type { StatementReading } from './statement-reading.ts';

/** Does each action find a resource of a type that it acts on? If not, the pair says nothing. */
export function* checkResourceFitsAction(statement: StatementReading): Iterable<Finding> {
  const { elements, path, actions, effect } = statement;
  const resources = textsOf(elements, 'Resource', path).map(({ text }) => text);
  const checked = actions.filter((action) => !action.negated && namedActions(action).length > 0);
  if (elements.NotResource !== undefined || resources.length === 0 || checked.length === 0) return;
  // Malformed ARNs have their own finding; nothing can be said about what they were meant to be.
  if (!resources.every((text) => text.startsWith('arn:'))) return;

  const all = checked.flatMap(namedActions);
  const forms = new Set(all.flatMap(({ resourceArns }) => resourceArns));
  const reached = formsReached(resources, forms);
  const everything = resources.some(namesEverything);
  for (const action of checked) {
    if (namedActions(action).some((named) => fits(named, reached, everything))) continue;
    // What is not denied is open; what is not allowed is only closed.
    const report = effect === 'Deny' ? error : warning;
    yield report('ResourceNotForAction', action.path, wordingFor(action));
  }
}

function fits(
  { resourceArns }: ActionVocabulary,
  reached: ReadonlySet<string>,
  everything: boolean,
): boolean {
  if (resourceArns.length === 0) return everything;
  return resourceArns.some((form) => reached.has(form));
}

/** `arn:aws:s3:::*` also takes actions on no resource in particular, such as listing buckets. */
function namesEverything(resource: string): boolean {
  return resource.split(':').slice(5).join(':') === '*';
}

function namedActions({ outcome }: ResolvedAction): readonly ActionVocabulary[] {
  return outcome.kind === 'resolved' ? outcome.actions : [];
}

function wordingFor(action: ResolvedAction): Wording {
  const form = namedActions(action).flatMap(({ resourceArns }) => resourceArns)[0];
  const needed = form ?? '*';
  return {
    message: `Add a resource such as "${needed}" for ${quote(action.text)}: it acts on none of the statement's resources`,
    korean: `${quote(action.text)} 작업에 맞는 "${needed}" 같은 리소스를 추가하세요. 이 문의 리소스에는 작용하지 않습니다`,
  };
}
