import type { QuestionGroup, Verdict } from '../questions/question.ts';
import type { Text } from '../text.ts';

/** The report's own words, in both languages. */
export const words = {
  title: { english: 'What the templates say', korean: '템플릿 검증 보고서' },
  notDeployed: {
    english:
      'Nothing was deployed. The answers come from the templates and the policies in them; what only a deployment tells is unknown and never counts as in order.',
    korean:
      '실제로 배포하지 않았습니다. 템플릿과 그 안의 정책만으로 판단한 결과이며, 배포해야 알 수 있는 내용은 알 수 없음으로 표시하고 정상으로 간주하지 않습니다.',
  },
  subject: { english: 'Verified', korean: '검증 대상' },
  resources: { english: 'Resources', korean: '리소스' },
  stacks: { english: 'Stacks', korean: '스택' },
  account: { english: 'Read as if in', korean: '기준 계정과 리전' },
  attention: { english: 'What needs attention', korean: '확인이 필요한 항목' },
  nothingWrong: {
    english: 'Nothing is broken and nothing is unknown.',
    korean: '위반된 항목이나 알 수 없는 항목이 없습니다.',
  },
  accepted: { english: 'Accepted', korean: '사유 있음' },
  acceptedBecause: { english: 'Accepted because', korean: '사유' },
  why: { english: 'Why it matters', korean: '중요한 이유' },
  reference: { english: 'Rests on', korean: '근거 문서' },
  statements: { english: 'Deciding statements', korean: '판단의 근거가 된 문' },
  counterExample: { english: 'A request that shows it', korean: '이를 보여 주는 요청' },
  principal: { english: 'Principal', korean: '주체' },
  action: { english: 'Action', korean: '작업' },
  resource: { english: 'Resource', korean: '리소스' },
  decision: { english: 'Decision', korean: '결과' },
  allowed: { english: 'allowed', korean: '허용' },
  refused: { english: 'refused', korean: '거부' },
  allQuestions: { english: 'All questions', korean: '전체 질문' },
  question: { english: 'Question', korean: '질문' },
  verdict: { english: 'Answer', korean: '판정' },
  others: { english: 'Found by other tools', korean: '다른 도구의 지적 사항' },
  othersNote: {
    english: 'In each tool’s own words.',
    korean: '각 도구의 원문(영어)입니다.',
  },
  tool: { english: 'Tool', korean: '도구' },
  rule: { english: 'Rule', korean: '규칙' },
  place: { english: 'Place', korean: '위치' },
  message: { english: 'Message', korean: '내용' },
} as const satisfies Readonly<Record<string, Text>>;

export const verdictWords: Readonly<Record<Verdict, Text>> = {
  holds: { english: 'Holds', korean: '충족' },
  broken: { english: 'Broken', korean: '위반' },
  unknown: { english: 'Unknown', korean: '알 수 없음' },
  'not-applicable': { english: 'Not applicable', korean: '해당 없음' },
};

export const groupWords: Readonly<Record<QuestionGroup, Text>> = {
  network: { english: 'Network', korean: '네트워크' },
  keys: { english: 'Keys', korean: '키' },
  storage: { english: 'Storage', korean: '스토리지' },
  studio: { english: 'Studio', korean: '스튜디오' },
  access: { english: 'Access', korean: '접근 권한' },
  policies: { english: 'Policies', korean: '정책' },
  evidence: { english: 'Evidence and cost', korean: '증적과 비용' },
};

/** A number before its counter: Korean writes no space there. */
export const countWords = {
  places: (count: number): Text => ({
    english: count === 1 ? '1 place looked at' : `${count} places looked at`,
    korean: `${count}곳을 확인했습니다`,
  }),
  more: (count: number): Text => ({
    english: count === 1 ? '1 more place' : `${count} more places`,
    korean: `${count}곳이 더 있습니다`,
  }),
} as const;
