import { approvedJobsStart } from './access/approved-jobs-start.ts';
import { approvedSizeStarts } from './access/approved-size-starts.ts';
import { denialsOutlastWiderPolicies } from './access/denials-outlast-wider-policies.ts';
import { executionRolesAssumable } from './access/execution-roles-assumable.ts';
import { executionRolesBounded } from './access/execution-roles-bounded.ts';
import { executionRolesForOwnAccount } from './access/execution-roles-for-own-account.ts';
import { executionRolesForSagemakerOnly } from './access/execution-roles-for-sagemaker-only.ts';
import { imagesCapped } from './access/images-capped.ts';
import { instanceTypeCap } from './access/instance-type-cap.ts';
import { jobsActAsOneself } from './access/jobs-act-as-oneself.ts';
import { jobsInNetwork } from './access/jobs-in-network.ts';
import { jobsUnderKey } from './access/jobs-under-key.ts';
import { notebooksGainNoRights } from './access/notebooks-gain-no-rights.ts';
import { ownSpaceOnly } from './access/own-space-only.ts';
import { ownStudioOnly } from './access/own-studio-only.ts';
import { ownStudioOpens } from './access/own-studio-opens.ts';
import { profileTagsLocked } from './access/profile-tags-locked.ts';
import { rolesClosedToStrangers } from './access/roles-closed-to-strangers.ts';
import { studioOpensThroughEndpointOnly } from './access/studio-opens-through-endpoint-only.ts';
import type { Question } from './question.ts';

export const accessQuestions: readonly Question[] = [
  denialsOutlastWiderPolicies,
  approvedJobsStart,
  approvedSizeStarts,
  executionRolesAssumable,
  executionRolesBounded,
  executionRolesForOwnAccount,
  executionRolesForSagemakerOnly,
  imagesCapped,
  instanceTypeCap,
  jobsActAsOneself,
  jobsInNetwork,
  jobsUnderKey,
  notebooksGainNoRights,
  ownSpaceOnly,
  ownStudioOnly,
  ownStudioOpens,
  profileTagsLocked,
  rolesClosedToStrangers,
  studioOpensThroughEndpointOnly,
];
