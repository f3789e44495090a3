/** Sentences about how a buyer speaks, and whether a person is needed. */
export const zhMood = {
  'urgency.soon': '希望尽快',
  'urgency.now': '要求马上',
  'mood.sarcasm': '反话',
  'mood.because': '依据：{words}',
  'human.asked': '要找真人',
  'human.anger': '情绪激动，请人工接待',
  'human.threat': '威胁投诉，请人工接待',
  'human.harm': '有人受伤或有危险，请人工处理',
  'human.circles': '反复问同一件事，请人工接待',
  'human.dissatisfied': '签收后不满，请尽快联系',
} as const;
