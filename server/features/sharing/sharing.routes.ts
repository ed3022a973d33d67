import { sharingEndpoints } from '../../../contract/sharing.ts';
import { goneSignal } from '../../http/asker.ts';
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
  add(sharingEndpoints.findShareReaders, ({ actor, params, query }) =>
    shares.findReaders(actor, params.agentId, query.q),
  );
  add(sharingEndpoints.getShare, async ({ actor, params }) => {
    const share = await shares.find(actor, params);
    return { enabled: await shares.isEnabled(), share };
  });
  add(sharingEndpoints.putShare, ({ actor, params, body }) => shares.put(actor, params, body));
  add(sharingEndpoints.deleteShare, async ({ actor, params }) => {
    await shares.remove(actor, params);
    return success;
  });
  add(sharingEndpoints.listShares, ({ actor, query }) => shared.list(actor, query));
  add(sharingEndpoints.readShare, ({ actor, params, query, reply }) =>
    shared.read(actor, params.shareId, { offset: query.offset, signal: goneSignal(reply) }),
  );
  add(sharingEndpoints.copyShare, ({ actor, params }) => shared.copy(actor, params.shareId));
  add(sharingEndpoints.getSharedUpload, async ({ actor, params, reply }) =>
    sendUpload(reply, await shared.openUpload(actor, params)),
  );
}
