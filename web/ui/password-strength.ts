/**
 * How hard an accepted password is to guess, roughly, from 1 (easy) to 4. Counts only characters that tell something new: runs
 * and repetitions do not.
 */
export function passwordStrength(password: string): 1 | 2 | 3 | 4 {
  let told = 0;
  for (let index = 0; index < password.length; index += 1) {
    const step = password.charCodeAt(index) - password.charCodeAt(index - 1);
    const isRun = index > 0 && Math.abs(step) <= 1;
    const isRepetition = index > 1 && password.slice(0, index).includes(password.slice(index - 1, index + 1));
    told += isRun || isRepetition ? 0.25 : 1;
  }
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  const score = told + (kinds - 1) * 1.5;
  if (score < 8.5) return 1;
  if (score < 12) return 2;
  return score < 16 ? 3 : 4;
}
