import { expect, it } from 'vitest';
import { findBarriers, type People, signIn } from './stage.ts';

const ASKS_SHIPPING = '发什么快递，几天能到？';
const COUNTDOWN = /\d+ 秒后自动发送 · 按任意键停止/;
const ANSWER = /付款后48小时内/;

/** A countdown: seen, stopped by a key, sent, voided by a take-over; and the page where it is let go. */
export function testAutomatic(people: People): void {
  it('the supervisor lets low-risk shipping answers count down, and what is never possible cannot be chosen', async () => {
    const { stage } = people();
    const page = await stage.openPage('/settings#/modes');
    await signIn(page, stage.desk.person('supervisor'));
    await page.getByText('不在表里的永远由人来发').waitFor();
    expect(await page.getByLabel(/让步与担责/).count()).toBe(0);
    const away = page.getByLabel(/^售前，无人在线，只说查得到的事实/).getByRole('option', { name: '倒计时发送' });
    expect(await away.isDisabled()).toBe(true);
    for (const family of ['售前', '订单', '物流']) {
      const row = page.getByRole('row', { name: new RegExp(`^${family} `) });
      await row.getByRole('combobox').first().selectOption('semi');
      await row.getByLabel(/倒计时秒数$/).fill('30');
    }
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已保存，几秒内生效。').waitFor();

    await page.getByLabel('买家说').fill('能便宜点吗');
    await page.getByRole('button', { name: '试一下' }).click();
    const outcome = page.getByRole('status', { name: '结果' });
    await outcome.getByText('没有规则放开它').waitFor();
    await page.getByLabel('买家说').fill(ASKS_SHIPPING);
    await page.getByRole('button', { name: '试一下' }).click();
    await outcome.getByText('倒计时发送').waitFor();
    await outcome.getByText('SCR-85').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await page.context().close();
  });

  it('a countdown is seen and announced, and any key stops it; the chip says why and is used as ever', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-01');
    await buyer.say(ASKS_SHIPPING);
    await agent.open('买家01');
    const line = agent.chips.first().getByText(COUNTDOWN);
    await line.waitFor();
    await agent.chips
      .first()
      .getByText(/^推荐将在 \d+ 秒后自动发送，按任意键停止。$/)
      .waitFor();
    expect(await findBarriers(agent.page)).toEqual([]);
    await agent.page.keyboard.press('Shift');
    await agent.chips.first().getByText('已停止自动发送').waitFor();
    expect(await line.count()).toBe(0);
    await agent.page.keyboard.press('Alt+1');
    await expect.poll(() => agent.draft.inputValue()).toMatch(ANSWER);
    await agent.draft.fill('');
    expect(await buyer.message(ANSWER).count()).toBe(0);
  });

  it('in the list another chat’s countdown is seen and stopped', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-05');
    await buyer.say(ASKS_SHIPPING);
    const others = agent.page.getByRole('region', { name: '其他会话即将自动发送' });
    await others.getByText('买家05').waitFor();
    await others.getByRole('button', { name: '停止给买家05的自动发送' }).click();
    await others.waitFor({ state: 'hidden' });
  });

  it('a take-over voids it, on every console', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-05');
    await buyer.say(ASKS_SHIPPING);
    await agent.open('买家05');
    await agent.chips.first().getByText(COUNTDOWN).waitFor();
    const second = await stage.openAgent('agent2');
    await second.open('买家05');
    await second.chips.first().getByText(COUNTDOWN).waitFor();
    await second.page.getByRole('button', { name: /接管/ }).click();
    await agent.chips.first().getByText('会话已接管，不再自动发送').waitFor();
    await second.page.getByRole('button', { name: /交还/ }).click();
    await second.page.context().close();
  });

  it('left alone it is sent when it ends', async () => {
    const { stage, agent } = people();
    const { ledger, desk } = stage.desk.app;
    const shop = (await ledger.people.shop('demo'))!;
    const modes = {
      ...shop.settings.modes,
      rules: shop.settings.modes.rules.map((rule) => ({ ...rule, delaySec: 5 })),
    };
    await ledger.people.saveShop({ ...shop, settings: { ...shop.settings, modes } }, desk.clock.now());
    desk.window.forget('demo');
    const buyer = await stage.openBuyer('demo-07');
    await buyer.say(ASKS_SHIPPING);
    await agent.open('买家07');
    await agent.chips.first().getByText(COUNTDOWN).waitFor();
    await buyer.message(ANSWER).waitFor();
    await agent
      .message(ANSWER)
      .filter({ hasText: /自动回复\s*SCR-85/ })
      .waitFor();
    await expect.poll(() => agent.chips.count()).toBe(0);
    await ledger.people.saveShop(
      { ...shop, settings: { ...shop.settings, modes: { ...modes, rules: [] } } },
      desk.clock.now(),
    );
    desk.window.forget('demo');
  });
}
