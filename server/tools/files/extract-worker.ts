import { parentPort, workerData } from 'node:worker_threads';
import { lowerOwnPriority } from '../../platform/thread-priority.ts';
import { type ExtractAnswer, type ExtractRequest, UnreadableDocument } from './extract/document.ts';
import { extract } from './extract/extract.ts';

/** The entry of a worker thread that reads one hostile document and is then thrown away. Built as its own file. */
function answer(message: ExtractAnswer): void {
  parentPort?.postMessage(message);
}

const request = workerData as ExtractRequest;
lowerOwnPriority(request.isBackground ? 'background' : 'awaited');

try {
  answer({ result: await extract(request) });
} catch (error) {
  answer({ problem: error instanceof UnreadableDocument ? error.message : 'is damaged and cannot be read' });
}
