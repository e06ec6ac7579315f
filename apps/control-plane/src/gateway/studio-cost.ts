import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Costs } from '../metering/cost/costs.ts';
import { accessDenied } from '../policies/access-denied.ts';
import type { Authorize } from '../policies/access-request.ts';
import { newReference } from '../studios/reference.ts';
import { type AnswerContext, answerJson } from './answer.ts';
import type { Entry } from './entrance.ts';

export interface StudioCostOptions {
  readonly costs: Pick<Costs, 'studio'>;
  readonly authorize: Authorize;
  readonly audit: Pick<AuditLog, 'accessDenied'>;
  readonly context: AnswerContext;
}

/** What the owner's month costs so far; a visitor of the owner's team is not told. */
export class StudioCostRoute {
  readonly #options: StudioCostOptions;

  constructor(options: StudioCostOptions) {
    this.#options = options;
  }

  async answer(exchange: {
    readonly request: IncomingMessage;
    readonly response: ServerResponse;
    readonly entry: Entry;
  }): Promise<void> {
    const { costs, authorize, audit, context } = this.#options;
    const { person, visitor } = exchange.entry;
    const { profileName: resource } = person;
    const action = 'strongroom:DescribeCost';
    const decision = authorize({ principal: visitor, action, resource });
    if (!decision.allowed) {
      const { remoteAddress } = exchange.request.socket;
      const actor = { profileName: visitor.profileName, remoteAddress, reference: newReference() };
      await audit.accessDenied(actor, { action, resource }, decision);
      throw accessDenied(decision, { action, profileName: resource });
    }
    answerJson(exchange.response, await costs.studio(resource), context);
  }
}
