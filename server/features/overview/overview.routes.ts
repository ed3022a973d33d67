import { overviewEndpoints } from '../../../contract/overview.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { OverviewService } from './overview.service.ts';

export function addOverviewRoutes(add: AddEndpoint, overview: OverviewService): void {
  add(overviewEndpoints.getOverview, () => overview.get());
}
