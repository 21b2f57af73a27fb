import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Answer, openPage } from "../support/open-page.js";

/**
 * What a page shows that lies in a folder, and the errors that it throws.
 *
 * @param elsewhere what stands at addresses of others
 */
export function shownIn(
  folder: string,
  elsewhere: (address: string) => Answer | undefined = () => undefined,
): Promise<string> {
  const answer = (path: string): Answer | undefined => {
    if (path.includes(":")) return elsewhere(path);
    const file = join(folder, path === "" ? "index.html" : path);
    return existsSync(file) && statSync(file).isFile() ? { path: file } : undefined;
  };
  return openPage(answer, async (page, errors) => {
    const shown = page.getByText("calls in flight").innerText({ timeout: 10_000 });
    return [await shown.catch(() => page.innerText("body")), ...errors].join("\n");
  });
}
