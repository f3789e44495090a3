/** The routes of what the desk has learnt. */
import type { LearningView } from '../../../protocol/learning.ts';
import { request } from '../../client/http.ts';

export const learningApi = {
  read: () => request<LearningView>('GET', '/api/learning'),
  /** Begins counting anew; without an id for everything. */
  reset: (scriptId: string | undefined) =>
    request<LearningView>('POST', '/api/learning/reset', { body: scriptId === undefined ? {} : { scriptId } }),
};
