import type { IncomingMessage, ServerResponse } from 'node:http';
import { StrongroomError } from '@strongroom/contracts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { AuthorizeRepositoryCall } from '../../policies/authorize-repository-call.ts';
import { tagsOfRepository } from '../../policies/repository-tags.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import type { PushDesk } from '../push/push-desk.ts';
import type { Repository } from '../repository.ts';
import type { RepositoryRecords } from '../repository-records.ts';
import { CallerCounts } from './caller-counts.ts';
import type { GitCaller } from './git-caller.ts';
import { sendGitError, sendGitRefusal } from './git-refusal.ts';
import { type GitTarget, parseGitTarget } from './git-target.ts';
import { advertise, type GitExchange, receivePack, uploadPack } from './serve-git.ts';

export interface GitServiceOptions {
  readonly records: Pick<RepositoryRecords, 'find'>;
  readonly sandboxes: GitSandboxes;
  readonly authorize: AuthorizeRepositoryCall;
  readonly pushes: PushDesk;
  readonly audit: Pick<AuditLog, 'repositoryPulled' | 'repositoryRefused'>;
  readonly maximumPushBytes: () => number;
  readonly log: StudioLog;
  /** Large files, under `info/lfs/`. */
  readonly serveLfs: (
    exchange: GitExchange & { readonly repository: Repository; readonly path: string },
  ) => Promise<void>;
}

const problems = {
  NotFound: { status: 404, text: 'There is no such address here.' },
  DumbProtocol: { status: 403, text: 'Only the smart HTTP protocol of Git is served here.' },
  MethodNotAllowed: { status: 405, text: 'This method is not allowed here.' },
} as const;

/** Git's smart HTTP protocol for callers who are known: decided, recorded, and done by real Git. */
export class GitService {
  readonly #options: GitServiceOptions;
  readonly #counts = new CallerCounts();

  constructor(options: GitServiceOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    caller: GitCaller,
  ): Promise<void> {
    const target = parseGitTarget(request.method ?? '', request.url ?? '');
    if ('problem' in target) {
      sendGitRefusal(request, response, problems[target.problem]);
      return;
    }
    let leave: () => void = () => undefined;
    try {
      leave = this.#counts.enter(caller.profileName);
      await this.#serve({ request, response, caller }, target);
    } catch (error) {
      this.#refuse({ request, response, caller }, error);
    } finally {
      leave();
    }
  }

  async #serve(exchange: GitExchange, target: GitTarget): Promise<void> {
    const { sandboxes, maximumPushBytes, pushes, audit, serveLfs } = this.#options;
    const { caller } = exchange;
    const repository = await this.#find(target.repository);
    if (target.kind === 'lfs') {
      await serveLfs({ ...exchange, repository, path: target.path });
      return;
    }
    const { service } = target;
    const isPush = service === 'git-receive-pack';
    await this.requireAllowed(
      caller,
      isPush ? 'codecommit:GitPush' : 'codecommit:GitPull',
      repository,
    );
    if (target.kind === 'advertise') {
      await advertise(sandboxes, exchange, repository, service);
    } else if (isPush) {
      const review = pushes.begin(caller, repository);
      const maximumBytes = maximumPushBytes();
      await receivePack(sandboxes, exchange, { repository, review, maximumBytes });
    } else {
      await audit.repositoryPulled(caller.actor, { target: repository.name, from: caller.from });
      await uploadPack(sandboxes, exchange, repository);
    }
  }

  /** @throws {StrongroomError} `AccessDenied` with the rule that decided */
  async requireAllowed(caller: GitCaller, action: string, repository: Repository): Promise<void> {
    const { profileName, from, permission, actor } = caller;
    const { authorize, audit } = this.#options;
    const { name } = repository;
    const tags = tagsOfRepository(repository);
    const isBeyondToken = permission === 'read' && action === 'codecommit:GitPush';
    const decision = isBeyondToken
      ? readOnlyToken
      : await authorize({ profileName, from, action, repository: name, tags });
    if (decision.allowed) return;
    const { rule, sentence, koreanSentence } = decision;
    await audit.repositoryRefused(actor, { target: name, action, rule, from });
    throw new StrongroomError('AccessDenied', sentence, {
      values: { action, rule, sentence, koreanSentence },
    });
  }

  async #find(name: string): Promise<Repository> {
    const repository = await this.#options.records.find(name);
    if (repository !== undefined) return repository;
    const message = `Cannot find the repository "${name}": there is none`;
    throw new StrongroomError('RepositoryNotFound', message, { values: { repository: name } });
  }

  #refuse({ request, response, caller }: GitExchange, error: unknown): void {
    const { log } = this.#options;
    const { language, actor } = caller;
    const { reference } = actor;
    const known =
      error instanceof StrongroomError
        ? error
        : new StrongroomError('Internal', 'Something unexpected went wrong', { cause: error });
    const fields = { reference, profileName: caller.profileName, err: error };
    if (known.code === 'Internal') log.error(fields, 'A Git request failed');
    else log.info({ ...fields, code: known.code }, 'Refused a Git request');
    sendGitError(request, response, known, { language, reference });
  }
}

const readOnlyToken = {
  allowed: false,
  rule: 'personal-token-read-only',
  sentence: 'This token is for reading only.',
  koreanSentence: '이 토큰은 읽기 전용입니다.',
};
