import type { PrincipalKind } from '../policy-document.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { arnProblem } from './arn-problem.ts';
import { quote, type Wording } from './finding.ts';
import { findLookAlike } from './look-alikes.ts';

const accountPattern = /^\d{12}$/;
const awsArnPattern =
  /^arn:[a-z-]+:(?:iam::\d{12}:(?:root|user\/.+|role\/.+)|iam::cloudfront:user\/.+|sts::\d{12}:(?:assumed-role\/[^/]+\/.+|federated-user\/.+|self))$/;
const servicePattern = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;
const providerPattern = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/\S*)?$/i;
const providerArnPattern = /^arn:[a-z-]+:iam::\d{12}:(?:saml-provider|oidc-provider)\/.+$/;
const canonicalPattern = /^[0-9a-f]{64}$/;

/** Why a text names no principal of a kind (IAM User Guide, "AWS JSON policy elements: Principal"). */
export function principalProblem(
  kind: PrincipalKind,
  text: string,
  vocabulary: Vocabulary,
): Wording | undefined {
  // Variables and look-alikes have their own findings.
  if (text.includes('${') || findLookAlike(text) !== undefined) return undefined;
  switch (kind) {
    case 'AWS':
      return awsProblem(text, vocabulary);
    case 'Service':
      return servicePattern.test(text)
        ? undefined
        : formWording(text, 'a service such as "sagemaker.amazonaws.com"');
    case 'Federated':
      return providerPattern.test(text) || providerArnPattern.test(text)
        ? undefined
        : formWording(text, 'an identity provider, by its domain or its ARN');
    case 'CanonicalUser':
      return canonicalPattern.test(text)
        ? undefined
        : formWording(text, 'a canonical user id of 64 hexadecimal digits');
  }
}

function awsProblem(text: string, vocabulary: Vocabulary): Wording | undefined {
  if (text === '*' || accountPattern.test(text) || awsArnPattern.test(text)) return undefined;
  // IAM writes the id of a user or role in place of an ARN whose owner was deleted.
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(text)) {
    return {
      message: `Replace ${quote(text)} with an ARN: it is the id of a deleted user or role`,
      korean: `${quote(text)} 값을 ARN으로 바꾸세요. 삭제된 사용자나 역할의 id입니다`,
    };
  }
  if (/[*?]/.test(text)) {
    return {
      message: `Name the principal in ${quote(text)} in full: only "*" alone is a wildcard here. Use "aws:PrincipalArn" in a condition for patterns`,
      korean: `${quote(text)} 값에 보안 주체를 온전히 쓰세요. 여기서는 단독 "*"만 와일드카드입니다. 패턴은 "aws:PrincipalArn" 조건으로 쓰세요`,
    };
  }
  return arnProblem(text, vocabulary) ?? formWording(text, 'an account, user, role or session');
}

const koreanOf: Readonly<Record<string, string>> = {
  'a service such as "sagemaker.amazonaws.com"': '"sagemaker.amazonaws.com" 같은 서비스',
  'an identity provider, by its domain or its ARN': '자격 증명 공급자의 도메인이나 ARN',
  'a canonical user id of 64 hexadecimal digits': '16진수 64자리의 정식 사용자 id',
  'an account, user, role or session': '계정, 사용자, 역할 또는 세션',
};

function formWording(text: string, english: string): Wording {
  return {
    message: `Replace ${quote(text)} with ${english}`,
    korean: `${quote(text)} 값을 ${koreanOf[english]} 값으로 바꾸세요`,
  };
}
