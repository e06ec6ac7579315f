/** What people write in the cells of a kernel that runs on Node.js. */
export interface KernelLanguage {
  readonly name: string;
  /** As JupyterLab's editor knows it. */
  readonly mimeType: string;
  readonly fileExtension: string;
  /** A cell as Node.js runs it, with each line where it was. @throws {SyntaxError} */
  toJavaScript(code: string): string;
}

export const javaScript: KernelLanguage = {
  ...{ name: 'javascript', mimeType: 'text/javascript', fileExtension: '.js' },
  toJavaScript: (code) => code,
};
