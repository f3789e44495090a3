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
  'TAB-05': [
    "^(?:sorry,? |no,? )?(?:no|zero) (?:more )?(?:discounts?|bargaining|haggling|coupons?|way)[.! ]*$|^(?:sorry,? |no,? )?(?:we |i |it |this )?(?:can[’']?t|cannot|won[’']?t|don[’']?t|do not) (?:go )?(?:be )?(?:any )?(?:lower|cheaper|give (?:any )?discounts?|bargain|reduce it|negotiate)[^,;]{0,12}$|^(?:the )?price (?:is|[’']s) (?:fixed|final|what it is)[.! ]*$|^take it or leave it",
  ],
  'TAB-22': [
    'the (?:very )?(?:best|cheapest|finest|greatest|lowest|strongest|safest|most \\w+) (?:\\w+ ){0,3}(?:in|on|of) (?:the|all|any)(?: \\w+)? (?:world|internet|market|web|country|platform|industry)',
    '(?:100|hundred) ?(?:%|percent) (?:perfect|satisfaction|satisfied|safe|sure|guaranteed|reliable)|absolutely perfect|world[- ]class|number one|no\\. ?1|we guarantee you|second to none|unbeatable|flawless|best ever|never (?:breaks?|fades?|wears? out)',
  ],
  'TAB-24': [
    "(?:will|shall|[’']ll) (?:definitely|certainly|surely|absolutely|100%) (?:arrive|ship|be (?:delivered|shipped|refunded|there|solved)|get|receive)|(?:i|we) (?:promise|guarantee) (?:that )?(?:it will|it[’']ll|to|your (?:refund|parcel|order)|the (?:refund|parcel|order)|you(?:[’']ll| will)? (?:get|receive))|guaranteed (?:delivery|arrival)|(?:definitely|guaranteed) (?:by|before|within) (?:tomorrow|\\d)",
    "(?:will|[’']ll|is going to|gonna) (?:get|receive|have|arrive|reach|be (?:delivered|there|shipped|sent|refunded|solved)|ship|go out|come)(?: \\w+){0,3} (?:tomorrow|today|tonight|(?:by|on|before|this|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:by|on|before) (?:the )?\\w+|(?:with)?in (?:\\d+|one|two|three|a few) (?:days?|hours?|minutes?|weeks?))|(?:arrives?|ships?|comes?) (?:tomorrow|today|tonight)",
  ],
  'TAB-25': [
    "(?:is|are|it[’']s|made (?:of|from)|in|with|uses?|has|have|pure|real|genuine|100%|all) (?:\\w+ ){0,2}(?:leather|cotton|silk|wool|linen|cashmere|stainless steel|solid wood|sterling silver|titanium|bamboo|ceramic|glass|memory foam|down)(?![a-z])",
    "(?<!not )(?:fully |completely |100% )?(?:water|wind|dust|shock|scratch|fire|rust|wrinkle|slip|uv)[- ]?(?:proof|resistant|repellent)|non[- ]?(?:slip|stick|toxic)|machine[- ]wash(?:able)?|dishwasher[- ]safe|microwave[- ]safe|breathable|(?:battery|charge)s? (?:lasts?|life is|runs?)(?: \\w+){0,2} \\d+|(?:won[’']?t|will not|doesn[’']?t|never) (?:fade|shrink|break|rust|peel|pill|tear|leak)|holds? (?:up to )?\\d+ ?(?:kg|pounds|lbs|l|litres?|liters?)|made in (?:china|japan|germany|italy|korea|usa|france)",
  ],
  'TAB-26': [
    "(?:will|should|must|would|is going to|[’']ll)(?: \\w+){0,2} fits? (?:you|him|her|perfectly|well|just right)|(?:definitely|surely|certainly|perfectly) fits?|fits? (?:you )?(?:perfectly|for sure|100%)|(?:size )?(?:x{0,3}[sml]|\\d{2}) (?:is|will be|would be) (?:perfect|right|just right|fine|the right one) for you|(?:take|choose|order|pick|go for|get) (?:the )?(?:size (?:x{0,3}[sml]|\\d{2})|(?:x{0,3}[sml]))(?![a-z]),? (?:it|and it|that|you)",
  ],
  'TAB-29': [
    "only (?:\\d{1,2}|one|two|three|a few|a couple) (?:\\w+ )?(?:left|remain(?:ing|s)?)|(?:the )?last (?:one|two|three|piece|pieces|chance|few|day)(?! (?:question|thing|time|step))|(?:selling out|running out|almost gone|nearly gone|going fast|sells? out)|(?:ends|expires|over) (?:today|tonight|tomorrow|soon|in \\d+ (?:hours?|minutes?))|before (?:it[’']?s|they[’']?re|it is) gone|or it[’']?s? (?:is |will be )?gone|limited (?:stock|time|quantity)|price (?:goes|will go) up|hurry(?: up)?(?![a-z])",
  ],
  'TAB-33': [
    "(?:i|we)(?:[’']ll| will| can| could)? ?(?:just )?(?:cancel|close) (?:the|your|this|that) (?:unpaid )?order",
  ],
  'TAB-34': [
    "you (?:look|sound|seem|must be) (?:so |really |pretty )?(?:stupid|dumb|silly|crazy|ridiculous)|are you (?:stupid|blind|deaf|kidding|serious|crazy)|(?:you are|you[’']re) (?:so |too |really )?(?:stupid|dumb|ridiculous|annoying|crazy|rude|unreasonable|cheap|an idiot|a liar)|idiot|shut up|stop (?:complaining|whining|bothering|wasting)|(?:buy|take) it or leave it|waste (?:of )?my time|can[’']?t you read|use your (?:brain|eyes)|if you (?:can[’']?t|don[’']?t) (?:afford|like) it,? (?:go|don[’']?t buy|buy elsewhere)|go (?:away|complain)|whatever you say|how many times do i",
  ],
  'TAB-35': [
    "not (?:our|my) (?:problem|fault|responsibility|business|job)|nothing to do with us|(?:the )?(?:courier|carrier|post office|factory|supplier|warehouse|platform|manufacturer|delivery (?:guy|man|company))[’']?s (?:own )?(?:fault|problem|mistake|responsibility|business)|not (?:ours|mine)(?![a-z])|(?:contact|call|ask|chase) the (?:courier|carrier|post office|manufacturer) yourself|(?:it[’']?s|that[’']?s|this is) your (?:own )?(?:fault|problem|mistake)|deal with it yourself|we (?:are|[’']re) not responsible",
  ],
  'TAB-39': [
    "(?:i|we)(?:[’']ve| have)? (?:already |just )?(?:refunded|paid back|returned) (?:you|your money|the money|it)|(?:refund|money) (?:has|was) (?:already )?(?:been )?(?:sent|returned|refunded|issued|transferred)|(?:i|we)(?:[’']ll| will) (?:just )?(?:send|transfer|give|pay) (?:you )?(?:the|your) (?:money|refund|cash)(?: back)?(?: directly| privately| now)?|(?:no need to|don[’']?t) (?:apply|submit|file)[^.!?\\n]{0,20}refund",
  ],
  'TAB-40': [
    "(?:you )?(?:have )?(?:already )?(?:signed for|accepted|opened|used) (?:it|the (?:parcel|package|goods)),? ?(?:so )?(?:we |there |it[’']?s )?(?:can[’']?t|cannot|is nothing|yours|no longer|won[’']?t)|(?:it[’']?s|it is|you[’']?re|you are|now) too late(?! (?:to change|for the (?:campaign|sale|coupon)))|too late (?:to|for) (?:return|refund|exchange|complain)|(?:already )?(?:signed|opened|used|accepted)(?: already| for| it)?[^.!?\\n]{0,10}(?:can[’']?t|cannot|won[’']?t) (?:do anything|help|return|refund|exchange)|past the (?:period|deadline),? (?:no|we can)",
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
  'TAB-48': [
    "(?:has|have|was|were|is|are|been)(?: already| just| all)?(?: been)? (?:shipped|dispatched|sent out|posted|handed (?:over )?to|picked up by|on (?:its|the|their) way)|(?:i|we)(?:[’']ve| have)? (?:already |just )?(?:shipped|dispatched|posted|sent(?: out)?) (?:it|your|the) ?(?:order|parcel|package|goods|item)?",
  ],
  'TAB-49': [
    `(?:cures?|heals?|treats?|prevents?|relieves?|fixes) (?:\\w+ ){0,3}${ILLNESS}|no side effects?|(?:completely|totally|absolutely|100%) (?:safe|harmless|non-?toxic)|safe for (?:babies|pregnant women|children|everyone)|medical[- ]grade|lowers? (?:your )?(?:blood|cholesterol)|boosts? (?:your )?immunity|fda approved|totally legal`,
  ],
  'TAB-51': [
    `(?:add|contact|message|text|find|reach|call|follow|join)(?: me| us| our| my| the| a| to)*(?: \\w+){0,2}? ?(?:on|via|at|through|in|by)? ?(?:my |our |the )?${ACCOUNT}`,
    `(?:talk|chat|continue|move|switch|speak|walk|come|go|jump|head|hop|step|meet|see you|buy|order)(?: \\w+){0,2} (?:on|to|over|via|in|through) (?:my |our )?${ACCOUNT}`,
    `(?:my|our) ${ACCOUNT}(?: id| number| account)? ?(?:is|:)|${ACCOUNT}(?: id| number)? ?: ?\\w`,
    `${ACCOUNT} group|(?:give|send|leave|tell)(?: me| us)? (?:your|me your) (?:phone number|mobile|number|${ACCOUNT})|off the platform|scan (?:this|the|my) (?:qr )?code(?: \\w+){0,2} (?:add|join|follow)`,
  ],
};

/** Takes the words after it back, in an English sentence. */
export const ENGLISH_DENIALS =
  /(?:\b(?:not|never|no|without|avoid|beware|instead of|cannot|nor|neither)\b|n[’']t\b)(?![^,]*\b(?:only|problem)\b)/;
/** Takes the words before it back. */
export const ENGLISH_REFUSALS =
  /^[^.!?\n]{0,30}(?:not (?:safe|allowed|possible|needed|supported|accepted|secure)|unsafe|against the rules|isn[’']t|aren[’']t|at checkout|on the platform|is a scam)/;
