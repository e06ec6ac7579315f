import type { Person } from './studio.ts';

const name = 'somebody-else';

export interface SomebodyElse {
  readonly profileArn: string;
  readonly profileName: string;
  readonly spaceArn: string;
  readonly appArn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A person of the same domain who shares nothing with this one: another name, another team. */
export function somebodyElseThan({ profileArn, domainId, tags, commonTags }: Person): SomebodyElse {
  const [prefix = ''] = profileArn.split(':user-profile/');
  return {
    profileName: name,
    profileArn: `${prefix}:user-profile/${domainId}/${name}`,
    spaceArn: `${prefix}:space/${domainId}/${name}`,
    appArn: `${prefix}:app/${domainId}/${name}/JupyterLab/default`,
    tags: Object.fromEntries(
      Object.entries(tags).map(([key, value]) => [key, commonTags[key] === value ? value : name]),
    ),
  };
}

export interface OwnThings {
  readonly spaceArn: string;
  readonly appArn: string;
}

/** The app that a person starts for themselves. */
export function ownThings({ profile, profileArn, domainId }: Person): OwnThings {
  const [prefix = ''] = profileArn.split(':user-profile/');
  const own = profile.reference;
  return {
    spaceArn: `${prefix}:space/${domainId}/${own}`,
    appArn: `${prefix}:app/${domainId}/${own}/JupyterLab/default`,
  };
}
