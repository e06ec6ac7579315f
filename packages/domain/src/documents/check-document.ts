import {
  type Finding,
  loadVocabulary,
  type PolicyDocument,
  type PolicyKind,
  servicesNamedBy,
  validatePolicy,
} from '@strongroom/policy';
import { strongroomService } from './strongroom-service.ts';

/** What a document says that does not exist, cannot be, or does not do what it looks like. */
export async function checkDocument(
  document: PolicyDocument,
  kind: PolicyKind,
): Promise<Finding[]> {
  const services = servicesNamedBy(document);
  const vocabulary = await loadVocabulary({ services, ownServices: [strongroomService] });
  return validatePolicy(document, { kind, vocabulary });
}

export function describeFinding({ path, message, code }: Finding): string {
  return `${path === '' ? '' : `${path}: `}${message} (${code})`;
}
