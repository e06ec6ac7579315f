import { Unknown } from './unknown.ts';

export function parameterWithoutValue(name: string): Unknown {
  return new Unknown({
    english: `parameter "${name}" has no value`,
    korean: `매개변수 "${name}"의 값이 없습니다`,
  });
}

export function parameterFromStore(name: string): Unknown {
  return new Unknown({
    english: `parameter "${name}" is read from the parameter store at deployment`,
    korean: `매개변수 "${name}"의 값은 배포할 때 파라미터 스토어에서 읽습니다`,
  });
}

export function dynamicReference(text: string): Unknown {
  return new Unknown({
    english: `"${text}" is read at deployment`,
    korean: `"${text}"의 값은 배포할 때 읽습니다`,
  });
}

export function nothingCalled(name: string): Unknown {
  return new Unknown({
    english: `the template has nothing called "${name}"`,
    korean: `템플릿에 "${name}"이(가) 없습니다`,
  });
}

export function attributeOf(logicalId: string, attribute: string): Unknown {
  return new Unknown({
    english: `only a deployment tells "${attribute}" of "${logicalId}"`,
    korean: `"${logicalId}"의 "${attribute}" 값은 배포해야 알 수 있습니다`,
  });
}

export function functionNotResolved(name: string): Unknown {
  return new Unknown({
    english: `function "${name}" cannot be resolved here`,
    korean: `함수 "${name}"의 결과를 여기서 알 수 없습니다`,
  });
}

export function exportNotGiven(name: string): Unknown {
  return new Unknown({
    english: `no given template exports "${name}"`,
    korean: `"${name}"을(를) 내보내는 템플릿이 주어지지 않았습니다`,
  });
}

export function circular(): Unknown {
  return new Unknown({
    english: 'it refers to itself',
    korean: '자기 자신을 참조합니다',
  });
}
