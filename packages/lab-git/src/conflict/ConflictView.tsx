import type { GitModel } from '../model/git-model.ts';
import type { Texts } from '../texts.ts';

interface ConflictViewProps {
  readonly repository: string;
  readonly file: string;
  readonly model: GitModel;
  readonly trans: Texts;
  readonly onResolved: () => void;
}

export function ConflictView({ trans }: ConflictViewProps) {
  return <p>{trans.__('Loading …')}</p>;
}
