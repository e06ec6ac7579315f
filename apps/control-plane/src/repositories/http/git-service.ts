import type { IncomingMessage, ServerResponse } from 'node:http';
import { StrongroomError } from '@strongroom/contracts';
import { tagsOfRepository } from '@strongroom/domain';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Decision } from '../../policies/access-request.ts';
import type { AuthorizeRepositoryCall } from '../../policies/authorize-repository-call.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { GitSandboxes } from '../git/git-sandboxes.ts';
import { ReadyGit } from '../git/ready-git.ts';
import type { PushDesk } from '../push/push-desk.ts';
import type { Repository } from '../repository.ts';
import type { RepositoryRecords } from '../repository-records.ts';
import { CallerCounts } from './caller-counts.ts';
import type { GitCaller } from './git-caller.ts';
import type { GitExchange } from './git-exchange.ts';
import { sendGitError, sendGitRefusal } from './git-refusal.ts';
import { type GitTarget, parseGitTarget } from './git-target.ts';
import { OpenExchanges } from './open-exchanges.ts';
import { ReadCapabilities } from './read-capabilities.ts';
import { advertise, type ReadingGit, receivePack, uploadPack } from './serve-git.ts';

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
  readonly #open = new OpenExchanges();
  readonly #reading: ReadingGit;

  constructor(options: GitServiceOptions) {
    const { sandboxes } = options;
    this.#options = options;
    this.#reading = {
      ...{ sandboxes, ready: new ReadyGit(sandboxes), capabilities: new ReadCapabilities() },
    };
  }

  /** Decides anew for all that is under way, and cuts what may go on no longer. */
  review(): Promise<void> {
    return this.#open.review();
  }

  async close(): Promise<void> {
    this.#open.close();
    await this.#reading.ready.close();
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
    // What is written after a client has gone must not end the process.
    response.on('error', () => response.destroy());
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
    this.#follow(exchange, target, repository);
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
      await advertise(this.#reading, exchange, repository, service);
    } else if (isPush) {
      const review = pushes.begin(caller, repository);
      const maximumBytes = maximumPushBytes();
      await receivePack(sandboxes, exchange, { repository, review, maximumBytes });
    } else {
      await audit.repositoryPulled(caller.actor, { target: repository.name, from: caller.from });
      await uploadPack(this.#reading, exchange, repository);
    }
  }

  /** @throws {StrongroomError} `AccessDenied` with the rule that decided */
  async requireAllowed(caller: GitCaller, action: string, repository: Repository): Promise<void> {
    const decision = await this.#decide(caller, action, repository);
    if (decision.allowed) return;
    const { rule, sentence, koreanSentence } = decision;
    const { actor, from } = caller;
    const refused = { target: repository.name, action, rule, from };
    await this.#options.audit.repositoryRefused(actor, refused);
    throw new StrongroomError('AccessDenied', sentence, {
      values: { action, rule, sentence, koreanSentence },
    });
  }

  async #decide(caller: GitCaller, action: string, repository: Repository): Promise<Decision> {
    const { profileName, from, permission } = caller;
    if (permission === 'read' && action === 'codecommit:GitPush') return readOnlyToken;
    const tags = tagsOfRepository(repository);
    const { name } = repository;
    return this.#options.authorize({ profileName, from, action, repository: name, tags });
  }

  /** For as long as it goes on, its caller must be allowed it, and the repository be there. */
  #follow({ request, response, caller }: GitExchange, target: GitTarget, began: Repository): void {
    const { records } = this.#options;
    const isWriting =
      target.kind === 'lfs' ? request.method === 'PUT' : target.service === 'git-receive-pack';
    const action = isWriting ? 'codecommit:GitPush' : 'codecommit:GitPull';
    const leave = this.#open.enter({
      isStillAllowed: async () => {
        const repository = await records.find(began.name);
        if (repository?.repositoryId !== began.repositoryId) return false;
        return (await this.#decide(caller, action, repository)).allowed;
      },
      cut: () => void request.socket.destroy(),
    });
    response.once('close', leave);
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
