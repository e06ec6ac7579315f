import type { Mutation } from './mutation.ts';
import { accessMutations } from './mutations/access.ts';
import { evidenceMutations } from './mutations/evidence.ts';
import { keyMutations } from './mutations/keys.ts';
import { networkMutations } from './mutations/network.ts';
import { policyMutations } from './mutations/policies.ts';
import { storageMutations } from './mutations/storage.ts';
import { studioMutations } from './mutations/studio.ts';

export const mutations: readonly Mutation[] = [
  ...networkMutations,
  ...keyMutations,
  ...storageMutations,
  ...studioMutations,
  ...accessMutations,
  ...policyMutations,
  ...evidenceMutations,
];
