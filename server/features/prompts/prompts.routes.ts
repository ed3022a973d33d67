import { promptEndpoints } from '../../../contract/prompts.ts';
import { takeListTurn } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { PromptService } from './prompt.service.ts';

export function addPromptRoutes(add: AddEndpoint, prompts: PromptService): void {
  add(promptEndpoints.listPrompts, async ({ actor, reply }) => {
    await takeListTurn(reply, actor.userId);
    return { prompts: await prompts.list(actor) };
  });
  add(promptEndpoints.createPrompt, ({ actor, body }) => prompts.create(actor, 'own', body));
  add(promptEndpoints.updatePrompt, ({ actor, params, body }) => prompts.update(actor, 'own', params.promptId, body));
  add(promptEndpoints.deletePrompt, async ({ actor, params }) => {
    await prompts.remove(actor, 'own', params.promptId);
    return success;
  });
  add(promptEndpoints.createSharedPrompt, ({ actor, body }) => prompts.create(actor, 'organisation', body));
  add(promptEndpoints.updateSharedPrompt, ({ actor, params, body }) =>
    prompts.update(actor, 'organisation', params.promptId, body),
  );
  add(promptEndpoints.deleteSharedPrompt, async ({ actor, params }) => {
    await prompts.remove(actor, 'organisation', params.promptId);
    return success;
  });
}
