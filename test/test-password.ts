/** The password of the tests' people. */
export const testPassword = 'correct horse battery';
