import { enterpriseEndpoints } from '../../../contract/enterprise.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { LicenceService } from './licence.service.ts';

export function addLicenceRoutes(add: AddEndpoint, licence: LicenceService): void {
  add(enterpriseEndpoints.enterpriseStatus, () => licence.status());
  add(enterpriseEndpoints.putEnterpriseKey, ({ actor, body }) => licence.install(actor, body.key));
}
