/** The routes of teaching, by name. */
import type { TeachingView } from '../../protocol/teaching.ts';
import { request } from '../client/http.ts';

/** A training with its comparison. */
export type Lesson = TeachingView['lessons'][number];
/** A message whose meaning was set right. */
export type Correction = TeachingView['corrections'][number];

export const teachingApi = {
  /** The newest page, or the one behind a place. */
  view: (before?: string) =>
    request<TeachingView>('GET', `/api/teaching${before === undefined ? '' : `?before=${encodeURIComponent(before)}`}`),
  forget: (id: string) => request<undefined>('DELETE', `/api/corrections/${encodeURIComponent(id)}`),
  /** Resolves when the lesson is given, which takes seconds. */
  teach: () => request<Lesson>('POST', '/api/teaching/lesson'),
  back: () => request<TeachingView>('POST', '/api/teaching/back'),
};
