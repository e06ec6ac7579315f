import type { Question } from './question.ts';
import { dockerOff } from './studio/docker-off.ts';
import { domainKey } from './studio/domain-key.ts';
import { domainVpcOnly } from './studio/domain-vpc-only.ts';
import { executionRolePerPerson } from './studio/execution-role-per-person.ts';
import { idleShutdown } from './studio/idle-shutdown.ts';
import { profilesTagged } from './studio/profiles-tagged.ts';
import { sessionNamesItsPerson } from './studio/session-names-its-person.ts';
import { sharingKey } from './studio/sharing-key.ts';
import { singleSignOnNamesPeople } from './studio/single-sign-on-names-people.ts';
import { spacesPrivate } from './studio/spaces-private.ts';
import { studioGroupsNamed } from './studio/studio-groups-named.ts';

export const studioQuestions: readonly Question[] = [
  dockerOff,
  domainKey,
  domainVpcOnly,
  executionRolePerPerson,
  idleShutdown,
  profilesTagged,
  sessionNamesItsPerson,
  sharingKey,
  singleSignOnNamesPeople,
  spacesPrivate,
  studioGroupsNamed,
];
