import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { CreatedInvite } from '../../../../contract/users.ts';
import { CopyLink } from '../../../ui/copy-link.tsx';
import { InviteForm, type InviteValues } from './invite-form.tsx';
import { inviteLink } from './invite-link.ts';
import { InviteResults } from './invite-results.tsx';
import type { Outcome } from './outcomes.ts';

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
  isLicensed: boolean;
}

const nobodyYet: InviteValues = { email: '', role: 'member', groupIds: [] };

/** Asks whom to invite, then shows the link, or the links of several, which are there only now. */
export function InviteDialog({ opened, onClose, isLicensed }: InviteDialogProps) {
  const { t } = useTranslation();
  const [invite, setInvite] = useState<CreatedInvite | null>(null);
  const [outcomes, setOutcomes] = useState<readonly Outcome<string, CreatedInvite>[] | null>(null);
  const [values, setValues] = useState(nobodyYet);
  const reset = () => {
    setInvite(null);
    setOutcomes(null);
    setValues(nobodyYet);
  };
  const hasResult = invite !== null || outcomes !== null;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(
        outcomes ? 'settings.users.linksTitle' : invite ? 'settings.users.linkTitle' : 'settings.users.inviteTitle',
      )}
      closeOnClickOutside={!hasResult}
      onExitTransitionEnd={reset}
      size={outcomes ? 'lg' : 'md'}
    >
      {invite && <OneLink invite={invite} onClose={onClose} />}
      {outcomes && (
        <InviteResults
          outcomes={outcomes}
          onCorrect={(addresses) => {
            setValues({ ...values, email: addresses.join('\n') });
            setOutcomes(null);
          }}
          onClose={onClose}
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
          isLicensed={isLicensed}
        />
      )}
    </Modal>
  );
}

function OneLink({ invite, onClose }: { invite: CreatedInvite; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <CopyLink
        hint={invite.email ? t('settings.users.linkHintFor', { email: invite.email }) : t('settings.users.linkHint')}
        link={inviteLink(invite.token)}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
      </Group>
    </Stack>
  );
}
