/** Of which file, and between what: as `versions` of the agent has it. */
export interface DiffSource {
  readonly repository: string;
  readonly file: string;
  /** `working-tree`, `staged` or a commit's id. */
  readonly of: string;
}
