export { scanNotebook } from './scan-notebook.ts';
export { defaultScanRules, type ScanRules } from './scan-rules.ts';
export { scanText, type TextFinding } from './scan-text.ts';
