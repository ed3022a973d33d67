import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { CreatedInvite } from '../../../../contract/users.ts';
import { CopyLink } from '../../../ui/copy-link.tsx';
import { InviteForm, type InviteValues } from './invite-form.tsx';
import { inviteLink } from './invite-link.ts';
import { InviteResults } from './invite-results.tsx';
import { LinkModal } from './link-modal.tsx';
import type { InviteOutcome } from './links-csv.ts';

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Goes on to inviting from a list. */
  onImport: () => void;
  isLicensed: boolean;
}

const nobodyYet: InviteValues = { email: '', role: 'member', groupIds: [] };

/** Asks whom to invite, then shows the link, or the links of several, which are there only now. */
export function InviteDialog({ opened, onClose, onImport, isLicensed }: InviteDialogProps) {
  const { t } = useTranslation();
  const [invite, setInvite] = useState<CreatedInvite | null>(null);
  const [outcomes, setOutcomes] = useState<readonly InviteOutcome[] | null>(null);
  const [values, setValues] = useState(nobodyYet);
  const [isKept, setIsKept] = useState(false);
  const [isMaking, setIsMaking] = useState(false);
  const reset = () => {
    setInvite(null);
    setOutcomes(null);
    setValues(nobodyYet);
    setIsKept(false);
  };
  const hasResult = invite !== null || outcomes !== null;
  return (
    <LinkModal
      opened={opened}
      onClose={onClose}
      title={t(
        outcomes ? 'settings.users.linksTitle' : invite ? 'settings.users.linkTitle' : 'settings.users.inviteTitle',
      )}
      holdsLink={isMaking || invite !== null || outcomes?.some(({ result }) => result) === true}
      isKept={isKept}
      onExitTransitionEnd={reset}
      size={outcomes ? 'lg' : 'md'}
    >
      {(leave) => (
        <>
          {invite && <OneLink invite={invite} onKept={() => setIsKept(true)} onClose={() => leave(onClose)} />}
          {outcomes && (
            <InviteResults
              outcomes={outcomes}
              onKept={() => setIsKept(true)}
              onCorrect={(refused) =>
                leave(() => {
                  setValues({ ...values, email: refused.map(({ email }) => email).join('\n') });
                  setOutcomes(null);
                  setIsKept(false);
                })
              }
              onClose={() => leave(onClose)}
            />
          )}
          {!hasResult && (
            <InviteForm
              initialValues={values}
              onInvited={setInvite}
              onSeveralInvited={(result, used) => {
                setValues(used);
                setOutcomes(result);
              }}
              onCancel={onClose}
              onImport={onImport}
              onMaking={setIsMaking}
              isLicensed={isLicensed}
            />
          )}
        </>
      )}
    </LinkModal>
  );
}

function OneLink({ invite, onKept, onClose }: { invite: CreatedInvite; onKept: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <CopyLink
        hint={invite.email ? t('settings.users.linkHintFor', { email: invite.email }) : t('settings.users.linkHint')}
        link={inviteLink(invite.token)}
        onCopied={onKept}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}
