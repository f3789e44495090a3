/** The routes of a shop's settings. */
import type { ThresholdList } from '../../protocol/profiling.ts';
import type { SettingsPart, SettingsView } from '../../protocol/settings.ts';
import type { TimerView } from '../../protocol/timers.ts';
import { request } from '../client/http.ts';

export const settingsApi = {
  thresholds: () => request<ThresholdList>('GET', '/api/settings/thresholds'),
  read: () => request<SettingsView>('GET', '/api/settings'),
  /** Puts a value in the place of a part; `undefined`: the default. */
  save: (part: SettingsPart, basedOn: number, value: unknown) =>
    request<SettingsView>('PUT', `/api/settings/${part}`, {
      body: { basedOn, ...(value === undefined ? {} : { value }) },
    }),
};

/** Starts a timer that people start; the note says what it is about. */
export function startTimer(id: string, note: string) {
  return request<void>('POST', `/api/timers/${id}/start`, { body: { note } });
}

/** The timers as they run, and what may be changed about them. */
export function readTimers() {
  return request<{ timers: TimerView[] }>('GET', '/api/timers');
}
