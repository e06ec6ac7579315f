import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type ShareCheck,
  type ShareList,
  shareCheckRequestSchema,
  shareExtensionSchema,
  shareListNameSchema,
  shareRequestSchema,
  shareVersionRequestSchema,
} from '@strongroom/contracts';
import type { ShareAudit } from '../audit/share-audit.ts';
import type { ShareAsker } from '../shares/share-access.ts';
import { shareRefused } from '../shares/share-refusals.ts';
import type { ReadSource, ShareWriter } from '../shares/share-writer.ts';
import type { Shares } from '../shares/shares.ts';
import { newReference } from '../studios/reference.ts';
import type { Studios } from '../studios/studios.ts';
import { type AnswerContext, answerJson } from './answer.ts';
import type { Entry } from './entrance.ts';
import { readJsonBody } from './json-body.ts';
import { invalidRequest } from './refusal.ts';
import type { RequestTarget } from './request-target.ts';
import type { StudioRoute } from './routes.ts';
import { readShareSource } from './share-source.ts';

export interface StudioSharesOptions {
  readonly shares: Pick<Shares, 'choices' | 'list' | 'revoke' | 'extend' | 'describeOwn'>;
  readonly writer: Pick<ShareWriter, 'check' | 'create' | 'addVersion' | 'prepare'>;
  readonly studios: Pick<Studios, 'visit'>;
  readonly audit: Pick<ShareAudit, 'refused'>;
  readonly context: AnswerContext;
}

export type ShareRoute = Extract<
  StudioRoute,
  { kind: 'share-choices' | 'share-check' | 'shares' | `share-${'versions' | 'revoke' | 'extend'}` }
>;

interface ShareExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly entry: Entry;
  readonly target: RequestTarget;
}

/**
 * Sharing from Lab. It is the studio's owner who shares, and nobody in their place: not a visitor of
 * the owner's team, and not a program of the studio, which has no session.
 */
export class StudioShares {
  readonly #options: StudioSharesOptions;

  constructor(options: StudioSharesOptions) {
    this.#options = options;
  }

  async answer(route: ShareRoute, exchange: ShareExchange): Promise<void> {
    const asker = await this.#requireOwner(exchange);
    const answer = await this.#answerFor(route, asker, exchange);
    answerJson(exchange.response, answer, this.#options.context);
  }

  async #answerFor(
    route: ShareRoute,
    asker: ShareAsker,
    { request, target }: ShareExchange,
  ): Promise<object> {
    const { shares, writer, studios } = this.#options;
    const { person } = asker;
    const readSource: ReadSource = (wish) => readShareSource(studios, person, wish);
    if (route.kind === 'share-choices') {
      writer.prepare();
      return shares.choices(person);
    }
    if (route.kind === 'shares' && isReading(request)) {
      const list = shareListNameSchema.exclude(['all']).safeParse(target.query.get('list'));
      if (!list.success) throw invalidRequest('This list does not exist here');
      return { shares: await shares.list(person, list.data) } satisfies ShareList;
    }
    switch (route.kind) {
      case 'share-check': {
        const wish = await readJsonBody(request, shareCheckRequestSchema);
        return (await writer.check(asker, wish, readSource)) satisfies ShareCheck;
      }
      case 'shares': {
        const asked = await readJsonBody(request, shareRequestSchema);
        return shares.describeOwn(person, await writer.create(asker, asked, readSource));
      }
      case 'share-versions': {
        const { shareId } = route;
        const asked = await readJsonBody(request, shareVersionRequestSchema);
        await writer.addVersion(asker, { ...asked, shareId }, readSource);
        return shares.describeOwn(person, shareId);
      }
      case 'share-revoke':
        request.resume();
        return shares.revoke(asker, route.shareId);
      case 'share-extend':
        return shares.extend(
          asker,
          route.shareId,
          await readJsonBody(request, shareExtensionSchema),
        );
    }
  }

  /** @throws {StrongroomError} `AccessDenied` */
  async #requireOwner({ request, entry }: ShareExchange): Promise<ShareAsker> {
    const { person, visitor } = entry;
    const { remoteAddress } = request.socket;
    const actor = {
      ...{ profileName: visitor.profileName, remoteAddress, reference: newReference() },
    };
    if (visitor.profileName === person.profileName) return { person: visitor, actor };
    const action = 'strongroom:CreateShare';
    const rule = 'studio-of-another';
    await this.#options.audit.refused(actor, undefined, { action, rule });
    throw shareRefused({ rule }, action);
  }
}

function isReading({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}
