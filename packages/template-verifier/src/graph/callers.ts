import type { Identity } from '../policies/identity.ts';
import type { Model } from './model.ts';
import { onceFor } from './once-for.ts';
import { at } from './resource.ts';
import { type Person, peopleIn } from './studio.ts';
import { throughEndpoint } from './through-endpoint.ts';

/** Somebody acting: an identity in the hands of one person of the domain. */
export interface Caller {
  readonly identity: Identity;
  readonly person: Person;
  /** What every request of theirs carries, when it comes through SageMaker's endpoint. */
  readonly context: Readonly<Record<string, string>>;
}

/** Roles that many people share are asked about for this many of them: they differ in tags alone. */
const peopleAsked = 2;

/** People's roles, each for some of them, and every execution role for its own person. */
export const callersIn = onceFor((model: Model): readonly Caller[] => {
  const people = peopleIn(model.resources);
  return model.identities.flatMap((identity) => {
    if (identity.isExecutionRole) {
      const own = people.filter(({ profile }) => actsAs(identity, profile));
      return (own.length > 0 ? own : people.slice(0, 1)).map((person) =>
        callerOf(model, identity, person, identity.tags),
      );
    }
    if (!identity.isForPeople) return [];
    const own = people.filter(({ tags }) => sharesTags(identity, tags));
    return (own.length > 0 ? own : people)
      .slice(0, peopleAsked)
      .map((person) => callerOf(model, identity, person, { ...person.tags, ...identity.tags }));
  });
});

function callerOf(
  model: Model,
  identity: Identity,
  person: Person,
  tags: Readonly<Record<string, string>>,
): Caller {
  return {
    ...{ identity, person },
    context: {
      ...throughEndpoint(model.resources, 'sagemaker.api'),
      ...prefixed('aws:PrincipalTag/', tags),
      'sagemaker:DomainId': person.domainId,
      'sagemaker:UserProfileName': person.profile.reference,
    },
  };
}

function actsAs({ resource }: Identity, profile: Person['profile']): boolean {
  return resource.arn !== undefined && at(profile, 'UserSettings.ExecutionRole') === resource.arn;
}

/** A role that carries a person's tags is that person's alone. */
function sharesTags({ tags }: Identity, own: Readonly<Record<string, string>>): boolean {
  const shared = Object.entries(own).filter(([key]) => Object.hasOwn(tags, key));
  return shared.length > 0 && shared.every(([key, value]) => tags[key] === value);
}

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));
}

/** The tags of a resource, under both keys that its service gives them. */
export function resourceTags(
  service: string,
  tags: Readonly<Record<string, string>>,
): Record<string, string> {
  return { ...prefixed('aws:ResourceTag/', tags), ...prefixed(`${service}:ResourceTag/`, tags) };
}

/** Whoever makes something chooses its tags; nothing gets further than one's own. */
export function requestTags(
  tags: Readonly<Record<string, string>>,
): Record<string, string | string[]> {
  return { ...prefixed('aws:RequestTag/', tags), 'aws:TagKeys': Object.keys(tags) };
}
