import { expect, it } from 'vitest';
import { findBarriers, type People } from './stage.ts';

/** Nobody is shut out. */
export function testBarriers(people: People): void {
  it.each(['light', 'dark'] as const)('the console has none in the %s scheme', async (colorScheme) => {
    const { agent } = people();
    await agent.page.emulateMedia({ colorScheme });
    await agent.open('买家02');
    await agent.draft.fill('加我微信，全网最好');
    await agent.page.getByRole('status', { name: '出口检查' }).getByText('禁止').first().waitFor();
    expect(await findBarriers(agent.page)).toEqual([]);
    await agent.draft.fill('');
    await agent.page.emulateMedia({ colorScheme: 'light' });
  });

  it('the console fits 1024 pixels', async () => {
    const { agent } = people();
    await agent.page.setViewportSize({ width: 1024, height: 720 });
    expect(await agent.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1024);
    const bar = await agent.page.getByRole('button', { name: '退出登录' }).boundingBox();
    expect(bar!.x + bar!.width).toBeLessThanOrEqual(1024);
  });

  it.each(['/shop', '/supervisor', '/library', '/console'])('%s has none at its entrance', async (path) => {
    const { stage } = people();
    const page = await stage.openPage(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.context().close();
  });

  it('the open chat has none', async () => {
    const { stage } = people();
    const buyer = await stage.openBuyer('demo-02');
    expect(await findBarriers(buyer.page)).toEqual([]);
  });
}
