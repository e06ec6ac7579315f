import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Bilingual, PolicyBinding } from '@strongroom/contracts';
import type { Domain, DomainPolicyFile, RenderedPolicy } from '@strongroom/domain';
import { checkDocument, describeFinding } from '@strongroom/domain';
import {
  compilePolicy,
  type Finding,
  type PolicyDocument,
  parseDocument,
} from '@strongroom/policy';
import { StartError } from '../start-error.ts';

export interface OwnDocumentsEvents {
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
  warnings: readonly Finding[];
  problem: string | undefined;
}

/** A change is in force within this. */
const lookAgainMilliseconds = 500;
/** IAM's largest policy is far smaller (IAM User Guide, "IAM and AWS STS quotas"). */
const maximumFileBytes = 256 * 1024;

/** The administrators' own policy documents: read at the start, and again whenever a file changes. */
export class OwnDocuments {
  readonly #documents: OwnDocument[];
  #list: readonly RenderedPolicy[] = [];
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  private constructor(documents: OwnDocument[]) {
    this.#documents = documents;
    this.#publish();
  }

  /**
   * `onRead` gets each file as the start found it; where it rejects, there is no start.
   *
   * @throws {StartError} `PolicyUnusable` naming the file and what is wrong in it
   */
  static async open(
    domain: Domain,
    onRead: (file: string, sha256: string) => Promise<void>,
  ): Promise<OwnDocuments> {
    const documents: OwnDocument[] = [];
    for (const named of domain.policies) {
      try {
        const { stamp, text, sha256 } = await readText(named.path);
        const read = await readPolicy(named, text);
        await onRead(named.document, sha256);
        documents.push({ named, stamp, ...read, problem: undefined });
      } catch (error) {
        const message = `Cannot use the policy "${named.document}": ${(error as Error).message}`;
        throw new StartError('PolicyUnusable', message, { cause: error });
      }
    }
    return new OwnDocuments(documents);
  }

  /** From now on changes come in force; also one that was made since the documents were opened. */
  watch(events: OwnDocumentsEvents): void {
    if (this.#documents.length === 0) return;
    this.#timer = setInterval(() => void this.#lookAgain(events), lookAgainMilliseconds).unref();
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

  /** What is in force and may not be what its author meant, such as a Deny that never matches. */
  warnings(): { policy: string; warning: Bilingual }[] {
    return this.#documents.flatMap(({ policy, warnings }) =>
      warnings.map(({ path, message, korean }) => ({
        policy: policy.name,
        warning: { english: at(path, message), korean: at(path, korean) },
      })),
    );
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #lookAgain(events: OwnDocumentsEvents): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      for (const document of this.#documents) await this.#refresh(document, events);
    } finally {
      this.#isLooking = false;
    }
  }

  /** INVARIANT: a file that cannot be used never takes a policy away, so a broken Deny still denies. */
  async #refresh(document: OwnDocument, events: OwnDocumentsEvents): Promise<void> {
    const { named } = document;
    try {
      if (stampOf(await stat(named.path)) === document.stamp) return;
      const { stamp, text, sha256 } = await readText(named.path);
      const read = await readPolicy(named, text).catch((error: unknown) => {
        // Judged once; what could not be read or recorded is tried again at the next turn.
        document.stamp = stamp;
        throw error;
      });
      await events.beforeChange(named.document, sha256);
      Object.assign(document, read, { stamp, problem: undefined });
      this.#publish();
      events.onChanged(named.document);
    } catch (error) {
      const problem = (error as Error).message;
      if (document.problem === problem) return;
      document.problem = problem;
      events.onRefused(named.document, problem);
    }
  }

  #publish(): void {
    this.#list = this.#documents.map(({ policy }) => policy);
  }
}

interface FileState {
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
}

function stampOf({ mtimeMs, size, ino }: FileState): string {
  return `${mtimeMs}/${size}/${ino}`;
}

/** The text with the stamp and the hash of that very file. */
async function readText(path: string): Promise<{ stamp: string; text: string; sha256: string }> {
  // Without O_NONBLOCK opening a FIFO waits for a writer who may never come (open(2)).
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const state = await file.stat();
    if (!state.isFile()) throw new Error('it is not a regular file');
    if (state.size > maximumFileBytes) {
      const most = `a policy document has at most ${maximumFileBytes}`;
      throw new Error(`it has ${state.size} bytes; ${most}`);
    }
    const bytes = await file.readFile();
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { stamp: stampOf(state), text: bytes.toString('utf8'), sha256 };
  } finally {
    await file.close();
  }
}

async function readPolicy(
  named: DomainPolicyFile,
  text: string,
): Promise<{ policy: RenderedPolicy; warnings: readonly Finding[] }> {
  const document: PolicyDocument = parseDocument(text);
  const name = basename(named.document, '.json');
  const kind = kindOf(named.attachTo);
  const findings = await checkDocument(document, kind);
  const errors = findings.filter(({ severity }) => severity === 'error').map(describeFinding);
  if (errors.length > 0) throw new Error(errors.join('; '));
  // Compiled here so that a document that cannot be enforced is refused with its file's name.
  compilePolicy(document, { kind, name });
  const policy: RenderedPolicy = {
    ...{ name, kind, document, file: named.document, bindings: [named.attachTo] },
    purpose: {
      english: "The administrators' own document.",
      korean: '관리자가 직접 작성한 정책 문서입니다.',
    },
  };
  return { policy, warnings: findings.filter(({ severity }) => severity === 'warning') };
}

/** What is attached to a thing instead of to people is that thing's resource policy. */
function kindOf({ kind }: PolicyBinding): RenderedPolicy['kind'] {
  return kind === 'bucket' || kind === 'key' ? 'resource' : 'identity';
}

function at(path: string, message: string): string {
  return path === '' ? message : `${path}: ${message}`;
}
