export { default as componentTexts } from '@cloudscape-design/components/i18n/messages/all.ko';
export { korean as texts } from './korean.ts';
