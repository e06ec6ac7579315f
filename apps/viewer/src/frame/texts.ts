export type Language = 'en' | 'ko';

const english = {
  notebook: 'Notebook',
  codeCell: (number: number) => `Cell ${number}, code`,
  markdownCell: (number: number) => `Cell ${number}, text`,
  rawCell: (number: number) => `Cell ${number}, raw`,
  comment: (number: number) => `Comment on cell ${number}`,
  openComments: (number: number, count: number) =>
    `Comments on cell ${number}: ${count} unresolved`,
  showAll: (lines: string) => `Show all (${lines} lines)`,
  showLarge: (size: string) => `Show this output (${size} MB)`,
  showOutputs: (count: number) => `Show ${count} more outputs`,
  output: 'Output',
  outputOf: (number: number) => `Output of cell ${number}, shown apart from the rest`,
  noFormat: (formats: string) => `No way to show ${formats} here.`,
  widgetNotSaved: 'The state of this widget was not saved in the notebook.',
  imageOutside: 'Not loaded: an image that lies outside of the notebook',
  image: 'Output image',
  empty: 'This notebook has no cells.',
  notANotebook: 'This file is not a notebook: it cannot be read.',
  unknownFormat: 'This notebook is in a format that cannot be shown here.',
  mathFailed: 'This formula cannot be shown.',
  items: (count: number) => (count === 1 ? '1 item' : `${count} items`),
};
export type Texts = typeof english;

const korean: Texts = {
  notebook: '노트북',
  codeCell: (number) => `셀 ${number}, 코드`,
  markdownCell: (number) => `셀 ${number}, 텍스트`,
  rawCell: (number) => `셀 ${number}, 원시`,
  comment: (number) => `셀 ${number}에 댓글 달기`,
  openComments: (number, count) => `셀 ${number}의 댓글: 미해결 ${count}개`,
  showAll: (lines) => `전체 보기(${lines}줄)`,
  showLarge: (size) => `이 출력 보기(${size}MB)`,
  showOutputs: (count) => `출력 ${count}개 더 보기`,
  output: '출력',
  outputOf: (number) => `셀 ${number}의 출력(따로 격리되어 표시됨)`,
  noFormat: (formats) => `여기에서는 ${formats} 형식을 표시할 수 없습니다.`,
  widgetNotSaved: '이 위젯의 상태가 노트북에 저장되어 있지 않습니다.',
  imageOutside: '노트북 밖에 있는 이미지라서 불러오지 않았습니다',
  image: '출력 이미지',
  empty: '이 노트북에는 셀이 없습니다.',
  notANotebook: '노트북 파일이 아니어서 읽을 수 없습니다.',
  unknownFormat: '여기에서 표시할 수 없는 형식의 노트북입니다.',
  mathFailed: '이 수식을 표시할 수 없습니다.',
  items: (count) => `${count}개 항목`,
};

export const texts: Readonly<Record<Language, Texts>> = { en: english, ko: korean };
