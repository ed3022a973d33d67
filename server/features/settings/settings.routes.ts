import { settingEndpoints } from '../../../contract/settings.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { ConversationSettingsService } from './conversation-settings.service.ts';
import type { ContextService } from './context.service.ts';
import type { DomainService } from './domain.service.ts';
import type { SettingService } from './setting.service.ts';

export function addSettingRoutes(
  add: AddEndpoint,
  services: {
    settings: SettingService;
    contexts: ContextService;
    domain: DomainService;
    conversationSettings: ConversationSettingsService;
  },
): void {
  const { settings, contexts, domain, conversationSettings } = services;
  add(settingEndpoints.listSettings, () => settings.list());
  add(settingEndpoints.saveSetting, async ({ actor, body }) => {
    await settings.save(actor, body.key, body.value);
    return success;
  });
  add(settingEndpoints.getDomain, () => domain.status());
  add(settingEndpoints.putDomain, ({ actor, body, request }) => domain.set(actor, body.lockedDomain, request));
  add(settingEndpoints.getConversationSettings, () => conversationSettings.read());
  add(settingEndpoints.putConversationSettings, ({ actor, body }) => conversationSettings.save(actor, body));
  add(settingEndpoints.getContext, async () => ({ content: await contexts.organisation() }));
  add(settingEndpoints.putContext, async ({ actor, body }) => {
    await contexts.saveOrganisation(actor, body.content);
    return success;
  });
}
