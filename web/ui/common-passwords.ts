let loading: Promise<ReadonlySet<string>> | undefined;

/** The passwords that the server refuses although they are long enough; loaded when somebody chooses one. */
export function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= import('virtual:common-passwords').then(
    ({ default: list }) => new Set(list.split('\n')),
    () => {
      // The server refuses them all the same.
      loading = undefined;
      return new Set<string>();
    },
  );
  return loading;
}
