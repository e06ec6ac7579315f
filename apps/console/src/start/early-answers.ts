/** What the control plane answered before anybody asked here; an answer is handed over once. */
export interface EarlyAnswer {
  readonly isOk: boolean;
  /** UTF-8; a notebook of 10 MB is a text only for whoever needs one. */
  readonly bytes: ArrayBuffer;
}

export async function readAnswer(response: Response): Promise<EarlyAnswer> {
  return { isOk: response.ok, bytes: await response.arrayBuffer() };
}

/** As `Response.text()` reads it, which takes several times as long. */
export function textOf(bytes: ArrayBuffer): string {
  return new TextDecoder().decode(bytes);
}

const answers = new Map<string, Promise<EarlyAnswer>>();

/** Begins to ask for what the page will want, as the page itself would ask (`api/request.ts`). */
export function askEarly(path: string): Promise<EarlyAnswer> {
  const answer = fetch(path, { credentials: 'same-origin' }).then(readAnswer);
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
