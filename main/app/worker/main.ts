// Entry: the thread that reads and judges, so that a firewall with many rules does not hold up the window.
import { parentPort, workerData } from 'node:worker_threads';
import { openEngine } from '../../engine/open';
import { serveJudge } from './service';

const { simulate, helper } = workerData as JudgeData;
if (parentPort) serveJudge(parentPort, (ask) => openEngine({ simulate, helper, ask }));

/** What the app starts this thread with. */
export type JudgeData = { readonly simulate: string | null; readonly helper: string };
