import { AppError } from '../../platform/errors.ts';
import { InvalidDataDirectory, listDataDirectories, listSubdirectories } from '../../tools/files/data-directories.ts';

/** Lists the directories of /data, or of one below it. That one is 404 where it could not be granted. */
export const createDirectoryList = (dataRoot: string) => async (path?: string) => {
  if (path === undefined) return listDataDirectories(dataRoot);
  try {
    return await listSubdirectories(dataRoot, path);
  } catch (error) {
    throw error instanceof InvalidDataDirectory ? new AppError('not_found', error.message) : error;
  }
};
