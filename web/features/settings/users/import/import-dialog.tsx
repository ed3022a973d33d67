import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../../../../api/client.ts';
import { useTranslation } from '../../../../texts/language.ts';
import { groupsQuery } from '../../groups/group-queries.ts';
import { licenceKeys, licenceQuery } from '../../licence/licence-queries.ts';
import { InviteResults } from '../invite-results.tsx';
import { LinkModal } from '../link-modal.tsx';
import { type InviteOutcome, type InviteRequest, peopleCsv, writtenOf } from '../links-csv.ts';
import { doForEach } from '../outcomes.ts';
import { invitesQuery, userKeys, usersQuery } from '../user-queries.ts';
import { ImportPreview } from './import-preview.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportSource } from './import-source.tsx';
import { type InviteRow, readInviteList } from './read-invite-list.ts';

type Step =
  | { name: 'source' }
  | { name: 'preview' }
  | { name: 'working'; done: number; total: number }
  | { name: 'results'; outcomes: readonly InviteOutcome[]; stopped: number; leftOut: readonly InviteRow[] };

/** Invites everybody of a list: what it holds, what is wrong with it, how far one is, and the links. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [step, setStep] = useState<Step>({ name: 'source' });
  const [text, setText] = useState('');
  const [isKept, setIsKept] = useState(false);
  const stop = useRef(new AbortController());
  const licence = useQuery(licenceQuery);
  const isLicensed = licence.data?.enterprise === true;
  const { data: users = [] } = useQuery(usersQuery);
  const { data: invites = [] } = useQuery(invitesQuery);
  const { data: groups = [] } = useQuery({ ...groupsQuery, enabled: isLicensed });
  const seats = licence.data && licence.data.maxUsers > 0 ? licence.data.maxUsers - licence.data.seatsUsed : undefined;

  const work = async (requests: readonly InviteRequest[], leftOut: readonly InviteRow[]) => {
    stop.current = new AbortController();
    setIsKept(false);
    setStep({ name: 'working', done: 0, total: requests.length });
    const outcomes = await doForEach(requests, inviteOne, {
      signal: stop.current.signal,
      onProgress: (done) => setStep({ name: 'working', done, total: requests.length }),
    });
    setStep({ name: 'results', outcomes, stopped: requests.length - outcomes.length, leftOut });
    await queryClient.invalidateQueries({ queryKey: userKeys.invites });
    await queryClient.invalidateQueries({ queryKey: licenceKeys.status });
  };
  const close = () => {
    // Whoever gives up the links that there are wants no more of them.
    stop.current.abort();
    onClose();
  };
  const hasLinks = step.name === 'results' && step.outcomes.some(({ result }) => result);
  return (
    <LinkModal
      opened
      onClose={close}
      title={t(step.name === 'results' ? 'settings.users.linksTitle' : 'people.import.title')}
      size={step.name === 'source' ? 'lg' : 'xl'}
      holdsLink={step.name === 'working' || hasLinks}
      isKept={isKept}
    >
      {(leave) => (
        <>
          {step.name === 'source' && (
            <ImportSource
              text={text}
              onText={setText}
              onNext={() => setStep({ name: 'preview' })}
              onCancel={onClose}
              hasGroups={groups.length > 0}
            />
          )}
          {step.name === 'preview' && (
            <ImportPreview
              rows={readInviteList(text, { users, invites, groups, isLicensed })}
              seats={seats}
              onBack={() => setStep({ name: 'source' })}
              onInvite={(requests, leftOut) => void work(requests, leftOut)}
            />
          )}
          {step.name === 'working' && (
            <ImportProgress done={step.done} total={step.total} onStop={() => stop.current.abort()} />
          )}
          {step.name === 'results' && (
            <InviteResults
              outcomes={step.outcomes}
              stopped={step.stopped}
              leftOut={step.leftOut.length}
              onKept={() => setIsKept(true)}
              onCorrect={(refused) =>
                leave(() => {
                  setText(peopleCsv([...step.leftOut.map(({ written }) => written), ...refused.map(writtenOf)]));
                  setStep({ name: 'source' });
                })
              }
              onClose={() => leave(close)}
            />
          )}
        </>
      )}
    </LinkModal>
  );
}

const inviteOne = ({ email, name, role, groups }: InviteRequest) =>
  call('inviteUser', {
    body: { email, role, ...(name && { name }), ...(groups.length > 0 && { groupIds: groups.map(({ id }) => id) }) },
  });
