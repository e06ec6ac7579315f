import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { compilePolicy, type PolicyDocument, parseDocument } from '@strongroom/policy';
import type { Domain, DomainPolicyFile } from '../config/domain.ts';
import { StartError } from '../start-error.ts';
import { checkDocument, describeFinding } from './check-document.ts';
import type { RenderedPolicy } from './rendered-policy.ts';

export interface OwnDocumentsEvents {
  /** As the start found it. Where it rejects, there is no start. */
  onRead(file: string, sha256: string): Promise<void>;
  /** A file changed. Where it rejects, the new text does not come in force, and is tried again. */
  beforeChange(file: string, sha256: string): Promise<void>;
  /** The new text is in force. */
  onChanged(file: string): void;
  /** A file changed and its new text cannot be used; what was read before still holds. */
  onRefused(file: string, problem: string): void;
}

interface OwnDocument {
  readonly named: DomainPolicyFile;
  /** Changes with the file. */
  stamp: string;
  policy: RenderedPolicy;
  problem: string | undefined;
}

/** A change is in force within this. */
const lookAgainMilliseconds = 500;
/** IAM's largest policy is far smaller (IAM User Guide, "IAM and AWS STS quotas"). */
const maximumFileBytes = 256 * 1024;

/** The administrators' own policy documents: read at the start, and again whenever a file changes. */
export class OwnDocuments {
  readonly #documents: OwnDocument[];
  readonly #events: OwnDocumentsEvents;
  #list: readonly RenderedPolicy[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  private constructor(documents: OwnDocument[], events: OwnDocumentsEvents) {
    this.#documents = documents;
    this.#events = events;
    this.#publish();
  }

  /** @throws {StartError} `PolicyUnusable` naming the file and what is wrong in it */
  static async open(domain: Domain, events: OwnDocumentsEvents): Promise<OwnDocuments> {
    const documents: OwnDocument[] = [];
    for (const named of domain.policies) {
      try {
        const stamp = await stampOf(named.path);
        const { policy, sha256 } = await readPolicy(named);
        await events.onRead(named.document, sha256);
        documents.push({ named, stamp, policy, problem: undefined });
      } catch (error) {
        const message = `Cannot use the policy "${named.document}": ${(error as Error).message}`;
        throw new StartError('PolicyUnusable', message, { cause: error });
      }
    }
    const own = new OwnDocuments(documents, events);
    own.#lookAgainLater();
    return own;
  }

  /** The same array until a document changes. */
  list(): readonly RenderedPolicy[] {
    return this.#list;
  }

  problems(): { file: string; problem: string }[] {
    return this.#documents.flatMap(({ named, problem }) =>
      problem === undefined ? [] : [{ file: named.document, problem }],
    );
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #lookAgainLater(): void {
    if (this.#documents.length === 0) return;
    this.#timer = setInterval(() => void this.#lookAgain(), lookAgainMilliseconds).unref();
  }

  async #lookAgain(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      for (const document of this.#documents) await this.#refresh(document);
    } finally {
      this.#isLooking = false;
    }
  }

  /** INVARIANT: a file that cannot be used never takes a policy away, so a broken Deny still denies. */
  async #refresh(document: OwnDocument): Promise<void> {
    const { named } = document;
    try {
      const stamp = await stampOf(named.path);
      if (stamp === document.stamp) return;
      const { policy, sha256 } = await readPolicy(named).catch((error: unknown) => {
        document.stamp = stamp;
        throw error;
      });
      await this.#events.beforeChange(named.document, sha256);
      document.stamp = stamp;
      document.policy = policy;
      document.problem = undefined;
      this.#publish();
      this.#events.onChanged(named.document);
    } catch (error) {
      const problem = (error as Error).message;
      if (document.problem === problem) return;
      document.problem = problem;
      this.#events.onRefused(named.document, problem);
    }
  }

  #publish(): void {
    this.#list = this.#documents.map(({ policy }) => policy);
  }
}

async function stampOf(path: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(path);
  return `${mtimeMs}/${size}/${ino}`;
}

async function readPolicy(named: DomainPolicyFile) {
  const { size } = await stat(named.path);
  if (size > maximumFileBytes) {
    throw new Error(`it has ${size} bytes; a policy document has at most ${maximumFileBytes}`);
  }
  const bytes = await readFile(named.path);
  const document: PolicyDocument = parseDocument(bytes.toString('utf8'));
  const name = basename(named.document, '.json');
  const findings = await checkDocument(document, 'identity');
  const errors = findings.filter(({ severity }) => severity === 'error').map(describeFinding);
  if (errors.length > 0) throw new Error(errors.join('; '));
  // Compiled here so that a document that cannot be enforced is refused with its file's name.
  compilePolicy(document, { kind: 'identity', name });
  const policy: RenderedPolicy = {
    ...{ name, kind: 'identity', document, file: named.document, bindings: [named.attachTo] },
    purpose: {
      english: "The administrators' own document.",
      korean: '관리자가 직접 작성한 정책 문서입니다.',
    },
  };
  return { policy, sha256: createHash('sha256').update(bytes).digest('hex') };
}
