import { parentPort } from 'node:worker_threads';
import { scanNotebook } from '@strongroom/content-scan';
import { carryOut, type TaskMessage } from './notebook-tasks.ts';

/** One task after the other; whatever is thrown here ends the worker, and its task with it. */
parentPort?.on('message', (message: TaskMessage) => {
  void carryOut(message, scanNotebook).then((answer) => {
    parentPort?.postMessage(answer);
  });
});
