import type { PolicyDocument } from '@strongroom/policy';
import { principalTag } from '../tags.ts';

/**
 * A document that binds one team or one person, for a role that many act as: every statement holds only
 * in sessions with that tag.
 */
export function boundToTag(document: PolicyDocument, tag: string, value: string): PolicyDocument {
  return {
    ...document,
    Statement: [document.Statement].flat().map((statement) => {
      const equal = statement.Condition?.StringEquals ?? {};
      const key = principalTag(tag);
      if (key in equal) {
        throw new RangeError(`Cannot bind a statement to "${key}": it has that condition already`);
      }
      return {
        ...statement,
        Condition: { ...statement.Condition, StringEquals: { ...equal, [key]: value } },
      };
    }),
  };
}
