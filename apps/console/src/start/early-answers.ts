/** What the control plane answered before anybody asked here; an answer is handed over once. */
export interface EarlyAnswer {
  readonly isOk: boolean;
  readonly text: string;
}

const answers = new Map<string, Promise<EarlyAnswer>>();

/** Begins to ask for what the page will want, as the page itself would ask (`api/request.ts`). */
export function askEarly(path: string): Promise<EarlyAnswer> {
  const answer = fetch(path, { credentials: 'same-origin' }).then(async (response) => ({
    isOk: response.ok,
    text: await response.text(),
  }));
  // Whoever takes it learns of it.
  answer.catch(() => undefined);
  answers.set(path, answer);
  return answer;
}

export function takeEarlyAnswer(path: string): Promise<EarlyAnswer> | undefined {
  const answer = answers.get(path);
  answers.delete(path);
  return answer;
}

/** They were for whoever was signed in then. */
export function forgetEarlyAnswers(): void {
  answers.clear();
}
