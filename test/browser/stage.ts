/** One desk and one browser for all the tests of the pages, and the people who use them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Locator, type Page, type WebSocketRoute } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from './find-chromium.ts';
import { startDesk, type TestDesk } from './start-desk.ts';

/** How long the pages may take on a slow machine. */
const PATIENCE_MS = 40_000;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A desk, a browser, and the errors the pages have made. */
export interface Stage {
  desk: TestDesk;
  browser: Browser;
  /** Exceptions and console errors of every page so far. */
  errors: string[];
  openPage(path: string, viewport?: { width: number; height: number }): Promise<Page>;
  /** Becomes a demo buyer on the one page of the shop: only one is there at a time. */
  openBuyer(buyer: string): Promise<Buyer>;
  openAgent(login: string): Promise<Agent>;
  close(): Promise<void>;
}

/** A buyer with the chat open. */
export interface Buyer {
  page: Page;
  say(text: string): Promise<void>;
  /** A message in the chat. */
  message(text: string | RegExp): Locator;
}

/** An agent at the console. */
export interface Agent {
  page: Page;
  draft: Locator;
  chips: Locator;
  open(buyerName: string): Promise<void>;
  /** A recorded message in the open conversation. */
  message(text: string | RegExp): Locator;
  /** Cuts the socket; nothing gets through until `mend`. */
  cutLine(): Promise<void>;
  mendLine(): void;
}

/** Starts a desk and a browser. */
export async function openStage(): Promise<Stage> {
  const [desk, executablePath] = await Promise.all([startDesk(), findChromium()]);
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const errors: string[] = [];
  let buyerPage: Page | undefined;

  async function openPage(path: string, viewport = { width: 1360, height: 860 }): Promise<Page> {
    const context = await browser.newContext({ viewport, locale: 'zh-CN', reducedMotion: 'reduce' });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
    page.on('console', (line) => {
      // Asking who is signed in is answered 401 before anybody is, a wrong value 400: the browser writes both down.
      if (line.type() === 'error' && !/status of 40[01]/.test(line.text())) errors.push(line.text());
    });
    if (path !== '') await page.goto(desk.url + path);
    return page;
  }

  return {
    desk,
    browser,
    errors,
    openPage,
    async openBuyer(buyer) {
      buyerPage ??= await openPage('/shop');
      return await meetBuyer(buyerPage, buyer);
    },
    openAgent: async (login) => {
      const page = await openPage('');
      const line = await holdLine(page);
      await page.goto(`${desk.url}/console`);
      await signIn(page, desk.person(login));
      await page.getByText('已连接').waitFor();
      return meetAgent(page, line);
    },
    async close() {
      await browser.close();
      await desk.close();
    },
  };
}

async function meetBuyer(page: Page, buyer: string): Promise<Buyer> {
  await page.getByLabel('我是').selectOption(buyer);
  const opener = page.getByRole('button', { name: '联系客服' });
  const chat = page.getByRole('region', { name: /客服$/ });
  await opener.or(chat).waitFor();
  if (await opener.isVisible()) await opener.click();
  const field = chat.getByLabel('给客服发消息');
  return {
    page,
    message: (text) => chat.getByRole('log').getByText(text),
    async say(text) {
      await field.fill(text);
      await field.press('Enter');
      await chat.getByRole('log').getByText(text).last().waitFor();
    },
  };
}

/** Fills the sign-in form and sends it. */
export async function signIn(page: Page, { login, password }: { login: string; password: string }): Promise<void> {
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录', exact: true }).click();
}

function meetAgent(page: Page, line: { cut(): Promise<void>; mend(): void }): Agent {
  const draft = page.getByLabel('回复买家');
  return {
    page,
    draft,
    chips: page.getByRole('region', { name: '推荐话术' }).getByRole('listitem'),
    message: (text) => page.getByRole('log').getByRole('listitem').filter({ hasText: text }),
    async open(buyerName) {
      await page.getByRole('tab', { name: '全部' }).click();
      await page.getByRole('option', { name: buyerName }).click();
      await page.getByRole('heading', { level: 2, name: buyerName }).first().waitFor();
    },
    cutLine: line.cut,
    mendLine: line.mend,
  };
}

/** Stands between a page and the desk's socket. */
async function holdLine(page: Page): Promise<{ cut(): Promise<void>; mend(): void }> {
  const lines = new Set<WebSocketRoute>();
  let broken = false;
  await page.routeWebSocket(/\/ws$/, (line) => {
    if (broken) {
      void line.close({ code: 1001 });
      return;
    }
    line.connectToServer();
    lines.add(line);
  });
  return {
    async cut() {
      broken = true;
      await Promise.all([...lines].map((line) => line.close({ code: 1001 })));
      lines.clear();
    },
    mend() {
      broken = false;
    },
  };
}

/** What a checker of accessibility finds serious or critical on a page, one line each. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Evaluated in the page's world by the browser itself, so the content security policy does not matter.
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

/** What the journeys work with. */
export type People = () => { stage: Stage; agent: Agent };
