export { default as componentTexts } from '@cloudscape-design/components/i18n/messages/all.en';
export { english as texts } from './english.ts';
