import { type RuntimeKind, spaceSchema, spacesSchema } from '@strongroom/contracts';
import { useQuery } from '@tanstack/react-query';
import { queryClient, useSession } from './queries.ts';
import { request, requestNothing } from './request.ts';

const refreshMilliseconds = 5_000;

/** What runs the studios of this domain. */
export function useRuntime(): RuntimeKind {
  return useSession().data?.domain.runtime ?? 'local';
}

const spacesPath = (profileName: string, spaceName?: string) =>
  `/api/profiles/${profileName}/spaces${spaceName === undefined ? '' : `/${spaceName}`}`;

export const useSpaces = (profileName: string) =>
  useQuery({
    queryKey: ['spaces', profileName],
    queryFn: () => request(spacesSchema, spacesPath(profileName)),
    refetchInterval: refreshMilliseconds,
  });

const refresh = () => queryClient.invalidateQueries({ queryKey: ['spaces'] });

export async function createSpace(profileName: string, instanceType: string): Promise<void> {
  const body = { instanceType };
  await request(spaceSchema, spacesPath(profileName), { method: 'POST', body });
  await refresh();
}

interface SpaceName {
  readonly profileName: string;
  readonly spaceName: string;
}

export async function changeSpace(space: SpaceName, instanceType: string): Promise<void> {
  const path = spacesPath(space.profileName, space.spaceName);
  await requestNothing(path, { method: 'PATCH', body: { instanceType } });
  await refresh();
}

export async function deleteSpace({ profileName, spaceName }: SpaceName): Promise<void> {
  await requestNothing(spacesPath(profileName, spaceName), { method: 'DELETE' });
  await refresh();
}

export async function stopSpace({ profileName }: SpaceName, appId: string): Promise<void> {
  await requestNothing(`/api/profiles/${profileName}/apps/${appId}`, { method: 'DELETE' });
  await refresh();
}
