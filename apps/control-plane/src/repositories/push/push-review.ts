import type { AuditLog } from '../../audit/audit-log.ts';
import type { AuthorizeRepositoryCall } from '../../policies/authorize-repository-call.ts';
import type { StudioLog } from '../../studios/studio-log.ts';
import type { GitProcess } from '../git/git-sandboxes.ts';
import type { GitCaller } from '../http/git-caller.ts';
import type { Repository } from '../repository.ts';
import { judgePush } from './judge-push.ts';
import { linesOf } from './lines-of.ts';
import { messagesOf } from './push-messages.ts';
import {
  type PushSettings,
  type PushVerdict,
  pushReportSchema,
  pushSettingsVariable,
} from './push-messages-schema.ts';

export interface PushReviewOptions {
  readonly caller: GitCaller;
  readonly name: string;
  readonly settings: PushSettings;
  readonly authorize: AuthorizeRepositoryCall;
  readonly audit: Pick<AuditLog, 'repositoryPushed' | 'repositoryPushRefused'>;
  readonly log: StudioLog;
  /** As it is at that moment. @throws {StrongroomError} */
  readonly current: () => Promise<Repository>;
  readonly pushed: (sizes: { sizeBytes: number; packCount: number }) => Promise<void>;
}

const updatePattern = /^update ([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\S{1,1024})$/;
const sizePattern = /^(size|size-pack|packs) (\d{1,15})$/;

/**
 * One push, from the side that decides. The hooks speak on a descriptor of the sandbox: whoever pushed
 * has no program there and cannot write on it, and what counts as pushed is asked for by Git itself,
 * when it holds the lock of each ref (githooks(5), "reference-transaction").
 *
 * INVARIANT: no ref changes before it is in the audit trail.
 */
export class PushReview {
  readonly environment: Readonly<Record<string, string>>;
  readonly #options: PushReviewOptions;
  #isAccepted = false;
  #hasPushed = false;
  #asked: { old: string; new: string; ref: string }[] = [];
  readonly #sizes = new Map<string, number>();

  constructor(options: PushReviewOptions) {
    this.#options = options;
    this.environment = { [pushSettingsVariable]: JSON.stringify(options.settings) };
  }

  /** Answers the hooks until Git has ended. Never rejects. */
  async follow(git: GitProcess): Promise<void> {
    const { channel } = git;
    if (channel === undefined) return;
    const { log, name } = this.#options;
    try {
      for await (const line of linesOf(channel)) {
        const reply = await this.#reply(line);
        if (reply !== undefined) channel.write(`${reply}\n`);
      }
      if (this.#hasPushed) await this.#finish();
    } catch (error) {
      log.error({ repository: name, err: error }, 'A push could not be reviewed');
      git.stop();
      channel.destroy();
    }
  }

  async #reply(line: string): Promise<string | undefined> {
    if (line.startsWith('check ')) return JSON.stringify(await this.#check(line.slice(6)));
    if (line === 'prepared') return (await this.#prepare()) ? 'go' : 'stop';
    const [, old = '', after = '', ref = ''] = updatePattern.exec(line) ?? [];
    // HEAD moves with the branch that it stands for.
    if (ref !== '' && ref !== 'HEAD') this.#asked.push({ old, new: after, ref });
    const [, kind = '', count = ''] = sizePattern.exec(line) ?? [];
    if (kind !== '') this.#sizes.set(kind, Number(count));
    return undefined;
  }

  async #check(text: string): Promise<PushVerdict> {
    const report = pushReportSchema.parse(JSON.parse(text));
    const { caller, name, authorize, audit } = this.#options;
    const repository = await this.#options.current();
    const problems = await judgePush(report, { repository, caller, authorize });
    const warnings = report.findings.filter(({ level }) => level === 'warn');
    const { furtherFindingCount } = report;
    const messages = messagesOf(caller.language, { problems, warnings, furtherFindingCount });
    this.#isAccepted = problems.length === 0;
    if (!this.#isAccepted) {
      await audit.repositoryPushRefused(caller.actor, {
        ...{ target: name, from: caller.from },
        refs: report.updates.slice(0, 100).map(({ ref }) => ref),
        reasons: [...new Set(problems.map(({ code }) => code))],
        rules: [...new Set(report.findings.map(({ rule }) => rule))],
      });
    }
    return { isAccepted: this.#isAccepted, messages };
  }

  /** Git holds the locks, and has seen that the old values are the old values still. */
  async #prepare(): Promise<boolean> {
    const updates = this.#asked;
    this.#asked = [];
    if (!this.#isAccepted) return false;
    const { caller, name, audit } = this.#options;
    for (const { ref, old, new: after } of updates) {
      await audit.repositoryPushed(caller.actor, {
        ...{ target: name, from: caller.from, ref, old, new: after },
      });
    }
    this.#hasPushed ||= updates.length > 0;
    return true;
  }

  async #finish(): Promise<void> {
    const kibibytes = (this.#sizes.get('size') ?? 0) + (this.#sizes.get('size-pack') ?? 0);
    const packCount = this.#sizes.get('packs') ?? 0;
    await this.#options.pushed({ sizeBytes: kibibytes * 1024, packCount });
  }
}
