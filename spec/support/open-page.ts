import { chromium, type Page } from "playwright-core";
import { chromiumPath } from "./chromium.js";

/** What a request is answered with: a file, or a text; its type is told by the ending of its name. */
export type Answer = { readonly path: string } | { readonly body: string; readonly contentType: string };

const SITE = "http://spikeline.test/";

/**
 * Opens a page in Chromium, closed when it was used. No request leaves the machine: each is answered here, or fails.
 *
 * @param answer what stands at a path, "" for the page itself; undefined where nothing does
 * @param use gets the page when all of it is loaded, and the errors that it throws as they come
 */
export async function openPage<T>(
  answer: (path: string) => Answer | undefined,
  use: (page: Page, errors: readonly string[]) => Promise<T>,
): Promise<T> {
  const browser = await chromium.launch({
    ...(chromiumPath !== undefined && { executablePath: chromiumPath }),
    args: ["--no-sandbox"],
  });
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.route("**", (route) => {
      const url = route.request().url();
      const found = url.startsWith(SITE) ? answer(url.slice(SITE.length)) : answer(url);
      return found ? route.fulfill(found) : route.abort();
    });
    await page.goto(SITE, { waitUntil: "load" });
    return await use(page, errors);
  } finally {
    await browser.close();
  }
}
