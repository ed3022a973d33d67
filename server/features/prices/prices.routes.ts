import { priceEndpoints } from '../../../contract/prices.ts';
import { takeListTurn } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { PriceService } from './price.service.ts';

export function addPriceRoutes(add: AddEndpoint, prices: PriceService): void {
  add(priceEndpoints.getPrices, async ({ actor, reply }) => {
    await takeListTurn(reply, actor.userId);
    return prices.read();
  });
  add(priceEndpoints.putPrices, async ({ actor, body, reply }) => {
    await takeListTurn(reply, actor.userId);
    return prices.replace(actor, body);
  });
}
