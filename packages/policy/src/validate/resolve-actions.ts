import { compileGlob } from '../patterns/glob.ts';
import { fixedPattern, parseTemplate } from '../patterns/template.ts';
import type { ActionVocabulary, ServiceVocabulary, Vocabulary } from '../vocabulary/vocabulary.ts';
import { type JsonObject, textsOf } from './json-values.ts';

/** One entry of `Action` or `NotAction`, and the real actions that it names. */
export interface ResolvedAction {
  readonly path: string;
  readonly text: string;
  readonly negated: boolean;
  readonly outcome: ActionOutcome;
}

export type ActionOutcome =
  /** `*`, or a wildcard for the service. */
  | { readonly kind: 'every' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'unknown-service'; readonly prefix: string }
  /** The service exists; its vocabulary was not asked for. */
  | { readonly kind: 'unchecked'; readonly prefix: string }
  | {
      readonly kind: 'resolved';
      readonly service: ServiceVocabulary;
      readonly name: string;
      readonly actions: readonly ActionVocabulary[];
    };

export function resolveActions(
  elements: JsonObject,
  path: string,
  vocabulary: Vocabulary,
): readonly ResolvedAction[] {
  const seen = new Map<string, ActionOutcome>();
  return ['Action', 'NotAction'].flatMap((element) =>
    textsOf(elements, element, path).map(({ path: entryPath, text }) => {
      const outcome = seen.get(text) ?? resolveAction(text, vocabulary);
      seen.set(text, outcome);
      return { path: entryPath, text, negated: element === 'NotAction', outcome };
    }),
  );
}

const actionPattern = /^([^:]*):([^:]+)$/;
const prefixPattern = /^[a-z0-9-]+$/i;

function resolveAction(text: string, vocabulary: Vocabulary): ActionOutcome {
  if (text === '*') return { kind: 'every' };
  const [, written = '', name = ''] = actionPattern.exec(text) ?? [];
  if (name === '') return { kind: 'malformed' };
  // IAM has no wildcards in the service, except for all of them.
  if (written === '*' && name === '*') return { kind: 'every' };
  if (!prefixPattern.test(written)) return { kind: 'malformed' };

  const prefix = written.toLowerCase();
  if (!vocabulary.serviceNames.has(prefix)) return { kind: 'unknown-service', prefix };
  const service = vocabulary.services.get(prefix);
  if (service === undefined) return { kind: 'unchecked', prefix };
  return { kind: 'resolved', service, name, actions: findActions(service, name) };
}

function findActions(service: ServiceVocabulary, name: string): readonly ActionVocabulary[] {
  const folded = name.toLowerCase();
  const exact = service.actions.get(folded);
  if (exact !== undefined) return [exact];
  if (folded === '*') return [...service.actions.values()];
  const pattern = fixedPattern(parseTemplate(folded, { variables: false, wildcards: true }) ?? []);
  const matches = compileGlob(pattern ?? []);
  return [...service.actions].filter(([key]) => matches(key)).map(([, action]) => action);
}
