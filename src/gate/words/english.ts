const ACCOUNT =
  '(?:we ?chat|whats ?app|telegram|line|messenger|skype|signal|viber|instagram|facebook|qq|personal (?:e-?mail|number|account))';
const MONEY = '(?:money|payment|deposit|balance|difference|postage|amount|cash|it)';
const WALLET =
  '(?:paypal|alipay account|bank account|personal account|private account|my account|card number|we ?chat|western union|venmo|zelle|crypto|usdt)';
const PRAISE =
  '(?:(?:5|five)[- ]?stars?|good review|positive review|positive feedback|good rating|top rating|full marks|great review)';
const REVIEW = '(?:review|rating|feedback|comment)';
const REWARD =
  '(?:cash ?back|refund you|gift|coupon|voucher|reward|red packet|red envelope|\\d+ ?(?:yuan|rmb|dollars|usd)|[$¥]\\d+|discount|free)';
const RIVALS = '(?:other (?:shops?|stores?|sellers?)|that (?:shop|store|seller)|our competitors?|competitors?)';
const SLURS =
  "(?:fakes?|counterfeits?|junk|garbage|trash|rubbish|scam(?:s|mers?)?|cheat(?:s|ers?)?|lie|liars?|poor quality|low quality|bad quality|can[’']?t be trusted)";
const ILLNESS =
  '(?:insomnia|diabetes|cancer|acne|eczema|pain|arthritis|headaches?|allerg(?:y|ies)|blood pressure|blood sugar|hair loss|constipation|depression)';

/** What English texts must not say, by rule; pieces of a pattern over the plain view. */
export const ENGLISH_TABOOS: Readonly<Record<string, readonly string[]>> = {
  'TAB-22': [
    'the (?:very )?(?:best|cheapest|finest|greatest|lowest|strongest|safest|most \\w+) (?:\\w+ ){0,3}(?:in|on|of) (?:the|all|any)(?: \\w+)? (?:world|internet|market|web|country|platform|industry)',
    '(?:100|hundred) ?(?:%|percent) (?:perfect|satisfaction|satisfied|safe|sure|guaranteed|reliable)|absolutely perfect|world[- ]class|number one|no\\. ?1|we guarantee you|second to none|unbeatable|flawless|best ever|never (?:breaks?|fades?|wears? out)',
  ],
  'TAB-24': [
    "(?:will|shall|[’']ll) (?:definitely|certainly|surely|absolutely|100%) (?:arrive|ship|be (?:delivered|shipped|refunded|there|solved)|get|receive)|(?:i|we) (?:promise|guarantee) (?:that )?(?:it will|it[’']ll|to|your (?:refund|parcel|order)|the (?:refund|parcel|order)|you(?:[’']ll| will)? (?:get|receive))|guaranteed (?:delivery|arrival)|(?:definitely|guaranteed) (?:by|before|within) (?:tomorrow|\\d)",
  ],
  'TAB-26': [
    "(?:will|should|must|would|is going to|[’']ll)(?: \\w+){0,2} fits? (?:you|him|her|perfectly|well|just right)|(?:definitely|surely|certainly|perfectly) fits?|fits? (?:you )?(?:perfectly|for sure|100%)|(?:size )?(?:x{0,3}[sml]|\\d{2}) (?:is|will be|would be) (?:perfect|right|just right|fine|the right one) for you|(?:take|choose|order|pick|go for|get) (?:the )?(?:size (?:x{0,3}[sml]|\\d{2})|(?:x{0,3}[sml]))(?![a-z]),? (?:it|and it|that|you)",
  ],
  'TAB-33': [
    "(?:i|we)(?:[’']ll| will| can| could)? ?(?:just )?(?:cancel|close) (?:the|your|this|that) (?:unpaid )?order",
  ],
  'TAB-34': [
    "are you (?:stupid|blind|deaf|kidding|serious|crazy)|(?:you are|you[’']re) (?:so |too |really )?(?:stupid|ridiculous|annoying|crazy|rude|unreasonable|cheap|an idiot|a liar)|idiot|shut up|stop (?:complaining|whining|bothering|wasting)|(?:buy|take) it or leave it|waste (?:of )?my time|can[’']?t you read|use your (?:brain|eyes)|if you (?:can[’']?t|don[’']?t) (?:afford|like) it,? (?:go|don[’']?t buy|buy elsewhere)|go (?:away|complain)|whatever you say|how many times do i",
  ],
  'TAB-35': [
    "not (?:our|my) (?:problem|fault|responsibility|business|job)|nothing to do with us|(?:contact|call|ask|chase) the (?:courier|carrier|post office|manufacturer) yourself|(?:it[’']?s|that[’']?s|this is) your (?:own )?(?:fault|problem|mistake)|deal with it yourself|we (?:are|[’']re) not responsible",
  ],
  'TAB-40': [
    "(?:you )?(?:have )?(?:already )?(?:signed for|accepted|opened|used) (?:it|the (?:parcel|package|goods)),? ?(?:so )?(?:we |there |it[’']?s )?(?:can[’']?t|cannot|is nothing|yours|no longer|won[’']?t)|too late (?:to|for) (?:return|refund|exchange|complain)|past the (?:period|deadline),? (?:no|we can)",
  ],
  'TAB-41': [
    `${PRAISE}[^.!?\\n]{0,60}${REWARD}|${REWARD}[^.!?\\n]{0,40}(?:for|if|once|when|after)[^.!?\\n]{0,20}${PRAISE}`,
    `(?:leave|give|write|post|rate|need|want)(?: us| me| our shop| a| an| your)*(?: \\w+){0,2} ${PRAISE}`,
    `${REVIEW}[^.!?\\n]{0,40}(?:get|receive|earn|claim|in return for)[^.!?\\n]{0,20}${REWARD}`,
    `(?:change|edit|revise|modify|delete|remove|take down|withdraw|update) (?:your|the|that|this) (?:\\w+ ){0,2}${REVIEW}`,
  ],
  'TAB-42': [
    '(?:hi|hello|hey|dear|thanks|thank you|sorry|ok|yes),? (?:beautiful|pretty|gorgeous|handsome|girl|lady|ladies|babe|honey|sweetheart|sir|madam|miss|bro|sis|girls|guys)(?![a-z])|(?:women|girls|men|boys) (?:always|should|love to|are all|never)',
  ],
  'TAB-43': [`${RIVALS}[^.!?\\n]{0,30}${SLURS}`],
  'TAB-44': [
    `(?:send|transfer|pay|wire|remit)(?: me| us| the| your| a)*(?: ${MONEY})?(?: directly)? (?:to|via|by|through|into|with|on) (?:my|our|the boss[’']?s|a|this)?(?: \\w+){0,2} ?${WALLET}`,
    '(?:pay|transfer|send)(?: it| the money)? (?:me|us)? ?(?:directly|privately)|pay[^.!?\\n]{0,20}(?:outside|off) (?:of )?(?:the )?(?:platform|site|app)|bank transfer|wire transfer|scan my (?:qr|payment) ?code|(?:my|our) (?:bank )?(?:account|card) number|(?:skip|avoid|bypass) the platform',
  ],
  'TAB-49': [
    `(?:cures?|heals?|treats?|prevents?|relieves?|fixes) (?:\\w+ ){0,3}${ILLNESS}|no side effects?|(?:completely|totally|absolutely|100%) (?:safe|harmless|non-?toxic)|safe for (?:babies|pregnant women|children|everyone)|medical[- ]grade|lowers? (?:your )?(?:blood|cholesterol)|boosts? (?:your )?immunity|fda approved|totally legal`,
  ],
  'TAB-51': [
    `(?:add|contact|message|text|find|reach|call|follow|join)(?: me| us| our| my| the| a| to)*(?: \\w+){0,2}? ?(?:on|via|at|through|in|by)? ?(?:my |our |the )?${ACCOUNT}`,
    `(?:talk|chat|continue|move|switch|speak)(?: \\w+){0,2} (?:on|to|over|via|in) ${ACCOUNT}`,
    `(?:my|our) ${ACCOUNT}(?: id| number| account)? ?(?:is|:)|${ACCOUNT}(?: id| number)? ?: ?\\w`,
    `${ACCOUNT} group|(?:give|send|leave|tell)(?: me| us)? (?:your|me your) (?:phone number|mobile|number|${ACCOUNT})|off the platform|scan (?:this|the|my) (?:qr )?code to (?:add|join|follow)`,
  ],
};

/** Takes the words after it back, in an English sentence. */
export const ENGLISH_DENIALS =
  /(?:\b(?:not|never|no|without|avoid|beware|instead of|cannot|nor|neither)\b|n[’']t\b)(?![^,]*\b(?:only|problem)\b)/;
/** Takes the words before it back. */
export const ENGLISH_REFUSALS =
  /^[^.!?\n]{0,30}(?:not (?:safe|allowed|possible|needed|supported|accepted|secure)|unsafe|against the rules|isn[’']t|aren[’']t|at checkout|on the platform|is a scam)/;
