import {
  type ShareCommentRequest,
  type ShareCopy,
  type ShareDetails,
  type ShareId,
  type ShareListName,
  type ShareRequest,
  shareChoicesSchema,
  shareCommentListSchema,
  shareCommentSchema,
  shareCopySchema,
  shareDetailsSchema,
  shareListSchema,
  shareViewListSchema,
} from '@strongroom/contracts';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from './queries.ts';
import { ApiError, request, requestNothing, requestText } from './request.ts';

/** An open page learns of a revocation within this time; while it is hidden, when it is looked at again. */
const watchMilliseconds = 2500;
const listMilliseconds = 10_000;

const sharePath = (shareId: string, what = '') =>
  `/api/shares/${encodeURIComponent(shareId)}${what}`;

export const useShares = (list: ShareListName) =>
  useQuery({
    queryKey: ['shares', 'list', list],
    queryFn: () => request(shareListSchema, `/api/shares?list=${list}`),
    refetchInterval: listMilliseconds,
  });

/** Where notebooks are shared from buckets: with whom, and for how long at most. */
export const useShareChoices = () =>
  useQuery({
    queryKey: ['share-choices'],
    queryFn: () => request(shareChoicesSchema, '/api/share-choices'),
  });

/** `path` names an object: `s3://<bucket>/<key>`. */
export async function shareObject(
  body: Omit<ShareRequest, 'audience'> & {
    readonly audience: Record<'teams' | 'people', readonly string[]> & {
      readonly everyone: boolean;
    };
  },
): Promise<ShareDetails> {
  const made = await request(shareDetailsSchema, '/api/shares', { method: 'POST', body });
  await queryClient.invalidateQueries({ queryKey: ['shares'] });
  return made;
}

/** Asked again and again: it is what tells an open page that its right has ended. */
export const useShare = (shareId: string) =>
  useQuery({
    queryKey: ['shares', 'details', shareId],
    queryFn: () => request(shareDetailsSchema, sharePath(shareId)),
    refetchInterval: ({ state: { error } }) => (isFinal(error) ? false : watchMilliseconds),
    refetchOnWindowFocus: ({ state: { error } }) => !isFinal(error),
  });

/** Refused rather than not reached: asking again would only be refused again. */
export function isFinal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code !== 'Unreachable' && error.code !== 'Internal';
}

/** A version never changes; it is forgotten as soon as no page shows it. */
export const useSharedNotebook = (shareId: string, version: number | undefined) =>
  useQuery({
    queryKey: ['shared-notebook', shareId, version],
    queryFn: ({ signal }) =>
      requestText(sharePath(shareId, `/versions/${version}/notebook`), signal),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** A notebook of the caller's own home, as text. `path`: `''` for none. */
export const useOwnNotebook = (profileName: string, path: string) =>
  useQuery({
    queryKey: ['own-notebook', profileName, path],
    queryFn: ({ signal }) =>
      requestText(
        `/api/profiles/${profileName}/files/content?path=${encodeURIComponent(path)}`,
        signal,
      ),
    enabled: path !== '',
    gcTime: 0,
  });

export const useShareViews = (shareId: string) =>
  useQuery({
    queryKey: ['shares', 'views', shareId],
    queryFn: () => request(shareViewListSchema, sharePath(shareId, '/views')),
  });

export const useShareComments = (shareId: string, isAllowed: boolean) =>
  useQuery({
    queryKey: ['shares', 'comments', shareId],
    queryFn: () => request(shareCommentListSchema, sharePath(shareId, '/comments')),
    enabled: isAllowed,
    refetchInterval: ({ state: { error } }) => (isFinal(error) ? false : watchMilliseconds),
  });

export function extendShare(shareId: ShareId, expiresAt: string): Promise<void> {
  return change(shareId, '/extend', { expiresAt });
}

export function revokeShare(shareId: ShareId): Promise<void> {
  return change(shareId, '/revoke');
}

async function change(shareId: ShareId, what: string, body?: unknown): Promise<void> {
  const options = { method: 'POST' as const, ...(body === undefined ? {} : { body }) };
  const details = await request(shareDetailsSchema, sharePath(shareId, what), options);
  queryClient.setQueryData<ShareDetails>(['shares', 'details', shareId], details);
  await queryClient.invalidateQueries({ queryKey: ['shares', 'list'] });
}

export function copyShare(shareId: string, version: number): Promise<ShareCopy> {
  const body = { version };
  return request(shareCopySchema, sharePath(shareId, '/copies'), { method: 'POST', body });
}

export async function addComment(shareId: string, body: ShareCommentRequest): Promise<void> {
  await request(shareCommentSchema, sharePath(shareId, '/comments'), { method: 'POST', body });
  await readComments(shareId);
}

export async function changeComment(
  shareId: string,
  commentId: string,
  act: 'resolve' | 'reopen' | 'delete',
): Promise<void> {
  const path = sharePath(shareId, `/comments/${commentId}`);
  if (act === 'delete') await requestNothing(path, { method: 'DELETE' });
  else await requestNothing(`${path}/${act}`, { method: 'POST' });
  await readComments(shareId);
}

async function readComments(shareId: string): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['shares', 'comments', shareId] });
}
