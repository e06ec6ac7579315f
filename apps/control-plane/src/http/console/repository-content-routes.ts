import {
  type RepositoryCommitDetails,
  StrongroomError,
  type ViewedRepositoryFile,
} from '@strongroom/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Repository } from '../../repositories/repository.ts';
import { attachment } from './attachment-header.ts';
import { requireCaller } from './caller.ts';
import type { ConsoleServices } from './console-services.ts';
import { limitToSize } from './limit-to-size.ts';
import { parse } from './parse-request.ts';
import { recordOf, repositoryOf } from './repository-routes.ts';

type Services = Pick<ConsoleServices, 'audit' | 'people' | 'repositories'>;

const ready = { config: { access: 'ready' } } as const;
const maximumCommits = 100;
const revisionSchema = z.string().min(1).max(256);
const commitIdSchema = z.string().regex(/^[0-9a-f]{40}$/);
const placeSchema = z.object({
  revision: revisionSchema.optional(),
  path: z.string().max(4_096).default(''),
});
const commitsSchema = placeSchema.extend({
  after: commitIdSchema.optional(),
  limit: z.coerce.number().int().min(1).max(maximumCommits).default(50),
});
const versionsSchema = z.object({ commit: commitIdSchema, path: z.string().min(1).max(4_096) });

/** What is in repositories: each look is decided by CodeCommit's action for it. */
export function addRepositoryContentRoutes(
  app: FastifyInstance,
  services: Services,
  viewerOrigin: string,
): void {
  const { browser } = services.repositories;
  const repository = (request: FastifyRequest, action: string) =>
    requireRepository(request, services, `codecommit:${action}`);

  app.get('/api/repositories/:repository/branches', ready, async (request) =>
    browser.branches(await repository(request, 'ListBranches')),
  );

  app.get('/api/repositories/:repository/tree', ready, async (request) => {
    const place = placeOf(request);
    return browser.folder(await repository(request, 'GetFolder'), place);
  });

  app.get('/api/repositories/:repository/file', ready, async (request) => {
    const place = placeOf(request);
    const file = await browser.file(await repository(request, 'GetFile'), place);
    return { ...file, viewerOrigin } satisfies ViewedRepositoryFile;
  });

  app.get('/api/repositories/:repository/raw', ready, async (request, reply) => {
    const place = placeOf(request);
    const found = await repository(request, 'GetFile');
    const { sizeBytes, stream } = await browser.raw(found, place);
    return reply
      .header('content-type', 'application/octet-stream')
      .header('content-length', sizeBytes)
      .header('content-disposition', attachment(place.path.split('/').at(-1) || 'file'))
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "sandbox; default-src 'none'")
      .send(limitToSize(stream, sizeBytes));
  });

  app.get('/api/repositories/:repository/commits', ready, async (request) => {
    const { revision, path, after, limit } = parse(request.query, commitsSchema.strict());
    return browser.commits(await repository(request, 'GetCommit'), {
      ...{ path, limit },
      ...(revision === undefined ? {} : { revision }),
      ...(after === undefined ? {} : { after }),
    });
  });

  app.get(
    '/api/repositories/:repository/commits/:commit',
    ready,
    async (request): Promise<RepositoryCommitDetails> => {
      const { commit } = parse(request.params, z.object({ commit: z.string().max(128) }));
      const found = await repository(request, 'GetDifferences');
      if (!commitIdSchema.safeParse(commit).success) {
        throw new StrongroomError('RevisionNotFound', 'Cannot find this commit: it can be none');
      }
      return browser.commit(found, commit);
    },
  );

  app.get('/api/repositories/:repository/notebook-versions', ready, async (request) => {
    const { commit: commitId, path } = parse(request.query, versionsSchema.strict());
    return browser.notebookVersions(await repository(request, 'GetDifferences'), {
      commitId,
      path,
    });
  });
}

function placeOf(request: FastifyRequest): { readonly revision?: string; readonly path: string } {
  const { revision, path } = parse(request.query, placeSchema.strict());
  return { path, ...(revision === undefined ? {} : { revision }) };
}

/** The same is asked again for as long as the answer goes out: the person may be in another team. */
async function requireRepository(
  request: FastifyRequest,
  services: Services,
  action: string,
): Promise<Repository> {
  const { repositories } = services.repositories;
  const { profileName } = requireCaller(request).person;
  const name = repositoryOf(request);
  const { person } = requireCaller(request);
  const found = await repositories.require(person, name, action, recordOf(request, services));
  request.furtherQuestions.push(async () => {
    const now = await services.people.find(profileName);
    const current = await repositories.find(name).catch(() => undefined);
    if (now === undefined || current?.repositoryId !== found.repositoryId) return false;
    return (await repositories.decide(now, action, current)).allowed;
  });
  return found;
}
