import * as z from 'zod';
import { dateTimeSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const findingSchema = z
  .object({
    about: z.string(),
    health: z
      .enum(['well', 'notice', 'wrong'])
      .meta({ description: '`wrong` keeps Pinchy from working as it should; a `notice` is worth a look' }),
    says: z.string(),
    next: z.string().optional().meta({ description: 'What to do about it' }),
  })
  .meta({ id: 'Finding' });
/** One line of the page. */
export type Finding = z.infer<typeof findingSchema>;

export const doctorReportSchema = z.object({
  version: z.string(),
  examinedAt: dateTimeSchema,
  server: z.enum(['running', 'stopped']),
  health: z.enum(['well', 'wrong']),
  findings: z.array(findingSchema),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** A report with the page that a person can paste into an issue. */
export const diagnosisSchema = doctorReportSchema.extend({ page: z.string() }).meta({ id: 'Diagnosis' });
export type Diagnosis = z.infer<typeof diagnosisSchema>;

export const doctorEndpoints = {
  examineInstallation: endpoint({
    ...routes.examineInstallation,
    tag: 'Health',
    summary:
      'What is well and what is not, as `pinchy doctor` says it: without secrets, names, addresses and directories',
    answer: diagnosisSchema,
  }),
  listContacts: endpoint({
    ...routes.listContacts,
    tag: 'Users',
    summary: 'Whom to ask when something does not work: the active admins',
    answer: z.object({ admins: z.array(z.object({ name: z.string() })) }),
  }),
};
