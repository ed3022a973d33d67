import { dictionary } from '@zxcvbn-ts/language-common';
import type { Plugin } from 'vite';
import { passwordLength } from '../contract/password.ts';

const name = 'virtual:common-passwords';

/**
 * Lets the web app import the list of passwords that the server refuses, as far as they are long enough to be refused by it: the
 * package itself would bring three times as much to the browser.
 */
export const commonPasswords: Plugin = {
  name: 'common-passwords',
  resolveId: (id) => (id === name ? `\0${name}` : undefined),
  load(id) {
    if (id !== `\0${name}`) return undefined;
    const common = dictionary['passwords-common'] as string[];
    const list = common.filter(({ length }) => length >= passwordLength.min && length <= passwordLength.max);
    return `export default ${JSON.stringify(list.toSorted().join('\n'))}`;
  },
};
