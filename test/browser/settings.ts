import { beforeAll, expect, it } from 'vitest';
import { type Agent, findBarriers, type People, signIn } from './stage.ts';

/** Hours, discounts and thresholds, changed by the supervisor while the desk runs. */
export function testSettings(people: People): void {
  let chief: Agent['page'];

  beforeAll(async () => {
    const { stage } = people();
    chief = await stage.openPage('/settings');
    await signIn(chief, stage.desk.person('supervisor'));
    await chief.getByRole('heading', { name: '营业时间' }).waitFor();
  });

  const read = async () =>
    (await (await chief.request.get(`${people().stage.desk.url}/api/settings`)).json()) as {
      revision: number;
      parts: Record<string, Record<string, unknown>>;
    };

  it('a value that makes no sense is refused beside its field, and the right one is saved', async () => {
    const quiet = chief.getByLabel('免打扰时段');
    await quiet.fill('25:00-09:00');
    await quiet.press('Enter');
    await chief.getByRole('alert').getByText('免打扰时段：写成“开始-结束”').waitFor();
    expect(await quiet.getAttribute('aria-invalid')).toBe('true');
    expect(await findBarriers(chief)).toEqual([]);
    await quiet.fill('21:30-09:00');
    await quiet.press('Enter');
    await chief.getByText('已保存').first().waitFor();
    expect((await read()).parts['quietHours']).toBe('21:30-09:00');
  });

  it('a week with a break, holidays and special days is written as text, refused by its place, and taken back', async () => {
    await chief.getByRole('button', { name: '按周安排' }).press('Enter');
    const monday = chief.getByLabel('周一');
    expect(await monday.inputValue()).toBe('09:00-22:00');
    await monday.fill('09:00-12:00 11:00-18:00');
    await monday.press('Enter');
    await chief.getByRole('alert').getByText('每周：有两段时间重叠了').waitFor();
    await monday.fill('9:00－12:00，13：00-18:00');
    await chief.getByLabel('周日').fill('休息');
    await chief.getByLabel('法定节假日休息').check();
    const dates = chief.getByLabel('特别的日子');
    await dates.fill('2031-01-22 至 2031-01-24 休息\n除夕 休息');
    await monday.press('Enter');
    await chief.getByRole('alert').getByText('特别的日子第 2 行').waitFor();
    await dates.fill('2031-01-22 至 2031-01-24 休息');
    await chief.getByLabel('节假日已写进上面的年份').fill('2031');
    expect(await findBarriers(chief)).toEqual([]);
    await monday.press('Enter');
    await expect
      .poll(async () => (await read()).parts['schedule'])
      .toMatchObject({
        week: { mon: ['09:00-12:00', '13:00-18:00'], tue: ['09:00-22:00'], sun: [] },
        holidays: 'cn',
        dates: { '2031-01-22': [], '2031-01-24': [] },
        enteredYears: [2031],
      });
    await expect.poll(() => monday.inputValue()).toBe('09:00-12:00 13:00-18:00');
    await chief.getByRole('button', { name: '改回每天一样' }).click();
    await chief.getByRole('alertdialog').getByRole('button', { name: '改回', exact: true }).click();
    await expect.poll(async () => (await read()).parts['schedule']).toBeUndefined();
  });

  it('closed days are a line each or a stretch', async () => {
    const days = chief.getByLabel('哪些天没有人上班');
    await days.fill('2031-02-01 至 2031-02-03');
    await days.press('Tab');
    await chief.keyboard.press('Enter');
    await expect
      .poll(async () => (await read()).parts['closedDays'])
      .toEqual(['2031-02-01', '2031-02-02', '2031-02-03']);
    await days.fill('');
    await days.press('Tab');
    await chief.keyboard.press('Enter');
    await expect.poll(async () => (await read()).parts['closedDays']).toEqual([]);
  });

  it('the authority of agents and the time of an answer are saved together', async () => {
    await chief.getByRole('link', { name: '优惠', exact: true }).click();
    const authority = chief.getByLabel('客服一单最多优惠');
    expect(await authority.inputValue()).toBe('20');
    await authority.fill('20.x');
    await chief.getByText('可以填 0 到 10000。').waitFor();
    await authority.fill('25');
    await chief.getByLabel('告诉买家多久有答复').fill('10');
    expect(await findBarriers(chief)).toEqual([]);
    await chief.getByLabel('告诉买家多久有答复').press('Enter');
    await expect.poll(async () => (await read()).parts['discounts']).toEqual({ answerMinutes: 10, validMinutes: 120 });
    expect((await read()).parts['shop']?.['authorityYuan']).toBe(25);
    await authority.fill('20');
    await authority.press('Enter');
    await expect.poll(async () => (await read()).parts['shop']?.['authorityYuan']).toBe(20);
  });

  it('a threshold is shown in its own unit, kept in the record’s, and goes back to its default', async () => {
    await chief.getByRole('link', { name: '买家特征' }).click();
    const fast = chief.getByLabel(/^从开口到下单，算快/);
    expect(await fast.inputValue()).toBe('15');
    await fast.fill('20');
    await fast.press('Enter');
    await expect
      .poll(async () => (await read()).parts['profiling'])
      .toEqual({
        thresholds: { decideFastMs: 1_200_000 },
      });
    expect(await findBarriers(chief)).toEqual([]);
    await chief.getByRole('button', { name: '全部用默认' }).click();
    await expect.poll(async () => (await read()).parts['profiling']).toBeUndefined();
    await expect.poll(() => fast.inputValue()).toBe('15');
    await chief.context().close();
  });
}
