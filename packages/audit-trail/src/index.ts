export type { AuditEvent, AuditRecord, ChainPlace } from './audit-line.ts';
export { AuditTrail, type AuditTrailOptions, AuditUnavailableError } from './audit-trail.ts';
export { countEvents, type EventCounts } from './count-events.ts';
export { linesBackward, type PlacedLine } from './lines-backward.ts';
export { type LogSize, measureLog } from './measure-log.ts';
export {
  type PlacedRecord,
  readPage,
  readTrail,
  type TrailPage,
  type TrailQuestion,
} from './read-trail.ts';
export type { TrailAnchor } from './trail-anchor.ts';
export { type TrailProblem, type TrailVerdict, verifyTrail } from './verify-trail.ts';
