/** Sentences of the settings, in Chinese. */
export const zhSettings = {
  'settings.title': '设置',
  'settings.supervisorOnly': '设置由主管管理。',
  'settings.saved': '已保存，几秒内生效。',
  'settings.save': '保存',
  'settings.hours': '营业时间',
  'settings.hoursLead': '时间按店铺所在时区，写作“开始-结束”，可以跨过零点。',
  'settings.hours.hours': '在线时间',
  'settings.hours.quiet': '免打扰时段',
  'settings.hours.replyBy': '次日几点前回复留言',
  'settings.hours.schedule': '本店另有按周和节假日的安排，它优先于上面的在线时间。',
} as const;
