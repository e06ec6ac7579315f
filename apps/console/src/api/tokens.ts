import {
  type NewPersonalToken,
  newPersonalTokenSchema,
  type PersonalTokenRequest,
  personalTokenListSchema,
} from '@strongroom/contracts';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from './queries.ts';
import { request, requestNothing } from './request.ts';

export const usePersonalTokens = () =>
  useQuery({
    queryKey: ['personal-tokens'],
    queryFn: () => request(personalTokenListSchema, '/api/personal-tokens'),
  });

/** The answer is the only one that holds the secret: it is kept in no cache. */
export async function createToken(body: PersonalTokenRequest): Promise<NewPersonalToken> {
  const made = await request(newPersonalTokenSchema, '/api/personal-tokens', {
    ...{ method: 'POST', body },
  });
  await readTokens();
  return made;
}

export async function endToken(tokenId: string): Promise<void> {
  const path = `/api/personal-tokens/${encodeURIComponent(tokenId)}`;
  await requestNothing(path, { method: 'DELETE' });
  await readTokens();
}

async function readTokens(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['personal-tokens'] });
}
