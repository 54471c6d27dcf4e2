import { join } from "node:path";
import { expect } from "@playwright/test";
import { ensureBrowser, installedBrowser } from "@/e2e/support/browser";
import { type Folder, test } from "@/e2e/support/folder";

const WORKS = "#!/bin/sh\necho Chromium 1.2.3\n";
const BROKEN = "#!/bin/sh\necho 'error while loading shared libraries: libnss3.so' >&2\nexit 127\n";

/** A machine whose only programs are those in the folder, and whose downloads all fail at once. */
function machine(folder: Folder, env: Record<string, string> = {}, isRoot = false) {
  return {
    env: {
      PATH: join(folder.path, "bin"),
      HOME: folder.path,
      PLAYWRIGHT_DOWNLOAD_HOST: "http://127.0.0.1:9",
      ...env,
    } as unknown as NodeJS.ProcessEnv,
    folders: [],
    isRoot,
  };
}

test.describe("the browser for the portal's tests", () => {
  test.skip(process.platform === "win32", "the programs here are shell scripts");

  test("is the one that PLAYWRIGHT_CHROMIUM names, before any other", async ({ folder }) => {
    await folder.write("bin/chromium", WORKS, 0o755);
    const mine = await folder.write("mine", WORKS, 0o755);
    expect(await ensureBrowser(machine(folder, { PLAYWRIGHT_CHROMIUM: mine }))).toBe(mine);
  });

  test("is an installed one: the headless shell, Chromium, Chrome", async ({ folder }) => {
    const chrome = await folder.write("bin/google-chrome", WORKS, 0o755);
    expect(installedBrowser(machine(folder))).toBe(chrome);
    const chromium = await folder.write("bin/chromium", WORKS, 0o755);
    expect(installedBrowser(machine(folder))).toBe(chromium);
    const shell = await folder.write("bin/chromium-headless-shell", WORKS, 0o755);
    expect(installedBrowser(machine(folder))).toBe(shell);
  });

  test("is not a folder or a file that can't be run", async ({ folder }) => {
    await folder.write("bin/chromium/readme", "");
    await folder.write("bin/google-chrome", WORKS, 0o644);
    expect(installedBrowser(machine(folder))).toBeUndefined();
  });

  test("is the newest that Playwright downloaded before", async ({ folder }) => {
    const cache = ".cache/ms-playwright";
    await folder.write(`${cache}/chromium-999/chrome-linux/chrome`, WORKS, 0o755);
    const newest = await folder.write(`${cache}/chromium-1200/chrome-linux/chrome`, WORKS, 0o755);
    expect(installedBrowser(machine(folder))).toBe(newest);
    const file = "chromium_headless_shell-1200/chrome-linux/headless_shell";
    const shell = await folder.write(`${cache}/${file}`, WORKS, 0o755);
    expect(installedBrowser(machine(folder))).toBe(shell);
  });

  for (const name of ["chromium-headless-shell", "chromium"]) {
    test(`is ${name} by apt-get where we are root and nothing else helps`, async ({ folder }) => {
      const program = join(folder.path, "bin", name);
      const apt = `#!/bin/sh
        case "$*" in
          *update) : > ${folder.path}/updated ;;
          *install*" ${name}") [ -e ${folder.path}/updated ] || exit 100
            printf '#!/bin/sh\\nexit 0\\n' > ${program}
            /bin/chmod 755 ${program} ;;
          *) exit 100 ;;
        esac`;
      await folder.write("bin/apt-get", apt, 0o755);
      expect(await ensureBrowser(machine(folder, {}, true))).toBe(program);
    });
  }

  test("that can't be had is explained: every attempt, and what to do", async ({ folder }) => {
    await folder.write("bin/chromium", BROKEN, 0o755);
    const failure = await ensureBrowser(machine(folder)).catch((error: Error) => error.message);
    expect(failure).toContain("libnss3.so");
    expect(failure).toContain("playwright install chromium: exit 1");
    expect(failure).toContain("apt-get install chromium: needs root");
    expect(failure).toContain("PLAYWRIGHT_CHROMIUM=");
  });

  test("that is named but does not start is not silently replaced", async ({ folder }) => {
    await folder.write("bin/chromium", WORKS, 0o755);
    const named = machine(folder, { PLAYWRIGHT_CHROMIUM: join(folder.path, "absent") });
    await expect(ensureBrowser(named)).rejects.toThrow(/PLAYWRIGHT_CHROMIUM: .*absent/);
  });
});
