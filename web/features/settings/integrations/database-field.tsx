import { Autocomplete, Button } from '@mantine/core';
import type { AutocompleteProps } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { call } from '../../../api/client.ts';
import classes from './integrations.module.css';

interface DatabaseFieldProps {
  /** The address that the databases are asked of. */
  url: string;
  input: Pick<AutocompleteProps, 'value' | 'onChange' | 'error'>;
  onChoose: (database: string) => void;
  /** Takes an address that cannot be used; an Odoo that keeps its list to itself is no error of the form. */
  onError: (error: unknown) => void;
}

/** The database's name, with those that the Odoo lists, where it does. */
export function DatabaseField({ url, input, onChoose, onError }: DatabaseFieldProps) {
  const { t } = useTranslation();
  const [listedFrom, setListedFrom] = useState('');
  const list = useMutation({
    mutationFn: (address: string) => call('listIntegrationDatabases', { body: { url: address } }),
    onSuccess: ({ databases: listed }, address) => {
      setListedFrom(address);
      const [only] = listed;
      if (listed.length === 1 && only !== undefined) onChoose(only);
    },
    onError,
  });
  // The list of one address says nothing about another.
  const found = list.data && listedFrom === url ? list.data.databases : undefined;
  const databases = found ?? [];
  const hint = () => {
    if (list.isError && list.variables === url) return t('integrations.dbNone');
    if (!found) return undefined;
    if (databases.length === 0) return t('integrations.dbNone');
    return t('integrations.dbFound', { count: databases.length, name: databases[0] ?? '' });
  };
  const withListButton = (field: ReactNode) => (
    <div className={classes.database}>
      {field}
      <Button variant="default" disabled={url === ''} loading={list.isPending} onClick={() => list.mutate(url)}>
        {t('integrations.dbList')}
      </Button>
    </div>
  );
  return (
    <Autocomplete
      label={t('integrations.db')}
      description={hint()}
      data={[...new Set(databases)]}
      autoComplete="off"
      inputContainer={withListButton}
      {...input}
    />
  );
}
