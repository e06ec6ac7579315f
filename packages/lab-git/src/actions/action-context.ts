import type { GitModel } from '../model/git-model.ts';
import type { Texts } from '../texts.ts';

/** What is done with Lab on behalf of the panel. Paths are of the home. */
export interface LabHands {
  openFile(path: string): void;
  showFolder(path: string): Promise<void>;
  /** Loads documents again that have no unsaved changes and whose file is another now. */
  reloadDocuments(): Promise<void>;
  /** Asks to save what is unsaved in the repository; false where the person thinks better of it. */
  saveDocuments(): Promise<boolean>;
  /** What the person is called, as far as Lab knows. */
  personName(): string;
}

export interface ActionContext {
  readonly model: GitModel;
  readonly trans: Texts;
  readonly lab: LabHands;
}
