import type { Overview } from '../../../contract/overview.ts';
import type { Translate } from '../../texts/translate.ts';
import type { Formats } from '../../ui/formats.ts';
import type { SectionName } from '../settings/section-names.ts';

/** Where a thing is put right; undefined where that is the server's shell. */
export type Place =
  | { to: '/settings'; search: { section: SectionName } }
  | { to: '/agents/$agentId/settings'; params: { agentId: string }; search: { tab: string } }
  | { to: '/knowledge'; search: object }
  | { to: '/usage'; search: object }
  | { to: '/audit'; search: { topic?: 'approvals'; eventTypes?: readonly string[] } };

export interface AttentionItem {
  key: string;
  isUrgent: boolean;
  text: string;
  help?: string;
  place?: Place;
  /** Elsewhere. */
  link?: string;
}

const dayMs = 86_400_000;
const oldBackupDays = 3;
const endingLicenceDays = 30;

/** Of the first steps; what is missing then is said where attention is drawn to it. */
export const isOnlyBackupOpen = ({ backup: _backup, ...others }: Overview['steps']): boolean =>
  !Object.values(others).includes(false);

/** What an admin should look at, the urgent first; nothing that is well. */
export function attentionOf(
  { t, say, formats, locale }: { t: Translate; say: (english: string) => string; formats: Formats; locale: string },
  overview: Overview,
  now = Date.now(),
): AttentionItem[] {
  const { approvals, connections, failures, unreadableDocuments, agentsWithoutModel, trail, licence, steps } = overview;
  const { agentsWithoutOwner: ownerless, reviewsDue: due } = overview;
  const settings = (section: SectionName): Place => ({ to: '/settings', search: { section } });
  const items: (AttentionItem | false | null | undefined)[] = [
    trail.lastCheck?.valid === false && item('trail', t('overview.trailInvalid'), true, { to: '/audit', search: {} }),
    ['missing', 'contradicted', 'unreadable'].includes(trail.anchor) &&
      item('anchor', t('overview.trailAnchor'), true, { to: '/audit', search: {} }),
    trail.waitingSince !== null &&
      item('waiting', t('overview.trailWaiting', { since: formats.dateTime(trail.waitingSince) }), true, {
        to: '/audit',
        search: {},
      }),
    unverifiedItem(),
    !steps.provider && item('provider', t('overview.noProvider'), true, settings('providers')),
    ...failures
      .filter(({ code }) => steps.provider || code !== 'no_provider')
      .map(({ code, count }) =>
        item(`failure ${code}`, t(`overview.failures.${code}`, { count }), true, settings('providers')),
      ),
    overview.fallbacks > 0 &&
      item('fallbacks', t('overview.fallbacks', { count: overview.fallbacks }), false, {
        to: '/audit',
        search: { eventTypes: ['run.fell_back'] },
      }),
    ...connections.map(({ kind, id, name, reason }) =>
      item(
        `connection ${id}`,
        t(kind === 'telegram' ? 'overview.bot' : 'overview.connection', { name, reason: say(reason) }),
        true,
        settings(kind === 'telegram' ? 'telegram' : 'integrations'),
      ),
    ),
    ...overview.budgets.map(({ id, scope, name, period, usedUp }) => {
      const budget = t(`overview.budgetOf.${scope}`, { name: name ?? '', period: t(`budgets.periods.${period}`) });
      const text = t(usedUp ? 'overview.budgetUsedUp' : 'overview.budgetNearly', { budget });
      return item(`budget ${id}`, text, usedUp, { to: '/usage', search: {} });
    }),
    agentsWithoutModel[0] !== undefined &&
      ofAgents('model', t('overview.withoutModel', { names: namesOf(agentsWithoutModel) }), agentsWithoutModel),
    ownerless[0] !== undefined && ofAgents('owner', t('overview.noOwner', { names: namesOf(ownerless) }), ownerless),
    due[0] !== undefined && ofAgents('review', t('overview.reviewDue', { names: namesOf(due) }), due),
    approvals.oldestAt !== null &&
      item(
        'approvals',
        t('overview.approvals', { count: approvals.waiting, since: formats.dateTime(approvals.oldestAt) }),
        false,
        { to: '/audit', search: { topic: 'approvals' } },
      ),
    unreadableDocuments > 0 &&
      item('unreadable', t('overview.unreadable', { count: unreadableDocuments }), false, {
        to: '/knowledge',
        search: {},
      }),
    ...licenceItems(),
    backupItem(),
    updateItem(),
  ];
  return items.filter((found) => typeof found === 'object' && found !== null);

  function item(key: string, text: string, isUrgent: boolean, place: Place): AttentionItem {
    return { key, text, isUrgent, place };
  }

  function namesOf(agents: readonly { name: string }[]): string {
    return new Intl.ListFormat(locale).format(agents.map(({ name }) => name));
  }

  /** Leads to the first of them; what is mended there leaves the list. */
  function ofAgents(key: string, text: string, [first]: readonly { id: string }[]): AttentionItem | undefined {
    if (!first) return undefined;
    const search = { tab: 'general' };
    return item(key, text, false, { to: '/agents/$agentId/settings', params: { agentId: first.id }, search });
  }

  function licenceItems(): AttentionItem[] {
    const { enterprise, expiresAt, daysRemaining, maxUsers, seatsUsed } = licence;
    const place = settings('licence');
    const found: AttentionItem[] = [];
    if (!enterprise && expiresAt !== null)
      found.push(item('licence', t('overview.licenceExpired', { date: formats.date(expiresAt) }), false, place));
    if (enterprise && daysRemaining !== null && daysRemaining <= endingLicenceDays)
      found.push(item('licence', t('overview.licenceEnds', { count: Math.max(1, daysRemaining) }), false, place));
    if (enterprise && maxUsers > 0 && seatsUsed >= maxUsers)
      found.push(item('seats', t('overview.seats', { maximum: maxUsers }), false, place));
    return found;
  }

  /** The background check runs every six hours, unless no process has its jobs switched on. */
  function unverifiedItem(): AttentionItem | undefined {
    const place: Place = { to: '/audit', search: {} };
    if (trail.lastCheck) {
      const count = Math.floor((now - Date.parse(trail.lastCheck.at)) / dayMs);
      return count < 1 ? undefined : item('unverified', t('overview.trailUnverified', { count }), false, place);
    }
    const wasUsedBefore = overview.activity.slice(0, -1).some(({ questions }) => questions > 0);
    return wasUsedBefore ? item('unverified', t('overview.trailNeverVerified'), false, place) : undefined;
  }

  function updateItem(): AttentionItem | undefined {
    const { version, update } = overview;
    if (!update) return undefined;
    const text = t('overview.update', { version: update.version, running: version });
    const help = t('overview.updateHelp');
    return { key: 'update', text, help, isUrgent: false, ...(update.url !== null && { link: update.url }) };
  }

  /** While other first steps are open, a missing backup is one of them and no alarm. */
  function backupItem(): AttentionItem | undefined {
    const { lastBackupAt } = overview;
    const help = t('overview.backupHelp');
    if (lastBackupAt === null)
      return isOnlyBackupOpen(steps)
        ? { key: 'backup', text: t('overview.noBackup'), help, isUrgent: false }
        : undefined;
    const count = Math.floor((now - Date.parse(lastBackupAt)) / dayMs);
    if (count < oldBackupDays) return undefined;
    return { key: 'backup', text: t('overview.oldBackup', { count }), help, isUrgent: false };
  }
}
