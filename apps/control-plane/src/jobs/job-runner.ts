import type { Job, Language } from '@strongroom/contracts';
import type { AuditLog } from '../audit/audit-log.ts';
import { noActor } from '../audit/audit-writer.ts';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import type { Authorize } from '../policies/access-request.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { Studios } from '../studios/studios.ts';
import type { ActiveJob } from './active-job.ts';
import { type AttemptEnd, failed, runAttempt } from './job-attempt.ts';
import { type JobRequestOptions, toRunRequest } from './job-request.ts';
import { inLanguage, jobTexts } from './job-texts.ts';
import { outputPlace } from './output-place.ts';
import { type StoreOutputOptions, storeOutput } from './store-output.ts';

export interface JobRunnerOptions extends JobRequestOptions {
  readonly studios: Pick<Studios, 'runNotebook' | 'readFile'>;
  readonly storage: JobRequestOptions['storage'] & StoreOutputOptions['storage'];
  readonly people: Pick<People, 'find'>;
  readonly authorize: Authorize;
  readonly audit: Pick<AuditLog, 'jobs' | 'accessDenied'>;
  readonly clock: Clock;
  readonly log: StudioLog;
}

interface RunnerOptions extends JobRunnerOptions {
  /** Writes it down. Never rejects. */
  onChange(active: ActiveJob): Promise<void>;
  /** Another may run. */
  onRoom(): void;
}

const retrySeconds = 30;

/** Brings jobs from the queue to their end. */
export class JobRunner {
  readonly #options: RunnerOptions;
  #isClosed = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** From now on nothing of what happens to attempts is their end. */
  close(): void {
    this.#isClosed = true;
  }

  run(active: ActiveJob): void {
    active.isRunning = true;
    this.#perform(active)
      .catch((error: unknown) => {
        const { log, clock } = this.#options;
        log.error({ jobId: active.job.jobId, err: error }, 'Cannot run a job now');
        active.notBefore = clock().getTime() + retrySeconds * 1000;
      })
      .finally(() => {
        active.isRunning = false;
        this.#options.onRoom();
      });
  }

  /** Its attempt ended with the control plane that ran it. */
  async lost(active: ActiveJob, language: Language): Promise<void> {
    if (active.job.status === 'cancelling') {
      active.ending = 'cancelled';
      return this.over(active, { status: 'cancelled', failure: null });
    }
    await this.#failed(active, failed('ControlPlaneStopped', jobTexts.restarted, true), language);
  }

  /** It has ended for good. */
  async over(
    active: ActiveJob,
    change: Pick<Job, 'status' | 'failure'> & Partial<Pick<Job, 'outputLocation'>>,
  ): Promise<void> {
    const { clock, audit, log, onChange } = this.#options;
    active.change({ ...change, endedAt: clock().toISOString() });
    active.isOver = true;
    await audit.jobs.ended(active.job).catch((error: unknown) => {
      log.error({ jobId: active.job.jobId, err: error }, 'Cannot record the end of a job');
    });
    await onChange(active);
  }

  /** Rejects only where nothing was begun. */
  async #perform(active: ActiveJob): Promise<void> {
    const { audit, clock, onChange } = this.#options;
    const person = await this.#allowedOwner(active);
    if (person === undefined) return;
    await audit.jobs.started(active.job);
    const startedAt = clock().toISOString();
    if (active.ending === undefined)
      active.change({ status: 'starting', startedAt, progress: null });
    active.log.note(inLanguage(jobTexts.attemptBegan(active.job.attempt), person.language));
    await onChange(active);
    const end = await this.#attempt(active);
    if (!this.#isClosed) await this.#finish(active, person, end);
  }

  /** Rights may have ended while it waited. */
  async #allowedOwner(active: ActiveJob): Promise<Person | undefined> {
    const { people, authorize, audit } = this.#options;
    const { profileName } = active.job;
    const person = await people.find(profileName);
    const question = { action: 'strongroom:CreateJob', resource: profileName } as const;
    const decision = person && authorize({ principal: person, ...question });
    if (decision?.allowed === true) return person;
    if (decision !== undefined) {
      await audit.accessDenied({ ...noActor, profileName }, question, decision);
    }
    const message = inLanguage(jobTexts.noLongerAllowed, person?.language ?? 'en');
    const failure = { code: 'AccessDenied', message, cell: null };
    await this.over(active, { status: 'failed', failure });
    return undefined;
  }

  async #attempt(active: ActiveJob): Promise<AttemptEnd> {
    const { studios } = this.#options;
    try {
      return await runAttempt({
        ...{ studios, profileName: active.job.profileName, signal: active.signal },
        request: toRunRequest(active.job, this.#options),
        onProgress: (progress) =>
          active.change({ progress, ...(active.ending === undefined && { status: 'running' }) }),
        onText: (text) => active.log.write(text),
      });
    } catch (error) {
      return failed(
        'ImageUnavailable',
        error instanceof Error ? error.message : String(error),
        true,
      );
    }
  }

  async #finish(active: ActiveJob, person: Person, end: AttemptEnd): Promise<void> {
    const { language } = person;
    if (end.outcome === 'completed') return this.#completed(active, person);
    if (active.ending === 'too-long') {
      const { maximumMinutes } = active.job.definition;
      const outputLocation = await this.#storedSoFar(active, person);
      const told = failed('JobTooLong', jobTexts.tooLong(maximumMinutes));
      return this.#failed(active, told, language, outputLocation);
    }
    if (active.ending === 'cancelled' || end.failure === null) {
      active.log.note(inLanguage(jobTexts.cancelled, language));
      const outputLocation = await this.#storedSoFar(active, person);
      return this.over(active, { status: 'cancelled', failure: null, outputLocation });
    }
    const { failure } = end;
    // Where it was not the cells that failed nothing may be there; that of the parameters has no number.
    const isOfCells = failure.cell !== null || failure.code === 'CellFailed';
    const isWritten = isOfCells && !(failure.mayRetry && active.mayBeTriedAgain);
    const outputLocation = isWritten ? await this.#storedSoFar(active, person) : null;
    return this.#failed(active, { failure }, language, outputLocation);
  }

  async #completed(active: ActiveJob, person: Person): Promise<void> {
    const { language } = person;
    const place = outputPlace(active.job);
    try {
      const outputLocation = await storeOutput(person, place, this.#options);
      active.log.note(inLanguage(jobTexts.completed, language));
      await this.over(active, { status: 'completed', failure: null, outputLocation });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const told = jobTexts.outputNotStored(place.object?.bucket ?? '', why);
      await this.#failed(active, failed('OutputNotStored', told), language, place.homePath);
    }
  }

  /** What an unfinished run had written; its own end is what is told, and not that this failed. */
  async #storedSoFar(active: ActiveJob, person: Person): Promise<string | null> {
    if (active.job.progress === null) return null;
    return storeOutput(person, outputPlace(active.job), this.#options).catch(() => null);
  }

  async #failed(
    active: ActiveJob,
    {
      failure: { code, message, cell, mayRetry },
    }: { readonly failure: NonNullable<AttemptEnd['failure']> },
    language: Language,
    outputLocation: string | null = null,
  ): Promise<void> {
    const { clock, onChange } = this.#options;
    const text = typeof message === 'string' ? message : inLanguage(message, language);
    const sentence = { english: text, korean: text };
    const noted = cell === null ? sentence : jobTexts.inCell(cell, sentence);
    active.log.note(inLanguage(noted, language));
    if (!mayRetry || !active.mayBeTriedAgain) {
      const failure = { code, message: text, cell };
      return this.over(active, { status: 'failed', failure, outputLocation });
    }
    active.log.note(inLanguage(jobTexts.triedAgain(retrySeconds), language));
    active.notBefore = clock().getTime() + retrySeconds * 1000;
    active.change({ status: 'queued', attempt: active.job.attempt + 1, progress: null });
    await onChange(active);
  }
}
