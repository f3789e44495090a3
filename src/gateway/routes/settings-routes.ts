/** A shop's settings: read, and changed part by part. */
import { z } from 'zod';
import { HttpErrorSchema } from '../../protocol/http.ts';
import { THRESHOLD_RANGES, ThresholdListSchema, TYPE_SCORE_RANGE } from '../../protocol/profiling.ts';
import { SaveSettingsSchema, SettingsPartSchema, SettingsViewSchema } from '../../protocol/settings.ts';
import { saveSettings, showSettings } from '../../turn/keep-settings.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

const refused = { 400: HttpErrorSchema, 401: HttpErrorSchema, 403: HttpErrorSchema, 409: HttpErrorSchema };
const tags = ['settings'];

/** Adds the routes. */
export function addSettingsRoutes(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/settings',
    { schema: { tags, summary: 'The shop’s settings', response: { 200: SettingsViewSchema, ...refused } } },
    async (request) => showSettings(desk, (await ports.requireSupervisor(request)).shopId),
  );
  app.get(
    '/api/settings/thresholds',
    {
      schema: {
        tags,
        summary: 'Thresholds of the buyer’s features: what they are called and what is legal',
        response: { 200: ThresholdListSchema, ...refused },
      },
    },
    async (request) => {
      await ports.requireSupervisor(request);
      const thresholds = Object.entries(THRESHOLD_RANGES).map(([name, range]) => ({ name, ...range }));
      return { minScore: TYPE_SCORE_RANGE, thresholds };
    },
  );
  app.put(
    '/api/settings/:part',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Change one part of the settings',
        params: z.strictObject({ part: SettingsPartSchema }),
        body: SaveSettingsSchema,
        response: { 200: SettingsViewSchema, ...refused },
      },
    },
    async (request) =>
      saveSettings(desk, await ports.requireSupervisor(request), request.params.part, {
        basedOn: request.body.basedOn,
        value: request.body.value,
      }),
  );
}
