/** The process: read the environment, put the desk together, listen, end on a signal. */
import { startDesk } from './cli/start-desk.ts';

await startDesk();
