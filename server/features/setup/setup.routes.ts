import { setupEndpoints } from '../../../contract/setup.ts';
import { askerOf } from '../../http/asker.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { replaceSessionCookies } from '../../http/session-cookie.ts';
import { success } from '../../http/success.ts';
import type { SetupService } from './setup.service.ts';

export function addSetupRoutes(add: AddEndpoint, setup: SetupService): void {
  add(setupEndpoints.setupStatus, () => setup.status());
  add(setupEndpoints.setup, async ({ body, request, reply }) => {
    const userAgent = request.headers['user-agent'] ?? '';
    const { cookies } = await setup.setUp(body, { ...askerOf(request, reply), userAgent });
    replaceSessionCookies(request, reply, cookies);
    return success;
  });
  add(setupEndpoints.setupProvider, async ({ actor, body }) => {
    await setup.saveFirstProvider(actor, body);
    return success;
  });
}
