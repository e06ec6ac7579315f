// @ts-check

/** A set-up step that cannot go on. Its message is all that a person needs: no stack is shown. */
export class SetUpError extends Error {
  /**
   * @param {'PackagesRefused' | 'PackageManagerMissing' | 'StepFailed'} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.name = 'SetUpError';
    this.code = code;
  }
}
