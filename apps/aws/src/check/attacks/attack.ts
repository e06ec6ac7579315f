import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { DeleteSpaceCommand, DeleteTagsCommand } from '@aws-sdk/client-sagemaker';
import type { Journal, Leftover } from '../journal.ts';
import {
  explainUnknown,
  type Finding,
  failed,
  type ProbeContext,
  passed,
  unknown,
} from '../probe.ts';

export interface AttackContext extends ProbeContext {
  readonly journal: Journal;
}

/** Something that must be refused. */
export interface Attack {
  readonly name: string;
  readonly question: string;
  attempt(context: AttackContext): Promise<readonly Finding[]>;
}

const refusals = /^(?:AccessDenied|AccessDeniedException|UnauthorizedOperation|Forbidden|403)$/;

interface Attempt {
  readonly subject?: string;
  readonly act: () => Promise<unknown>;
  /** Written down before, and taken away where the act succeeded. */
  readonly leftover?: Leftover;
  /** Of something that cannot be told apart from what was there before; only where the act succeeded. */
  readonly undo?: () => Promise<unknown>;
  /** Codes that come only after it was allowed. */
  readonly isAllowed?: RegExp;
  /**
   * What its words have to say for the refusal to be the one that is looked for. Whoever may do nothing is
   * refused everything: that proves no policy.
   */
  readonly because?: RegExp;
}

/** Tries it and expects a refusal. */
export async function expectRefusal(context: AttackContext, attempt: Attempt): Promise<Finding> {
  const { subject, act, leftover, undo } = attempt;
  if (leftover !== undefined) await context.journal.willMake(leftover);
  try {
    await act();
  } catch (error) {
    const refusal = judge(error, attempt);
    // Whatever is not a refusal may have been done all the same.
    if (leftover !== undefined && refusal.state !== 'unknown')
      await context.journal.isGone(leftover);
    else if (leftover !== undefined) await cleanUp(context, leftover);
    return refusal;
  }
  const cleaned = leftover === undefined ? '' : await cleanUp(context, leftover);
  const undone = undo === undefined ? '' : await undoing(undo);
  return failed(`It was not refused${cleaned}${undone}`, subject);
}

async function undoing(undo: () => Promise<unknown>): Promise<string> {
  try {
    await undo();
    return '; what it made was removed';
  } catch (error) {
    return `; REMOVE BY HAND what it made (${explainUnknown(error)})`;
  }
}

function judge(error: unknown, { because, isAllowed, subject }: Attempt): Finding {
  const { name = '', message = '' } = error as { name?: string; message?: string };
  const said = explainUnknown(error);
  if (isAllowed?.test(name)) return failed(`It was not refused: ${said}`, subject);
  if (!refusals.test(name)) return unknown(`Neither done nor refused: ${said}`, subject);
  if (because === undefined || because.test(message)) return passed(`Refused: ${said}`, subject);
  return unknown(`Refused, but AWS does not say by the policy that is tried: ${said}`, subject);
}

/** Answers what came of it, for the report. */
async function cleanUp(context: AttackContext, leftover: Leftover): Promise<string> {
  try {
    await remove(context, leftover);
    await context.journal.isGone(leftover);
    return '; what it made was removed';
  } catch (error) {
    return `; REMOVE BY HAND ${describe(leftover)} (${explainUnknown(error)})`;
  }
}

async function remove({ clients }: ProbeContext, leftover: Leftover): Promise<void> {
  switch (leftover.kind) {
    case 'object': {
      const { bucket: Bucket, key: Key } = leftover;
      await clients.s3.send(new DeleteObjectCommand({ Bucket, Key }));
      return;
    }
    case 'space': {
      const { domainId: DomainId, spaceName: SpaceName } = leftover;
      await clients.sageMaker.send(new DeleteSpaceCommand({ DomainId, SpaceName }));
      return;
    }
    case 'tag': {
      const { resourceArn: ResourceArn, tagKey } = leftover;
      await clients.sageMaker.send(new DeleteTagsCommand({ ResourceArn, TagKeys: [tagKey] }));
    }
  }
}

function describe(leftover: Leftover): string {
  switch (leftover.kind) {
    case 'object':
      return `s3://${leftover.bucket}/${leftover.key}`;
    case 'space':
      return `the space ${leftover.spaceName} of ${leftover.domainId}`;
    case 'tag':
      return `the tag ${leftover.tagKey} of ${leftover.resourceArn}`;
  }
}

/** What an earlier, interrupted check left; answers what is still there, for the report. */
export async function cleanUpLeftovers(context: AttackContext): Promise<string[]> {
  const still: string[] = [];
  for (const leftover of [...context.journal.leftovers]) {
    const came = await cleanUp(context, leftover);
    if (came.includes('BY HAND')) still.push(describe(leftover));
  }
  return still;
}
