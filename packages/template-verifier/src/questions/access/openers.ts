import { type Caller, callersIn, resourceTags } from '../../graph/callers.ts';
import type { Model } from '../../graph/model.ts';
import { type Asked, ask } from '../../policies/ask.ts';

export interface Opener {
  readonly caller: Caller;
  /** The caller's context without where they come from. */
  readonly bare: Readonly<Record<string, string>>;
}

const places = ['aws:SourceVpce', 'aws:SourceVpc', 'aws:VpcSourceIp'];

/** Identities that some statement, whatever its conditions, lets open studios. */
export function openersIn(model: Model): readonly Opener[] {
  return callersIn(model)
    .filter((caller) => mayOpen(model, caller))
    .map((caller) => ({
      caller,
      bare: Object.fromEntries(
        Object.entries(caller.context).filter(([key]) => !places.includes(key)),
      ),
    }));
}

export function ownProfile(caller: Caller, context: Readonly<Record<string, string>>): Asked {
  return {
    ...{ identity: caller.identity, action: 'sagemaker:CreatePresignedDomainUrl' },
    resourceArn: caller.person.profileArn,
    context: { ...context, ...resourceTags('sagemaker', caller.person.tags) },
  };
}

/** Allowed now, or but for a condition that this request does not meet. */
function mayOpen(model: Model, caller: Caller): boolean {
  const { decision, effect } = ask(
    model.resources.surroundings,
    ownProfile(caller, caller.context),
  );
  if (effect !== 'refused') return true;
  const statements = [...decision.statements, ...decision.nearMisses];
  return statements.some(({ kind, effect: says }) => kind === 'identity' && says === 'Allow');
}
