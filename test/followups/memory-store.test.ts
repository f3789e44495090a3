import { createMemoryFollowUpStore } from '../../src/followups/memory-store.ts';
import { describeFollowUpStore } from '../contracts/follow-up-store.ts';

describeFollowUpStore('memory', async () => createMemoryFollowUpStore());
