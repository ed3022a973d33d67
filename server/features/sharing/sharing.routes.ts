import { sharingEndpoints } from '../../../contract/sharing.ts';
import { goneSignal } from '../../http/asker.ts';
import { takeListTurn } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import { sendUpload } from '../uploads/send-upload.ts';
import type { ShareService } from './share.service.ts';
import type { SharedConversationService } from './shared-conversation.service.ts';

export function addSharingRoutes(
  add: AddEndpoint,
  { shares, shared }: { shares: ShareService; shared: SharedConversationService },
): void {
  add(sharingEndpoints.getSharing, async () => ({ enabled: await shares.isEnabled() }));
  add(sharingEndpoints.putSharing, async ({ actor, body }) => {
    await shares.setEnabled(actor, body.enabled);
    return { enabled: body.enabled };
  });
  add(sharingEndpoints.findShareReaders, async ({ actor, params, query, reply }) => {
    await takeListTurn(reply, actor.userId);
    return shares.findReaders(actor, params.agentId, query.q);
  });
  add(sharingEndpoints.getShare, async ({ actor, params }) => {
    const share = await shares.find(actor, params);
    return { enabled: await shares.isEnabled(), share };
  });
  add(sharingEndpoints.putShare, ({ actor, params, body }) => shares.put(actor, params, body));
  add(sharingEndpoints.deleteShare, async ({ actor, params }) => {
    await shares.remove(actor, params);
    return success;
  });
  add(sharingEndpoints.listShares, async ({ actor, query, reply }) => {
    await takeListTurn(reply, actor.userId);
    return shared.list(actor, query);
  });
  add(sharingEndpoints.readShare, ({ actor, params, query, reply }) =>
    shared.read(actor, params.shareId, { offset: query.offset, signal: goneSignal(reply) }),
  );
  add(sharingEndpoints.copyShare, ({ actor, params, reply }) => shared.copy(actor, params.shareId, goneSignal(reply)));
  add(sharingEndpoints.getSharedUpload, async ({ actor, params, reply }) =>
    sendUpload(reply, await shared.openUpload(actor, params)),
  );
}
