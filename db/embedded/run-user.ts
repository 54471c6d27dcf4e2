import { existsSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

/** Whom the server runs as: nothing set means as ourselves. PostgreSQL refuses to run as root. */
export interface RunUser {
  uid?: number;
  gid?: number;
}

/** "nobody" on practically every system; it needs an entry in the password file for initdb. */
const NOBODY = 65_534;

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * As root: the owner of the cluster if there is one already, else an unprivileged user.
 *
 * @param cluster the PostgreSQL data folder, existing or not
 */
export function runUserFor(cluster: string): RunUser {
  if (!isRoot()) return {};
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  return owner && owner.uid !== 0
    ? { uid: owner.uid, gid: owner.gid }
    : { uid: NOBODY, gid: NOBODY };
}

/** Whether that user may pass every existing folder on the way to `target`. */
export function canReach(target: string, user: RunUser): boolean {
  if (user.uid === undefined) return true;
  let folder = path.dirname(path.resolve(target));
  while (!existsSync(folder)) folder = path.dirname(folder);
  for (folder = realpathSync(folder); ; folder = path.dirname(folder)) {
    if (!mayPass(folder, user)) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

function mayPass(folder: string, { uid, gid }: RunUser): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder);
  if (owner === uid) return (mode & 0o100) !== 0;
  if (group === gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
