"""Owns the words in which problems are told: for each code, what was expected, what was found, what to write."""

NEAR = {"zh": "是不是想写“{near}”？", "en": "Did you mean “{near}”? "}
"""Offered where something known looks much like what was found."""

YAML_WORDS = {
    "mapping values are not allowed in this context": {"zh": "这里不能再出现冒号"},
    "could not find expected ':'": {"zh": "少了冒号"},
    "did not find expected key": {"zh": "缩进不对，或少了引号、括号"},
    "did not find expected node content": {"zh": "括号或引号没有写完"},
    "did not find expected ',' or '}'": {"zh": "花括号里少了逗号或右括号"},
    "did not find expected ',' or ']'": {"zh": "方括号里少了逗号或右括号"},
    "did not find expected '-' indicator": {"zh": "列表里少了“- ”，或缩进不对"},
    "did not find expected <document start>": {"zh": "这里多出了内容"},
    "found unexpected end of stream": {"zh": "引号或括号没有配对"},
    "found character that cannot start any token": {"zh": "这个字符不能放在开头，要加引号"},
    "found unexpected ':'": {"zh": "花括号里的文字含有冒号，要加引号"},
    "block sequence entries are not allowed in this context": {"zh": "这里不能是列表，“- ”前面可能少了换行"},
}
"""What libyaml says, in other languages."""

MESSAGES: dict[str, dict[str, str]] = {
    # ── the file ──
    "file_empty": {
        "zh": "这个文件是空的。请写入内容，或者删除这个文件。",
        "en": "this file is empty. Write its content, or delete the file.",
    },
    "file_missing": {
        "zh": "缺少这个文件：{path}。请补上（可从示例复制一份再改）。",
        "en": "this file is missing: {path}. Add it (copy the one of an example and change it).",
    },
    "file_unreadable": {
        "zh": "这个文件打不开：{reason}。请检查它是不是普通文件、有没有读取权限。",
        "en": "this file cannot be opened: {reason}. Check that it is an ordinary file and may be read.",
    },
    "file_too_large": {
        "zh": "这个文件有 {found} 字节，上限是 {limit} 字节。请拆成几个文件，或删去多余内容。",
        "en": "this file has {found} bytes; the limit is {limit}. Split it, or take out what does not belong there.",
    },
    "file_encoding": {
        "zh": "文件应为 UTF-8 编码，这里出现了无法识别的字节 {found}。请用编辑器“另存为 UTF-8”。",
        "en": "expected UTF-8 text, found the byte {found}. Save the file as UTF-8.",
    },
    "file_encoding_guess": {
        "zh": "文件应为 UTF-8 编码，看起来是 {guess} 编码。请用编辑器打开后“另存为 UTF-8”。",
        "en": "expected UTF-8 text; this looks like {guess}. Open it in the editor and save it as UTF-8.",
    },
    "file_place": {
        "zh": "这里不该有这个文件。此文件夹里只放：{expected}。请移走或改名。",
        "en": "this file does not belong here. This folder holds only: {expected}. Move or rename the file.",
    },
    "file_name": {
        "zh": "文件名“{found}”不符合要求：应为小写拉丁字母、数字和连字符，例如 {example}。请改名。",
        "en": "the file name “{found}” is not allowed: use lower-case Latin letters, digits and hyphens, as in {example}. "
        "Rename the file.",
    },
    "control_character": {
        "zh": "这里有一个看不见的控制字符 {found}。请删除它。",
        "en": "there is an invisible control character {found} here. Delete it.",
    },
    "tab": {
        "zh": "这里用了制表符（Tab）。YAML 缩进只能用空格：每级两个空格。请把 Tab 换成空格。",
        "en": "there is a tab here. YAML is indented with spaces only, two a level. Replace the tab with spaces.",
    },
    # ── YAML ──
    "yaml": {
        "zh": "这里不是有效的 YAML（{found}）。请检查缩进、冒号后的空格和引号；含有冒号或括号的文字要加引号。",
        "en": "this is not valid YAML ({found}). Check the indent, the space after a colon, and the quotes; "
        "text with a colon or brackets needs quotes.",
    },
    "yaml_documents": {
        "zh": "一个文件只能有一份内容，这里又开始了一份（---）。请删去这一行，或拆成两个文件。",
        "en": "a file holds one document; a second one begins here (---). Delete this line, or make two files.",
    },
    "yaml_anchor": {
        "zh": "不允许使用锚点或别名（&{found} 或 *{found}）。请把内容原样写出。",
        "en": "anchors and aliases (&{found}, *{found}) are not allowed. Write the content out.",
    },
    "yaml_tag": {
        "zh": "不允许使用标签 {found}。请去掉它，只写内容。",
        "en": "the tag {found} is not allowed. Remove it and write the content only.",
    },
    "yaml_merge": {
        "zh": "不允许使用合并键 <<。请把内容原样写出。",
        "en": "the merge key << is not allowed. Write the content out.",
    },
    "yaml_key": {
        "zh": "键必须是普通文字，这里是一个列表或映射。请改成一个词加冒号。",
        "en": "a key must be plain text; this one is a list or a mapping. Write one word and a colon.",
    },
    "yaml_duplicate": {
        "zh": "键“{found}”在这里重复出现，第一次在第 {first} 行。请只保留一个。",
        "en": "the key “{found}” appears twice; it first stands in line {first}. Keep one of them.",
    },
    "yaml_depth": {
        "zh": "嵌套超过 {limit} 层。请检查这里是不是多了括号或缩进。",
        "en": "nested deeper than {limit} levels. Look for extra brackets or indents here.",
    },
    "yaml_size": {
        "zh": "这个文件超过 {limit} 个条目。请拆成几个文件。",
        "en": "this file holds more than {limit} items. Split it into several files.",
    },
    # ── shape ──
    "missing": {
        "zh": "缺少字段“{field}”。请在这里补上一行“{field}: …”。",
        "en": "the field “{field}” is missing. Add a line “{field}: …” here.",
    },
    "unknown_key": {
        "zh": "不认识的字段“{found}”。这里可以写：{expected}。",
        "en": "unknown field “{found}”. Allowed here: {expected}.",
    },
    "unknown_key_near": {
        "zh": "不认识的字段“{found}”。{near}请改正。",
        "en": "unknown field “{found}”. {near}Correct it.",
    },
    "not_mapping": {
        "zh": "这里应为若干“字段: 内容”，实际是“{found}”。请按“字段: 内容”逐行写。",
        "en": "expected fields with values here, found “{found}”. Write lines of the form “field: value”.",
    },
    "not_list": {
        "zh": "这里应为列表，实际是“{found}”。请写成 [甲, 乙]，或每行以“- ”开头。",
        "en": "expected a list here, found “{found}”. Write [a, b], or lines that begin with “- ”.",
    },
    "not_text": {
        "zh": "这里应为文字，实际是列表、映射或空白。请直接写文字。",
        "en": "expected text here, found a list, a mapping or nothing. Write the text itself.",
    },
    "not_number": {
        "zh": "这里应为整数，实际是“{found}”。请只写阿拉伯数字，例如 12。",
        "en": "expected a whole number, found “{found}”. Write digits only, such as 12.",
    },
    "number_range": {
        "zh": "数字“{found}”超出范围（{limit}）。请改正。",
        "en": "the number “{found}” is out of range ({limit}). Correct it.",
    },
    "number_form": {
        "zh": "这里应为数字，实际是“{found}”。请只写阿拉伯数字和小数点，例如 100 或 1.5。",
        "en": "expected a figure, found “{found}”. Write digits and a decimal point, such as 100 or 1.5.",
    },
    "not_boolean": {
        "zh": "这里应为 true 或 false，实际是“{found}”。",
        "en": "expected true or false, found “{found}”.",
    },
    "not_choice": {
        "zh": "“{found}”不在可选值之内。请写其中之一：{expected}。",
        "en": "“{found}” is not one of the choices. Write one of: {expected}.",
    },
    "too_short": {
        "zh": "这里不能为空。请补上内容。",
        "en": "this must not be empty. Fill it in.",
    },
    "too_long": {
        "zh": "这段文字有 {found} 个字符，上限是 {limit}。请缩短或拆开。",
        "en": "this text has {found} characters; the limit is {limit}. Shorten or split it.",
    },
    "too_many": {
        "zh": "这里最多 {limit} 项，实际 {found} 项。请删减。",
        "en": "at most {limit} items are allowed here, found {found}. Take some out.",
    },
    "invalid": {
        "zh": "这里的内容不对：“{found}”（{reason}）。请改正。",
        "en": "this value is wrong: “{found}” ({reason}). Correct it.",
    },
    # ── texts ──
    "text_shape": {
        "zh": "这里应为各语言的文字，每种语言一行：{languages}。请写成“zh: …”“en: …”的形式。",
        "en": "expected a text with a line for each language: {languages}. Write it as “zh: …”, “en: …”.",
    },
    "language_missing": {
        "zh": "缺少语言：{languages}。请补上这一种语言的文字。",
        "en": "a language is missing: {languages}. Add the text in that language.",
    },
    "language_empty": {
        "zh": "“{language}”后面没有文字。请补上，不要留空。",
        "en": "there is no text after “{language}”. Fill it in; do not leave it empty.",
    },
    "language_unknown": {
        "zh": "不认识的语言“{found}”。本站的语言是：{languages}。",
        "en": "unknown language “{found}”. The languages of this site are: {languages}.",
    },
    "language_code_form": {
        "zh": "语言代码“{found}”不对。请写两三个小写字母，例如 zh、en。",
        "en": "the language code “{found}” is wrong. Write two or three lower-case letters, such as zh or en.",
    },
    "language_tag_form": {
        "zh": "语言标签“{found}”不对。请写 BCP 47 标签，例如 zh-Hans、en。",
        "en": "the language tag “{found}” is wrong. Write a BCP 47 tag, such as zh-Hans or en.",
    },
    "markup_term": {
        "zh": "链接指向的名词“{found}”不在 glossary.yaml 中。{near}请改正名词的 id，或先补上这个词条。",
        "en": "the link leads to the term “{found}”, which glossary.yaml does not have. {near}Correct the id, or add the "
        "entry first.",
    },
    "markup_page": {
        "zh": "链接指向的页面“{found}”不存在。可以写：{expected}。",
        "en": "the link leads to the page “{found}”, which does not exist. Write one of: {expected}.",
    },
    "markup_link": {
        "zh": "链接“{found}”不能用。只允许 term:词条、page:页面 或 https:// 开头的地址。",
        "en": "the link “{found}” cannot be used. Only term:ID, page:NAME or an address with https:// is allowed.",
    },
    # ── values ──
    "date_form": {
        "zh": "日期应写成 2017-06-30 的样子，实际是“{found}”。",
        "en": "a date is written as 2017-06-30; found “{found}”.",
    },
    "date_impossible": {
        "zh": "没有“{found}”这一天。请核对年、月、日。",
        "en": "there is no such day as “{found}”. Check year, month and day.",
    },
    "deadline_form": {
        "zh": "期限“{found}”看不懂。请写日期（2017-06-30、2017-06、2017 或 2017/2020）、周期（monthly、quarterly、"
        "yearly），或 limit（有期限未写日期）、standing（长期工作）、unstated（未写）。",
        "en": "the deadline “{found}” cannot be read. Write a date (2017-06-30, 2017-06, 2017 or 2017/2020), a rhythm "
        "(monthly, quarterly, yearly), or limit (promised, not dated), standing (goes on) or unstated.",
    },
    "period_backwards": {
        "zh": "期间“{found}”的结束早于开始。请对调或改正。",
        "en": "the period “{found}” ends before it begins. Swap or correct the two.",
    },
    "notice_backwards": {
        "zh": "公示的结束日 {end} 早于开始日 {begin}。请改正。",
        "en": "the notice ends on {end}, before it begins on {begin}. Correct the dates.",
    },
    "url_form": {
        "zh": "网址“{found}”不对。请写以 https:// 开头的完整网址，中间不能有空格。",
        "en": "the address “{found}” is wrong. Write a complete address that begins with https://, without spaces.",
    },
    "base_url_form": {
        "zh": "网站地址“{found}”不对。请写以 https:// 开头、不带“?”或“#”的地址，例如 https://www.example.gov.cn/zhenggai/。",
        "en": "the site's address “{found}” is wrong. Write an address that begins with https:// and has no “?” or “#”, "
        "such as https://www.example.gov.cn/zhenggai/.",
    },
    "timezone": {
        "zh": "不认识的时区“{found}”。请写例如 Asia/Shanghai。",
        "en": "unknown time zone “{found}”. Write a name such as Asia/Shanghai.",
    },
    "id_form": {
        "zh": "id“{found}”不对：应为小写拉丁字母、数字和连字符，以字母开头，例如 qingshui-rujiang。",
        "en": "the id “{found}” is wrong: use lower-case Latin letters, digits and hyphens, beginning with a letter, such as "
        "qingshui-rujiang.",
    },
    "pledge_id_form": {
        "zh": "承诺的 id“{found}”不对：应为“单位 id-编号”，例如 jiangxia-16。",
        "en": "the pledge id “{found}” is wrong: write the unit's id, a hyphen and a number, such as jiangxia-16.",
    },
    "course_form": {
        "zh": "河流走向“{found}”不对。请写成“列,行”的一串数字，用空格隔开，例如 2,5 2,2 4,2。",
        "en": "the course “{found}” is wrong. Write pairs of column,row with spaces between, such as 2,5 2,2 4,2.",
    },
    "note_printed_missing": {
        "zh": "存疑说明要写出原文怎么印的。请加上一行“printed: …”。",
        "en": "a note on a doubtful spot must show what is printed. Add a line “printed: …”.",
    },
    "correction_incomplete": {
        "zh": "更正要写明日期（date）和原来的写法（before），这里缺 {fields}。请补上。",
        "en": "a correction keeps its date and what stood there before; missing: {fields}. Add it.",
    },
    "why_missing": {
        "zh": "checkable 是“{found}”，要说明原因。请加上一行“why: …”。",
        "en": "checkable is “{found}”, so say why. Add a line “why: …”.",
    },
    "outside_missing": {
        "zh": "解释来自原文之外（basis: outside），要写明出处。请加上一行“outside: …”。",
        "en": "the explanation comes from outside the source (basis: outside), so name where from. Add a line “outside: …”.",
    },
    "update_incomplete": {
        "zh": "进展状态“{state}”还缺：{fields}。请补全；缺一项就不能写这个状态。",
        "en": "the state “{state}” still needs: {fields}. Add them; without them this state cannot be reported.",
    },
    # ── across files ──
    "format": {
        "zh": "这个内容文件夹是第“{found}”版格式，本程序只读第“{expected}”版。请写 format: {expected}。",
        "en": "this content folder has format “{found}”; this program reads format “{expected}”. Write format: {expected}.",
    },
    "duplicate_language": {
        "zh": "语言“{found}”列了两次。请删去一个。",
        "en": "the language “{found}” is listed twice. Remove one.",
    },
    "duplicate_id": {
        "zh": "id“{found}”重复，另一处在 {other}。id 一经使用不得再用，请换一个新的编号。",
        "en": "the id “{found}” is already used in {other}. An id is never used again: choose a new number.",
    },
    "duplicate_order": {
        "zh": "次序 {found} 与 {other} 相同。每个单位的 order 应各不相同。",
        "en": "the order {found} is the same as in {other}. Each unit needs an order of its own.",
    },
    "duplicate_title": {
        "zh": "这个标题与 {other} 完全相同（{language}）。请改得能区分开。",
        "en": "this title is the same as that of {other} ({language}). Make the two tell apart.",
    },
    "unit_prefix": {
        "zh": "单位 id“{found}”是“{other}”的开头，编号会混淆。请给其中一个文件改名。",
        "en": "the unit id “{found}” is the beginning of “{other}”, so their pledges could be confused. Rename one file.",
    },
    "pledge_unit": {
        "zh": "承诺的 id“{found}”应以本单位的 id 开头，即“{expected}-编号”。",
        "en": "the pledge id “{found}” should begin with its unit's id: “{expected}-NUMBER”.",
    },
    "unknown_theme": {
        "zh": "主题“{found}”不在 themes.yaml 中。{near}请写其中之一：{expected}。",
        "en": "the theme “{found}” is not in themes.yaml. {near}Write one of: {expected}.",
    },
    "unknown_programme": {
        "zh": "专项行动“{found}”不在 programmes.yaml 中。{near}请改正，或先在 programmes.yaml 补上。",
        "en": "the programme “{found}” is not in programmes.yaml. {near}Correct it, or add it to programmes.yaml first.",
    },
    "unknown_term": {
        "zh": "名词“{found}”不在 glossary.yaml 中。{near}请改正，或先补上这个词条。",
        "en": "the term “{found}” is not in glossary.yaml. {near}Correct it, or add the entry first.",
    },
    "unknown_unit": {
        "zh": "单位“{found}”没有对应的文件 districts/{found}.yaml。{near}请改正。",
        "en": "there is no unit “{found}” (districts/{found}.yaml). {near}Correct it.",
    },
    "repeated": {
        "zh": "“{found}”在这个列表里写了两次。请删去一个。",
        "en": "“{found}” stands twice in this list. Remove one.",
    },
    "tile_taken": {
        "zh": "第 {column} 列第 {row} 行已经放了“{other}”。请换一格。",
        "en": "column {column}, row {row} is already taken by “{other}”. Choose another place.",
    },
    "covers_missing": {
        "zh": "covers 没有覆盖原文清单的第 {found} 项（本单位共 {total} 项）。请补上相应的承诺。",
        "en": "no pledge covers item {found} of the unit's {total} commitments. Add the pledge that does.",
    },
    "covers_twice": {
        "zh": "原文清单的第 {found} 项被 {other} 和这里重复覆盖。请只保留一处。",
        "en": "item {found} is covered both by {other} and here. Keep one of them.",
    },
    "covers_beyond": {
        "zh": "原文清单没有第 {found} 项：本单位共 {total} 项（commitments）。请改正。",
        "en": "there is no item {found}: the unit has {total} commitments. Correct the number.",
    },
    "updates_order": {
        "zh": "进展要按日期先后排列：{found} 排在了 {other} 之后。请调整次序。",
        "en": "updates stand in order of date: {found} comes after {other}. Put them in order.",
    },
    "update_after_withdrawn": {
        "zh": "承诺已于 {withdrawn} 撤回，不能再有 {found} 的进展。请核对日期。",
        "en": "the pledge was withdrawn on {withdrawn}, so it cannot have an update of {found}. Check the dates.",
    },
    "update_dates": {
        "zh": "日期先后不对：{found}（{field}）晚于这条进展的日期 {date}。请核对。",
        "en": "the dates do not fit: {found} ({field}) is later than the update's date {date}. Check them.",
    },
    "update_not_reopened": {
        "zh": "只有已销号的承诺才能“重新整改”（reopened）。请核对前面的进展。",
        "en": "only an accepted pledge can be reopened. Check the updates before this one.",
    },
    "update_after_accepted": {
        "zh": "承诺已销号，之后的进展只能是“重新整改”（reopened），这里是“{found}”。请核对。",
        "en": "the pledge was accepted; the next update can only be reopened, not “{found}”. Check it.",
    },
    "update_future": {
        "zh": "进展日期 {found} 晚于统计日期 as_of（{as_of}）。请核对。",
        "en": "the update of {found} is later than the site's as_of date ({as_of}). Check it.",
    },
    "article_front": {
        "zh": "文章开头应有用两行 --- 围起来的 title 和 description。请补上。",
        "en": "an article begins with title and description between two lines of ---. Add them.",
    },
    "character_missing": {
        "zh": "字库里没有这个字：{found}（{code}），公报印不出来。请核对是不是错字；确需使用时运行 {cure}。",
        "en": "no bundled font has the character {found} ({code}), so the bulletin cannot print it. Check that it is right; "
        "if it is, run: {cure}",
    },
    "release_setting": {
        "zh": "正式发布前必须填写“{found}”（site.yaml）。",
        "en": "a release needs the setting “{found}” (site.yaml). Fill it in.",
    },
    # ── templates and links ──
    "template_missing": {
        "zh": "找不到模板“{found}”。请检查文件名。",
        "en": "the template “{found}” was not found. Check the name of the file.",
    },
    "template_syntax": {
        "zh": "模板写错了：{found}。",
        "en": "the template is wrong: {found}.",
    },
    "template_failed": {
        "zh": "制作 {page} 时模板出错：{found}。",
        "en": "the template failed while making {page}: {found}.",
    },
    "template_word": {
        "zh": "模板用到的文字“{found}”不在 words.yaml 中。请补上，或改正模板。",
        "en": "the template uses the words “{found}”, which words.yaml does not have. Add them, or correct the template.",
    },
    "template_url": {
        "zh": "制作 {page} 时，模板要链接到“{found}”，但没有这一页。",
        "en": "while making {page} the template links to “{found}”, which no page makes.",
    },
    "link_broken": {
        "zh": "页面里的链接“{found}”没有目标。请改正模板或内容。",
        "en": "the link “{found}” in this page leads nowhere. Correct the template or the content.",
    },
    "anchor_broken": {
        "zh": "链接“{found}”的目标页里没有这个位置。请改正模板或内容。",
        "en": "the link “{found}” leads to a place that its page does not have. Correct the template or the content.",
    },
    "pdf_failed": {
        "zh": "排印 {page} 时出错：{found}。",
        "en": "printing {page} failed: {found}.",
    },
    "asset_missing": {
        "zh": "找不到素材文件“{found}”。",
        "en": "the asset “{found}” was not found.",
    },
    # ── the command ──
    "output_foreign": {
        "zh": "输出文件夹“{found}”里有不是本程序生成的文件（例如 {example}）。为免误删，请换一个空文件夹，或先移走这些文件。",
        "en": "the output folder “{found}” holds files that this program did not make (such as {example}). So that nothing is "
        "lost, choose an empty folder, or move them away first.",
    },
    "output_inside": {
        "zh": "输出文件夹“{found}”不能与内容或模板文件夹重叠。请换一个文件夹。",
        "en": "the output folder “{found}” must not overlap with the content or the templates. Choose another folder.",
    },
    "output_write": {
        "zh": "写不进输出文件夹：{found}。原有网站没有改动。",
        "en": "the output folder cannot be written: {found}. The site that was there is unchanged.",
    },
    "content_missing": {
        "zh": "没有内容文件夹“{found}”。请用 --content 指明内容所在。",
        "en": "there is no content folder “{found}”. Name it with --content.",
    },
}
