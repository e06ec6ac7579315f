import {
  accessesSchema,
  accessMatrixSchema,
  appsSchema,
  auditCountsSchema,
  auditPageSchema,
  bucketDetailsSchema,
  bucketListSchema,
  controlReportsSchema,
  domainPoliciesSchema,
  domainSchema,
  egressSchema,
  fileListSchema,
  flowSummarySchema,
  flowsSchema,
  folderPageSchema,
  keyOverviewListSchema,
  logSizesSchema,
  type Session,
  sessionSchema,
} from '@strongroom/contracts';
import { QueryCache, QueryClient, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { removeEarlyFrame } from '../notebooks/early-frame.ts';
import { forgetEarlyAnswers } from '../start/early-answers.ts';
import { objectsPath } from './objects.ts';
import { ApiError, request, setCsrfToken } from './request.ts';

const refreshMilliseconds = 4000;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      retry: (failures, error) =>
        error instanceof ApiError && error.code === 'Unreachable' && failures < 2,
    },
  },
});

export async function readSession(): Promise<Session> {
  const session = await request(sessionSchema, '/api/session');
  keepSession(session);
  return session;
}

/** A session that ran out or was ended elsewhere: the page to sign in on takes the place of this one. */
export function noticeSignedOut(error: unknown): void {
  if (error instanceof ApiError && error.code === 'NotSignedIn') void readSession().catch(() => {});
}

/** After a sign-in, a change of password and a sign-out: everything shown belonged to the session before. */
export function keepSession(session: Session): void {
  setCsrfToken(session.signedIn ? session.csrfToken : '');
  const before = queryClient.getQueryData<Session>(['session']);
  if (nameIn(before) !== nameIn(session)) {
    queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
    if (before !== undefined) {
      forgetEarlyAnswers();
      removeEarlyFrame();
    }
  }
  queryClient.setQueryData(['session'], session);
}

function nameIn(session: Session | undefined): string | undefined {
  return session?.signedIn ? session.person.profileName : undefined;
}

export const useSession = () => useQuery({ queryKey: ['session'], queryFn: readSession });

export const useDomain = () =>
  useQuery({
    queryKey: ['domain'],
    queryFn: () => request(domainSchema, '/api/domain'),
    refetchInterval: refreshMilliseconds,
  });

export const useApps = () =>
  useQuery({
    queryKey: ['apps'],
    queryFn: () => request(appsSchema, '/api/apps'),
    refetchInterval: refreshMilliseconds,
  });

export const useControls = () =>
  useQuery({
    queryKey: ['controls'],
    queryFn: () => request(controlReportsSchema, '/api/controls'),
  });

export const useEgress = () =>
  useQuery({
    queryKey: ['egress'],
    queryFn: () => request(egressSchema, '/api/egress'),
    refetchInterval: refreshMilliseconds,
  });

export const usePolicies = () =>
  useQuery({
    queryKey: ['policies'],
    queryFn: () => request(domainPoliciesSchema, '/api/policies'),
  });

export const useAccessMatrix = (resource: string) =>
  useQuery({
    queryKey: ['matrix', resource],
    queryFn: () => request(accessMatrixSchema, `/api/policies/matrix?resource=${resource}`),
    enabled: resource !== '',
  });

type Filter = Readonly<Record<string, string>>;

/** Each page is read on from where the one before it ended. */
const pagePath = (path: string, filter: Filter, cursor: string) =>
  `${path}?${new URLSearchParams({ ...filter, ...(cursor === '' ? {} : { cursor }) })}`;

export const useFlows = (filter: Filter) =>
  useInfiniteQuery({
    queryKey: ['flows', filter],
    queryFn: ({ pageParam }) => request(flowsSchema, pagePath('/api/flows', filter, pageParam)),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
  });

export const useAccesses = (profileName: string) =>
  useInfiniteQuery({
    queryKey: ['accesses', profileName],
    queryFn: ({ pageParam }) =>
      request(accessesSchema, pagePath(`/api/profiles/${profileName}/accesses`, {}, pageParam)),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
  });

export const useAuditCounts = (filter: Filter) =>
  useQuery({
    queryKey: ['audit', 'counts', filter],
    queryFn: () => request(auditCountsSchema, pagePath('/api/audit/counts', filter, '')),
  });

export const useLogSizes = () =>
  useQuery({ queryKey: ['logSizes'], queryFn: () => request(logSizesSchema, '/api/logs') });

export const useFlowSummary = (filter: Filter) =>
  useQuery({
    queryKey: ['flows', 'summary', filter],
    queryFn: () => request(flowSummarySchema, pagePath('/api/flows/summary', filter, '')),
  });

export const useAudit = (filter: Filter) =>
  useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => request(auditPageSchema, pagePath('/api/audit', filter, pageParam)),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
  });

export const useFiles = (profileName: string, path: string) =>
  useQuery({
    queryKey: ['files', profileName, path],
    queryFn: () =>
      request(
        fileListSchema,
        `/api/profiles/${profileName}/files?path=${encodeURIComponent(path)}`,
      ),
  });

export const useBuckets = () =>
  useQuery({ queryKey: ['buckets'], queryFn: () => request(bucketListSchema, '/api/buckets') });

export const useBucket = (bucket: string) =>
  useQuery({
    queryKey: ['buckets', bucket],
    queryFn: () => request(bucketDetailsSchema, `/api/buckets/${encodeURIComponent(bucket)}`),
  });

interface FolderQuestion {
  readonly bucket: string;
  readonly prefix: string;
  /** `''`: from the beginning. */
  readonly continuationToken: string;
}

export const useFolder = ({ bucket, prefix, continuationToken }: FolderQuestion) =>
  useQuery({
    queryKey: ['folder', bucket, prefix, continuationToken],
    queryFn: () => {
      const more = continuationToken === '' ? {} : { continuationToken };
      return request(folderPageSchema, objectsPath(bucket, '', { prefix, ...more }));
    },
  });

export const useKeys = () =>
  useQuery({ queryKey: ['keys'], queryFn: () => request(keyOverviewListSchema, '/api/keys') });
