import { type Diagnosis, doctorEndpoints } from '../../../contract/doctor.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import type { UserService } from '../users/user.service.ts';

export interface DoctorRouteServices {
  examine(): Promise<Diagnosis>;
  users: Pick<UserService, 'listAdmins'>;
}

export function addDoctorRoutes(add: AddEndpoint, { examine, users }: DoctorRouteServices): void {
  /** Whoever asks while an examination is under way gets what it finds. */
  let underWay: Promise<Diagnosis> | undefined;
  add(doctorEndpoints.examineInstallation, () => {
    underWay ??= examine().finally(() => (underWay = undefined));
    return underWay;
  });
  add(doctorEndpoints.listContacts, async () => ({ admins: await users.listAdmins() }));
}
