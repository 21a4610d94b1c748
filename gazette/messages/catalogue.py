"""The words in which problems are told: for each code, what was expected, what was found, what to write."""

from __future__ import annotations

from collections.abc import Sequence

NEAR = {"zh": "是不是想写“{near}”？", "en": "Did you mean “{near}”? "}
"""Offered where something known looks much like what was found."""

CHOICES = {
    "district": "行政区",
    "zone": "功能区",
    "yes": "可核对",
    "partly": "部分可核对",
    "principle": "原则性承诺",
    "under-way": "推进中",
    "applied": "申请办结",
    "inspected": "已核查",
    "notice": "公示中",
    "accepted": "已办结",
    "reopened": "重新办理",
    "doubtful": "原文存疑",
    "remark": "其他说明",
    "correction": "更正",
    "source": "依原文",
    "usage": "通行用法",
    "outside": "原文之外",
    "unexplained": "没有解释",
    "Hans": "简体",
    "Hant": "繁体",
    "Latn": "拉丁字母",
    "Cyrl": "西里尔字母",
}
"""What the words that a field may hold mean in Chinese; in English they say it themselves."""


def choices_shown(expected: str, language: str) -> str:
    """A list of such words with their meaning."""
    if language != "zh":
        return expected
    return "、".join(f"{word}（{CHOICES[word]}）" if word in CHOICES else word for word in expected.split(", "))


def choice_meant(found: str, expected: Sequence[str]) -> str:
    """Which of such words was probably meant: the one that means what was found (pages may say more: 已办结（销号）), or
    looks much like it."""
    meant = [word for word in expected if word in CHOICES and found.startswith(CHOICES[word])]
    if not meant:
        import difflib

        meant = difflib.get_close_matches(found.lower(), expected, 1)
    return meant[0] if meant else ""


REASONS = {
    # ── what libyaml says ──
    "mapping values are not allowed in this context": {"zh": "这里不能再出现冒号", "en": "a colon cannot stand here"},
    "could not find expected ':'": {"zh": "少了冒号", "en": "a colon is missing"},
    "did not find expected key": {
        "zh": "缩进不对，或少了引号、括号",
        "en": "the indent is wrong, or a quote or a bracket is missing",
    },
    "did not find expected node content": {"zh": "括号或引号没有写完", "en": "a bracket or a quote is not closed"},
    "did not find expected ',' or '}'": {
        "zh": "花括号里少了逗号或右括号",
        "en": "a comma or the closing brace is missing",
    },
    "did not find expected ',' or ']'": {
        "zh": "方括号里少了逗号或右括号",
        "en": "a comma or the closing bracket is missing",
    },
    "did not find expected '-' indicator": {
        "zh": "列表里少了“- ”，或缩进不对",
        "en": "a list item without “- ”, or a wrong indent",
    },
    "did not find expected <document start>": {"zh": "这里多出了内容", "en": "there is something too much here"},
    "found unexpected end of stream": {"zh": "引号或括号没有配对", "en": "a quote or a bracket is not closed"},
    "found unexpected document indicator": {"zh": "引号或括号没有配对", "en": "a quote or a bracket is not closed"},
    "found character that cannot start any token": {
        "zh": "这个字符不能放在开头，要加引号",
        "en": "a text cannot begin with this character",
    },
    "found unexpected ':'": {"zh": "花括号里的文字含有冒号，要加引号", "en": "a text in braces holds a colon"},
    "block sequence entries are not allowed in this context": {
        "zh": "这里不能是列表，“- ”前面可能少了换行",
        "en": "a list cannot stand here; begin a new line before “- ”",
    },
    "did not find expected alphabetic or numeric character": {
        "zh": "文字开头的符号要加引号",
        "en": "a text that begins with a sign needs quotes",
    },
    "did not find expected whitespace": {
        "zh": "符号后面少了空格，或文字要加引号",
        "en": "a space is missing, or the text needs quotes",
    },
    "did not find expected whitespace or line break": {
        "zh": "符号后面少了空格，或文字要加引号",
        "en": "a space is missing, or the text needs quotes",
    },
    "did not find expected comment or line break": {"zh": "这里多出了内容", "en": "there is something too much here"},
    "did not find expected hexdecimal number": {
        "zh": "反斜杠后面的编号不对",
        "en": "the number after the backslash is wrong",
    },
    "did not find URI escaped octet": {"zh": "文字以“!”开头，要加引号", "en": "a text that begins with ! needs quotes"},
    "did not find expected '!'": {"zh": "文字以“!”开头，要加引号", "en": "a text that begins with ! needs quotes"},
    "did not find expected tag URI": {"zh": "文字以“!”开头，要加引号", "en": "a text that begins with ! needs quotes"},
    "did not find the expected '>'": {"zh": "文字以“!”开头，要加引号", "en": "a text that begins with ! needs quotes"},
    "found undefined tag handle": {"zh": "文字以“!”开头，要加引号", "en": "a text that begins with ! needs quotes"},
    "found invalid Unicode character escape code": {
        "zh": "反斜杠后面的编号不是字符",
        "en": "the number after the backslash is no character",
    },
    "found unknown escape character": {
        "zh": "反斜杠后面的字符不对",
        "en": "the character after the backslash is wrong",
    },
    "found an indentation indicator equal to 0": {
        "zh": "“|”或“>”后面的数字不对",
        "en": "the number after | or > is wrong",
    },
    "found a tab character that violates indentation": {"zh": "缩进里有 Tab", "en": "there is a tab in the indent"},
    "found a tab character where an indentation space is expected": {
        "zh": "缩进里有 Tab",
        "en": "there is a tab in the indent",
    },
    "could not find expected directive name": {"zh": "行首的“%”不能这样用", "en": "a line cannot begin with % here"},
    "found unexpected non-alphabetical character": {
        "zh": "行首的“%”不能这样用",
        "en": "a line cannot begin with % here",
    },
    "found unknown directive name": {"zh": "行首的“%”不能这样用", "en": "a line cannot begin with % here"},
    "found duplicate %YAML directive": {"zh": "“%YAML”写了两次", "en": "%YAML stands twice"},
    "found duplicate %TAG directive": {"zh": "“%TAG”写了两次", "en": "%TAG stands twice"},
    "found extremely long version number": {"zh": "“%YAML”后面的版本号不对", "en": "the version after %YAML is wrong"},
    "did not find expected digit or '.' character": {
        "zh": "“%YAML”后面的版本号不对",
        "en": "the version after %YAML is wrong",
    },
    "did not find expected version number": {"zh": "“%YAML”后面的版本号不对", "en": "the version after %YAML is wrong"},
    "found incompatible YAML document": {"zh": "“%YAML”后面的版本号不对", "en": "the version after %YAML is wrong"},
    "control characters are not allowed": {"zh": "有看不见的控制字符", "en": "there is an invisible control character"},
    # ── why the system refuses: the names of errno ──
    "EACCES": {"zh": "没有权限", "en": "no permission"},
    "EPERM": {"zh": "系统不允许", "en": "the system does not allow it"},
    "EROFS": {"zh": "这个磁盘或文件夹是只读的", "en": "the disk or folder is read-only"},
    "ENOSPC": {"zh": "磁盘已满", "en": "the disk is full"},
    "EDQUOT": {"zh": "磁盘配额已用完", "en": "the disk quota is used up"},
    "EISDIR": {"zh": "这是文件夹，不是文件", "en": "it is a folder, not a file"},
    "ENOTDIR": {"zh": "路径中有一段是文件，不是文件夹", "en": "a part of the path is a file, not a folder"},
    "EEXIST": {"zh": "已有同名的文件或文件夹", "en": "a file or folder of that name is already there"},
    "ENOENT": {"zh": "没有这个文件或文件夹", "en": "there is no such file or folder"},
    "ENOTEMPTY": {"zh": "文件夹里还有东西", "en": "the folder is not empty"},
    "ELOOP": {"zh": "符号链接绕成了圈", "en": "symbolic links lead round in a circle"},
    "ENAMETOOLONG": {"zh": "名字太长", "en": "the name is too long"},
    "EBUSY": {"zh": "正被别的程序占用", "en": "another program is using it"},
    "ETXTBSY": {"zh": "正被别的程序占用", "en": "another program is using it"},
    "EIO": {"zh": "磁盘读写出错", "en": "the disk cannot be read or written"},
    "EMFILE": {"zh": "同时打开的文件太多", "en": "too many files are open"},
    "ENFILE": {"zh": "同时打开的文件太多", "en": "too many files are open"},
    "ESTALE": {"zh": "网络磁盘已断开", "en": "the network disk is gone"},
    "ETIMEDOUT": {"zh": "网络磁盘没有回应", "en": "the network disk does not answer"},
    "EXDEV": {"zh": "不在同一个磁盘上", "en": "it is on another disk"},
    "EFBIG": {"zh": "文件太大", "en": "the file is too large"},
    "ENOMEM": {"zh": "内存不足", "en": "there is not enough memory"},
    # ── scripts, as Unicode names their letters ──
    "ARABIC": {"zh": "阿拉伯字母", "en": "Arabic"},
    "ARMENIAN": {"zh": "亚美尼亚字母", "en": "Armenian"},
    "BENGALI": {"zh": "孟加拉文", "en": "Bengali"},
    "DEVANAGARI": {"zh": "天城文", "en": "Devanagari"},
    "GEORGIAN": {"zh": "格鲁吉亚字母", "en": "Georgian"},
    "HANGUL": {"zh": "朝鲜文（谚文）", "en": "Korean (Hangul)"},
    "HEBREW": {"zh": "希伯来字母", "en": "Hebrew"},
    "KHMER": {"zh": "高棉文", "en": "Khmer"},
    "LAO": {"zh": "老挝文", "en": "Lao"},
    "MONGOLIAN": {"zh": "蒙古文", "en": "Mongolian"},
    "MYANMAR": {"zh": "缅甸文", "en": "Burmese"},
    "TAMIL": {"zh": "泰米尔文", "en": "Tamil"},
    "THAI": {"zh": "泰文", "en": "Thai"},
    "TIBETAN": {"zh": "藏文", "en": "Tibetan"},
    "YI": {"zh": "彝文", "en": "Yi"},
    # ── spaces that are none to YAML ──
    "U+3000": {"zh": "全角空格", "en": "a full-width space (U+3000)"},
    "U+00A0": {"zh": "不换行空格（U+00A0）", "en": "a no-break space (U+00A0)"},
}
"""The `reason` of a problem in words. A reason that is not here is shown as it is."""

MESSAGES: dict[str, dict[str, str]] = {
    # ── the file ──
    "file_empty": {
        "zh": "这个文件是空的，或者只有注释。请写入内容。",
        "en": "this file is empty, or holds comments only. Write its content.",
    },
    "file_missing": {
        "zh": "缺少这个文件：{path}。请补上（可从示例复制一份再改）。",
        "en": "this file is missing: {path}. Add it (copy the one of an example and change it).",
    },
    "folder_missing": {
        "zh": "缺少文件夹 {found}。请补上（可从示例复制一份再改）。",
        "en": "the folder {found} is missing. Add it (copy the one of an example and change it).",
    },
    "folder_empty": {
        "zh": "districts/ 里没有任何单位。请给每个单位建一个文件，例如 districts/jiangxia.yaml。",
        "en": "there is no unit in districts/. Make a file for each unit, such as districts/jiangxia.yaml.",
    },
    "file_unreadable": {
        "zh": "这个文件打不开：{reason}。请检查它是不是普通文件、有没有读取权限。",
        "en": "this file cannot be opened: {reason}. Check that it is an ordinary file and may be read.",
    },
    "folder_unreadable": {
        "zh": "这个文件夹打不开：{reason}。请检查它有没有读取权限。",
        "en": "this folder cannot be opened: {reason}. Check that it may be read.",
    },
    "link_outside": {
        "zh": "这是一个文件链接（符号链接），指向内容文件夹之外，本程序不会读取。请把文件本身放在这里；要把整个 districts 或 articles 文件夹放在别处，可以让文件夹本身成为链接。",
        "en": "this is a file link (symbolic link) that leads out of the content folder, and it is not followed. Put the file itself here; to keep all of districts or articles elsewhere, the folder itself may be a link.",
    },
    "file_too_large": {
        "zh": "这个文件超过了 {limit} 字节的上限。请拆成几个文件，或删去多余内容。",
        "en": "this file is larger than {limit} bytes, the limit. Split it, or take out what does not belong there.",
    },
    "file_not_ordinary": {
        "zh": "这不是普通文件（是管道、设备或文件夹），读不了。请换成普通的文本文件。",
        "en": "this is not an ordinary file (but a pipe, a device or a folder). Put an ordinary text file in its place.",
    },
    "file_not_text": {
        "zh": "这不是文本文件（看起来是 {guess} 文件，只是改了名字）。请用文本编辑器新建文件，把文字粘贴进去。",
        "en": "this is not a text file (it looks like a renamed {guess} file). Make a new file in a text editor and paste "
        "the words into it.",
    },
    "file_not_words": {
        "zh": "这不是文本文件。请用文本编辑器新建文件，把文字粘贴进去。",
        "en": "this is not a text file. Make a new file in a text editor and paste the words into it.",
    },
    "more_problems": {
        "zh": "从这里起，本文件还有 {found} 处问题。请先改好上面这些，再检查一次。",
        "en": "from here on there are {found} more in this file. Mend those above first, then check again.",
    },
    "conflict": {
        "zh": "这里有 Git 合并冲突的标记“{found}”。请在两种写法中选定一种，再删去“<<<<<<<”“=======”“>>>>>>>”这几行。",
        "en": "there is a mark of a Git merge conflict here: {found}. Keep one of the two versions, and delete the lines "
        "with <<<<<<<, ======= and >>>>>>>.",
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
        "zh": "文件名“{found}”不符合要求：应为小写拉丁字母、数字和连字符，以字母开头，最多 {limit} 个字符。请改名，例如 {example}。",
        "en": "the file name “{found}” is not allowed: use lower-case Latin letters, digits and hyphens, beginning with a letter, at most {limit} characters. Rename the file, for example to {example}.",
    },
    "file_reserved": {
        "zh": "“{found}”是 Windows 保留的名字，Windows 上不能有这样的文件，网站就复制不到 Windows 电脑上。请改名，例如 {likely}；各条承诺的 id 也要跟着改。",
        "en": "“{found}” is a name that Windows keeps for itself: no file can have this name there, so the site could not be copied to a Windows machine. Rename the file, for example to {likely}, and change the ids of its pledges too.",
    },
    "file_ending": {
        "zh": "这个文件的后缀不对，不会被读取。请改名为 {likely}。",
        "en": "this file has the wrong ending and is not read. Rename it to {likely}.",
    },
    "control_character": {
        "zh": "这里有看不见的控制字符（{found}）。请删除。",
        "en": "there is an invisible control character here ({found}). Delete it.",
    },
    "invisible_character": {
        "zh": "这里有看不见的字符（{found}）。请删除。",
        "en": "there is an invisible character here ({found}). Delete it.",
    },
    "private_character": {
        "zh": "这里有一个自造字或专用符号（{found}），换一台电脑就显示不出来。请改成通用的字。",
        "en": "there is a character here that only some computers know ({found}). Write an ordinary character instead.",
    },
    "lost_character": {
        "zh": "这里的原文乱码了（{found}）。请对照原文，改回正确的字。",
        "en": "a character was lost here ({found}). Look it up in the original and write it again.",
    },
    "tab_inside": {
        "zh": "这里有一个 Tab。请换成空格。",
        "en": "there is a tab here. Replace it with a space.",
    },
    "tab": {
        "zh": "这里用了制表符（Tab）。YAML 缩进只能用空格：每级两个空格。请把 Tab 换成空格。",
        "en": "there is a tab here. YAML is indented with spaces only, two a level. Replace the tab with spaces.",
    },
    # ── YAML ──
    "yaml": {
        "zh": "这里不是有效的 YAML（{reason}）。请检查缩进、冒号后的空格和引号；含有冒号或括号的文字要加引号。",
        "en": "this is not valid YAML ({reason}). Check the indent, the space after a colon, and the quotes; "
        "text with a colon or brackets needs quotes.",
    },
    "colon_wide": {
        "zh": "冒号是全角的“：”。请改成半角冒号加一个空格：“{cure}”。",
        "en": "the colon is full-width (：). Write an ordinary colon and a space: “{cure}”.",
    },
    "colon_space": {
        "zh": "冒号后面少了空格。请写成“{cure}”。",
        "en": "there is no space after the colon. Write “{cure}”.",
    },
    "colon_odd_space": {
        "zh": "冒号后面是{reason}，不是普通空格。请写成“{cure}”。",
        "en": "after the colon there is {reason} instead of an ordinary space. Write “{cure}”.",
    },
    "indent_odd_space": {
        "zh": "行首有{reason}。请换成普通空格，每级两个。",
        "en": "this line begins with {reason}. Indent with ordinary spaces, two a level.",
    },
    "indent_wrong": {
        "zh": "这一行的缩进不对。请与同一级的字段对齐，每级两个空格。",
        "en": "the indent of this line is wrong. Align it with the other fields of its level, two spaces a level.",
    },
    "comma_wide": {
        "zh": "这里的逗号是全角的。请改成半角逗号加一个空格：“, ”。",
        "en": "this comma is full-width. Write an ordinary comma and a space: “, ”.",
    },
    "bracket_wide": {
        "zh": "括号是全角的“{found}”。请改成半角的“{cure}”。",
        "en": "the bracket {found} is full-width. Write “{cure}”.",
    },
    "bracket_open": {
        "zh": "这里的“{found}”没有写完。请在它的内容末尾补上“{cure}”。",
        "en": "the “{found}” that is opened here is not closed. Add “{cure}” at its end.",
    },
    "quote_open": {
        "zh": "从这里开始的引号没有写完。请在这段文字末尾补上引号。",
        "en": "the quote that is opened here is not closed. Add the quote at the end of the text.",
    },
    "quote_then_more": {
        "zh": "引号已经结束，后面还有文字。请用引号把整段文字括起来，文字里面的引号改用“ ”。",
        "en": "the quote is closed, but words follow it. Put the whole text in quotes, and write those inside it as “ ”.",
    },
    "quote_curly": {
        "zh": "这里要用半角引号，中文引号只算文字。请给整段文字加半角引号：{cure}",
        "en": "only straight quotes count here; curly ones are a part of the text. Put the whole text in straight quotes: "
        "{cure}",
    },
    "colon_in_text": {
        "zh": "文字里含有半角冒号加空格。请给整段文字加引号：{cure}",
        "en": "the text holds a colon and a space. Put the whole text in quotes: {cure}",
    },
    "comma_in_text": {
        "zh": "花括号里的文字含有逗号。请给整段文字加引号：{cure}",
        "en": "a text in braces holds a comma. Put the whole text in quotes: {cure}",
    },
    "comma_in_number": {
        "zh": "数字里不要写逗号。请写成“{cure}”。",
        "en": "a number is written without commas. Write “{cure}”.",
    },
    "no_colon_in_braces": {
        "zh": "花括号里的“{found}”后面没有冒号。请写成“字段: 内容”。",
        "en": "in the braces there is no colon after “{found}”. Write “field: value”.",
    },
    "no_colon": {
        "zh": "这一行少了冒号。请写成“字段: 内容”；如果它接着上一行的文字，请把这一行再缩进两个空格。",
        "en": "this line has no colon. Write “field: value”; if it goes on with the text above, indent it by two more spaces.",
    },
    "text_begins": {
        "zh": "文字以“{found}”开头时，请给整段文字加引号。",
        "en": "a text that begins with “{found}” needs quotes around it.",
    },
    "dash_here": {
        "zh": "这里不能以“- ”开头。要写列表，请另起一行；要写文字，请给整段文字加引号。",
        "en": "“- ” cannot stand here. For a list begin a new line; for a text put quotes around it.",
    },
    "escape": {
        "zh": "双引号里的反斜杠“\\”有特殊意思。请删去它，或把整段文字改用单引号。",
        "en": "a backslash has a meaning of its own between double quotes. Delete it, or use single quotes.",
    },
    "escaped_character": {
        "zh": "这段文字里用反斜杠写出了看不见的字符（{found}）。请删去这个反斜杠写法，或把整段文字改用单引号。",
        "en": "a backslash in this text stands for a character that cannot be seen ({found}). Delete it, or put the text "
        "in single quotes.",
    },
    "comment_cut": {
        "zh": "“#”后面的文字会被当作注释丢掉。要显示它，请给整段文字加引号；要写注释，请另起一行。",
        "en": "what follows “#” is dropped as a comment. To show it, put the whole text in quotes; to comment, begin a new "
        "line.",
    },
    "yaml_documents": {
        "zh": "一个文件只能有一份内容，这里又开始了一份（---）。请删去这一行，或拆成两个文件。",
        "en": "a file holds one document; a second one begins here (---). Delete this line, or make two files.",
    },
    "yaml_anchor": {
        "zh": "不允许使用锚点或别名（&{found} 或 *{found}）。请把内容原样写出；如果是以“&”或“*”开头的文字，请给整段文字加引号。",
        "en": "anchors and aliases (&{found}, *{found}) are not allowed. Write the content out; if this is a text that "
        "begins with & or *, put the whole text in quotes.",
    },
    "yaml_tag": {
        "zh": "不允许使用标签 {found}。请去掉它，只写内容；如果是以“!”开头的文字，请给整段文字加引号。",
        "en": "the tag {found} is not allowed. Remove it and write the content only; if this is a text that begins with "
        "“!”, put the whole text in quotes.",
    },
    "yaml_merge": {
        "zh": "不允许使用合并键 <<。请把内容原样写出。",
        "en": "the merge key << is not allowed. Write the content out.",
    },
    "yaml_key": {
        "zh": "冒号前面应是一个词，这里是列表或一组字段。请改成一个词加冒号。",
        "en": "what stands before a colon must be plain text; here it is a list or a group of fields. Write one word and a colon.",
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
        "zh": "缺少字段“{field}”。请在这一条里补上一行“{field}: …”。",
        "en": "the field “{field}” is missing. Add a line “{field}: …” to this entry.",
    },
    "empty": {
        "zh": "“{field}”后面没有内容。请补上。",
        "en": "there is nothing after “{field}”. Fill it in.",
    },
    "empty_entry": {
        "zh": "“{field}”的列表里有一项是空的。请补上，或删去这一项。",
        "en": "an entry of the list “{field}” is empty. Fill it in, or delete the entry.",
    },
    "empty_optional": {
        "zh": "“{field}”后面没有内容。请补上；用不到就删去这一行。",
        "en": "there is nothing after “{field}”. Fill it in, or delete this line if it is not needed.",
    },
    "empty_record": {
        "zh": "“{field}”后面没有内容：要写 {fields}。请补上；用不到就删去这一行。",
        "en": "there is nothing after “{field}”: it needs {fields}. Add them, or delete this line if it is not needed.",
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
    "list_form": {
        "zh": "这里应为列表，要加方括号。请写成 {likely}。",
        "en": "expected a list here, in brackets. Write {likely}.",
    },
    "list_commas": {
        "zh": "列表里的各项请用半角逗号分开：{likely}。",
        "en": "the entries of a list stand between ordinary commas: {likely}.",
    },
    "list_nothing": {
        "zh": "没有就写 []，或删去这一行。",
        "en": "where there is none, write [], or delete this line.",
    },
    "list_empty": {
        "zh": "“{field}”里至少要有一项。请补上。",
        "en": "“{field}” needs at least one entry. Add it.",
    },
    "not_text": {
        "zh": "这里应为文字，实际是列表或一组字段。请直接写文字。",
        "en": "expected text here, found a list or a group of fields. Write the text itself.",
    },
    "not_number": {
        "zh": "这里应为整数，实际是“{found}”。请只写半角阿拉伯数字，例如 12。",
        "en": "expected a whole number, found “{found}”. Write digits only, such as 12.",
    },
    "full_width": {
        "zh": "“{found}”里有全角字符。请用半角数字：{likely}。",
        "en": "“{found}” holds full-width characters. Write ordinary digits: {likely}.",
    },
    "issue_number": {
        "zh": "期号应为整数（如 3，封面上印“第3期”）；要另写期号，请每种语言一行，写成“zh: …”“en: …”的形式。现在写的是“{found}”。",
        "en": "expected the number of an issue: a whole number, such as 3 (the cover says “No. 3”), or, where it is written otherwise, a text with a line for each language (“zh: …”, “en: …”). Found “{found}”.",
    },
    "number_range": {
        "zh": "数字“{found}”超出范围（{limit}）。请改正。",
        "en": "the number “{found}” is out of range ({limit}). Correct it.",
    },
    "number_form": {
        "zh": "这里应为数字，实际是“{found}”。请只写半角阿拉伯数字和小数点，不加逗号和单位，例如 100 或 1.5。",
        "en": "expected a figure, found “{found}”. Write digits and a decimal point, no commas and no unit, such as 100 or 1.5.",
    },
    "number_minus_zero": {
        "zh": "数字“{found}”是负零。请写 0；如果漏了数字，请补上。",
        "en": "the figure “{found}” is minus zero. Write 0, or add the digits that are missing.",
    },
    "number_long": {
        "zh": "数字“{found}”太长：小数点前最多 15 位，后面最多 6 位。请核对，或换一个更大的单位。",
        "en": "the figure “{found}” is too long: at most 15 digits before the decimal point and 6 after it. Check it, or choose a larger unit.",
    },
    "not_boolean": {
        "zh": "这里应为 true（是）或 false（否），实际是“{found}”。请写“{field}: true”或“{field}: false”。",
        "en": "expected true or false, found “{found}”. Write “{field}: true” or “{field}: false”.",
    },
    "not_choice": {
        "zh": "“{found}”不在可选值之内。{near}请写其中之一：{expected}。",
        "en": "“{found}” is not one of the choices. {near}Write one of: {expected}.",
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
        "zh": "不认识的语言“{found}”。本站的语言是：{languages}。请改正或删去。",
        "en": "unknown language “{found}”. The languages of this site are: {languages}. Correct or delete it.",
    },
    "languages_differ": {
        "zh": "这里列的语言是 {found}，而 words.yaml 里的文字用的是 {expected}。请核对语言代码；要增减语言，请先在 words.yaml 里补上或删去这种语言的文字。",
        "en": "the languages listed here are {found}, but the texts of words.yaml are in {expected}. Check the codes; to add or drop a language, first add or drop its texts in words.yaml.",
    },
    "more_of_the_same": {
        "zh": "… 本文件还有 {found} 处同样的问题。请一并改正。",
        "en": "… and {found} more of the same in this file. Correct them too.",
    },
    "language_code_form": {
        "zh": "语言代码“{found}”不对。请写两三个小写字母，例如 zh、en。",
        "en": "the language code “{found}” is wrong. Write two or three lower-case letters, such as zh or en.",
    },
    "language_tag_form": {
        "zh": "语言标签“{found}”不对。请写 BCP 47 标签，例如 zh-Hans、en。",
        "en": "the language tag “{found}” is wrong. Write a BCP 47 tag, such as zh-Hans or en.",
    },
    "locale": {
        "zh": "不认识的地区格式“{found}”，日期和数字不知道怎样写。请写例如 zh_Hans_CN 或 en_GB。",
        "en": "the locale “{found}” is not known, so nobody can tell how it writes dates and numbers. Write, for example, zh_Hans_CN or en_GB.",
    },
    "language_tag_unknown": {
        "zh": "没有“{found}”这个语言标签。请写通用的 BCP 47 标签，例如 zh-Hans、en。",
        "en": "there is no language “{found}”. Write the BCP 47 tag of one, such as zh-Hans or en.",
    },
    "language_script": {
        "zh": "文字“{found}”与语言标签“{tag}”不合：这种语言用 {expected}。请改成 script: {expected}，或改正 tag。",
        "en": "the script “{found}” does not fit the tag “{tag}”, which is written in {expected}. Write script: {expected}, or correct the tag.",
    },
    "locale_other": {
        "zh": "地区格式“{found}”不是语言“{tag}”的，日期和数字会写成另一种语言。请改正，例如 zh-Hans 用 zh_Hans_CN，en 用 en_GB。",
        "en": "the locale “{found}” is not one of the language “{tag}”; dates and numbers would be in another language. Correct it: zh-Hans goes with zh_Hans_CN, en with en_GB.",
    },
    "duplicate_tag": {
        "zh": "语言标签“{found}”写了两次。每种语言要有自己的标签，请改一个，例如 zh-Hans 和 zh-Hant。",
        "en": "the language tag “{found}” is listed twice. Each language needs one of its own, such as zh-Hans and zh-Hant. Change one.",
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
        "zh": "链接“{found}”不能用。请改用 term:词条、page:页面 或 https:// 开头的地址。",
        "en": "the link “{found}” cannot be used. Write term:ID, page:NAME or an address with https:// instead.",
    },
    "link_form": {
        "zh": "“{found}”像是链接，但写法不对，会原样显示出来。请写成“{likely}”：用半角括号，中间不加空格；不是链接就去掉方括号。",
        "en": "“{found}” looks like a link and is none; it would be shown as it is typed. Write “{likely}”, with ordinary brackets and no spaces; if it is no link, take the square brackets away.",
    },
    "picture": {
        "zh": "这里不能放图片（{found}）。请删去，用文字说明，或链接到图片所在的网页。",
        "en": "no picture can stand here ({found}). Delete it and say it in words, or link to the page that shows it.",
    },
    "title_link": {
        "zh": "名称和标题里不能有链接，这里是“{found}”。请只写文字。",
        "en": "a name or a title cannot hold a link; found “{found}”. Write the words only.",
    },
    "text_dots": {
        "zh": "这里还是“{found}”，没有写内容。请写上真正的文字。",
        "en": "here is still “{found}” instead of words. Write the text itself.",
    },
    "text_marks": {
        "zh": "“{found}”只有符号，没有文字。请写上真正的文字。",
        "en": "“{found}” is marks only, without a word. Write the text itself.",
    },
    "one_line": {
        "zh": "这里只能写一段，中间有空行。请删去空行；要写几段，请写到“text”这样的正文字段里。",
        "en": "this can only be one paragraph, and there is an empty line in it. Delete the empty line; paragraphs belong in a field such as “text”.",
    },
    "line_indented": {
        "zh": "这一行前面有空格，像是另起一段，却会接在上一行后面。要另起一段，请在上面空一行，并删去行首的空格；不另起就只删去空格。",
        "en": "this line begins with wide spaces as a new paragraph does, but it would go on with the line above. For a new paragraph leave an empty line above it and delete the spaces; otherwise delete the spaces only.",
    },
    "item_run_on": {
        "zh": "这一行像是列表的一条，却会接在上一行后面。要让每条单独成行，请在每条前面空一行。",
        "en": "this line looks like an item of a list, but it would go on with the line above. To let each item begin anew, leave an empty line before it.",
    },
    # ── signs of markup that mean nothing where they stand ──
    "sign_tag": {
        "zh": "“{found}”是网页标签，在这里不起作用，会原样显示出来。请删去；上标、下标请直接写 ²、₂ 这样的字符，换段请空一行。",
        "en": "“{found}” is a tag of a web page; it has no effect here and would be shown as it is typed. Delete it; for superscripts and subscripts write characters such as ² and ₂, for a new paragraph leave an empty line.",
    },
    "sign_entity": {
        "zh": "“{found}”是网页代码，会原样显示出来。请直接写它代表的字符：“{likely}”。",
        "en": "“{found}” is code of a web page and would be shown as it is typed. Write the character itself: “{likely}”.",
    },
    "sign_blank": {
        "zh": "“{found}”是网页上的空格代码，会原样显示出来。请删去，或直接写空格；段首不必空格。",
        "en": "“{found}” is web-page code for a space and would be shown as it is typed. Delete it, or type a space; a paragraph needs none at its beginning.",
    },
    "sign_strike": {
        "zh": "“{found}”里的 ~~ 不起作用，会原样显示出来。要删的字请直接删去；要说明改动，请写更正（correction）。",
        "en": "the ~~ of “{found}” has no effect and would be shown as it is typed. Delete the words themselves; to record a change, write a correction (correction).",
    },
    "sign_note": {
        "zh": "“{found}”是脚注的写法，这里没有脚注，会原样显示出来。请把说明写进正文的括号里。",
        "en": "“{found}” is how a footnote is written; there are none here, and it would be shown as it is typed. Say it in brackets in the text.",
    },
    "sign_box": {
        "zh": "“{found}”不会变成方框，会原样显示出来。请直接写“{likely}”。",
        "en": "“{found}” does not become a box and would be shown as it is typed. Write “{likely}”.",
    },
    "sign_reference": {
        "zh": "“{found}”不会成为链接，会原样显示出来。请写成“{likely}”；不是链接就去掉方括号。",
        "en": "“{found}” does not become a link and would be shown as it is typed. Write “{likely}”; if it is no link, take the square brackets away.",
    },
    "sign_table": {
        "zh": "“{found}”像是表格的一行，但这里没有成为表格，会原样显示出来。表格只能写在文章里：上面空一行，第一行是表头，第二行写 |---|---|，各行的列数相同，都用半角 |。",
        "en": "“{found}” looks like a row of a table, but there is no table here, and it would be shown as it is typed. Only articles hold tables: an empty line above, the heads, a second line |---|---|, and as many columns in each row.",
    },
    "sign_bold": {
        "zh": "“{found}”里的记号不会变成粗体，会原样显示出来。请删去这些记号。",
        "en": "the marks of “{found}” do not make it bold and would be shown as they are typed. Delete them.",
    },
    "sign_code": {
        "zh": "“{found}”里的反引号会原样显示出来。请删去，或改用引号。",
        "en": "the backticks of “{found}” would be shown as they are typed. Delete them, or write quotes.",
    },
    "sign_heading": {
        "zh": "“{found}”前面的 # 不会变成小标题，会原样显示出来。请删去 #。",
        "en": "the # of “{found}” does not make it a heading and would be shown as it is typed. Delete it.",
    },
    "sign_item": {
        "zh": "“{found}”前面的符号不会变成列表，会原样显示出来。请删去；要分条，请写“（一）”“1.”这样的编号，每条前面空一行。",
        "en": "the sign before “{found}” does not make it an item of a list and would be shown as it is typed. Delete it; for items write numbers such as “1.”, with an empty line before each.",
    },
    "sign_quote": {
        "zh": "“{found}”前面的 > 不会变成引文，会原样显示出来。请删去，或改用引号。",
        "en": "the > of “{found}” does not make it a quotation and would be shown as it is typed. Delete it, or write quotes.",
    },
    "sign_backslash": {
        "zh": "“{found}”在这里不起作用，会原样显示出来。请删去；要另起一段，请用 | 写成多行，中间空一行。",
        "en": "“{found}” has no effect here and would be shown as it is typed. Delete it; for a new paragraph write the text after | on several lines, with an empty line between.",
    },
    "word_braces": {
        "zh": "“{found}”里的花括号不对。花括号只用来放 {{n}} 这样的名字，要成对。请改正或删去。",
        "en": "the braces in “{found}” are wrong. They hold names such as {{n}} only, and stand in pairs. Correct or delete them.",
    },
    "word_names": {
        "zh": "各种语言里花括号中的名字要相同：应为“{expected}”，实际是“{found}”。请改正。",
        "en": "the names in braces must be the same in every language: expected “{expected}”, found “{found}”. Correct them.",
    },
    "words_missing": {
        "zh": "words.yaml 里的“{found}”缺少程序要用的文字。请在“{found}:”下面补上：{likely}。",
        "en": "words of “{found}” that the program needs are missing from words.yaml. Add below “{found}:” {likely}.",
    },
    "word_silent": {
        "zh": "“{found}”单独用在链接、按钮或标题里，不能留空（{language}）。请写上文字。",
        "en": "“{found}” stands alone in a link, a button or a heading and cannot be empty ({language}). Write its words.",
    },
    "template_word_names": {
        "zh": "words.yaml 里的“{found}”用了 {names}，而模板在这里只填“{expected}”。请改正 words.yaml。",
        "en": "the words “{found}” in words.yaml hold {names}; this template fills in “{expected}” only. Correct words.yaml.",
    },
    # ── values ──
    "date_form": {
        "zh": "日期“{found}”看不懂。{near}请写成 2017-06-30 的样子。",
        "en": "the date “{found}” cannot be read. {near}Write it like 2017-06-30.",
    },
    "date_impossible": {
        "zh": "没有“{found}”这个日期。请核对年、月、日。",
        "en": "there is no such date as “{found}”. Check year, month and day.",
    },
    "year_range": {
        "zh": "“{found}”里的年份不对：应在 {first} 到 {last} 之间。请核对。",
        "en": "the year of “{found}” is not between {first} and {last}. Check it.",
    },
    "deadline_form": {
        "zh": "期限“{found}”看不懂。{near}请写日期（2017-06-30、2017-06、2017 或 2017/2020）、周期（monthly、quarterly、"
        "yearly），或 limit（有期限未写日期）、standing（长期工作）、unstated（未写）。",
        "en": "the deadline “{found}” cannot be read. {near}Write a date (2017-06-30, 2017-06, 2017 or 2017/2020), a rhythm "
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
        "zh": "网站地址“{found}”不对。请写以 https:// 开头、域名完整、不带空格和“?”“#”的地址，例如 https://www.example.gov.cn/zhenggai/。",
        "en": "the site's address “{found}” is wrong. Write an address that begins with https:// and the name of a host, and has no space, “?” or “#”, "
        "such as https://www.example.gov.cn/zhenggai/.",
    },
    "url_secret": {
        "zh": "网址会公开，不能带用户名和密码。请删去 https:// 之后直到“@”的部分（“@”也删去）。",
        "en": "an address is published and must not hold a user name or password. Delete what stands between https:// and the “@”, and the “@” itself.",
    },
    "url_port": {
        "zh": "网址“{found}”里的端口不对：应为 1 到 65535。一般不用写端口，请删去冒号和后面的数字，或改正。",
        "en": "the port in the address “{found}” is wrong: it is a number from 1 to 65535. Most addresses need none; delete the colon and the number, or correct it.",
    },
    "url_dots": {
        "zh": "网址“{found}”里有“/./”或“/../”，浏览器打开的会是另一个地址。请在浏览器中打开，再从地址栏抄过来。",
        "en": "the address “{found}” holds “/./” or “/../”, and a browser opens another one. Open it in a browser, and copy what the address bar shows.",
    },
    "url_inside": {
        "zh": "网址“{found}”只在内部网络里有效，公众打不开。请写公众能打开的网址；没有，就不写网址，只留文字。",
        "en": "the address “{found}” works only inside one network; the public cannot open it. Write one that everybody can open; if there is none, leave the address out and keep the words.",
    },
    "timezone": {
        "zh": "不认识的时区“{found}”。请写例如 Asia/Shanghai。",
        "en": "unknown time zone “{found}”. Write a name such as Asia/Shanghai.",
    },
    "id_form": {
        "zh": "id“{found}”不对：应为小写拉丁字母、数字和连字符，以字母开头，最多 {limit} 个字符。请改成例如 qingshui-rujiang。",
        "en": "the id “{found}” is wrong: use lower-case Latin letters, digits and hyphens, beginning with a letter, at most {limit} characters, such as qingshui-rujiang.",
    },
    "id_reserved": {
        "zh": "“{found}”是 Windows 保留的名字，不能用来给文件命名，否则网站复制不到 Windows 电脑上。请换一个，例如 {found}-1。",
        "en": "“{found}” is a name that Windows keeps for itself: no file can have this name there, so the site could not be copied to a Windows machine. Choose another, such as {found}-1.",
    },
    "language_reserved": {
        "zh": "“{found}”是 Windows 保留的名字，不能用来给文件夹命名。请换一个语言代码。",
        "en": "“{found}” is a name that Windows keeps for itself: no folder can have this name there. Choose another code.",
    },
    "pledge_id_form": {
        "zh": "承诺的 id“{found}”不对：应为“单位 id-编号”，编号从 1 到 99999。请写成例如 jiangxia-16。",
        "en": "the pledge id “{found}” is wrong: write the unit's id, a hyphen and a number from 1 to 99999, such as jiangxia-16.",
    },
    "course_form": {
        "zh": "河流走向“{found}”不对。请写成“列,行”的一串数字，用空格隔开，例如 2,5 2,2 4,2。",
        "en": "the course “{found}” is wrong. Write pairs of column,row with spaces between, such as 2,5 2,2 4,2.",
    },
    "course_range": {
        "zh": "“{found}”不在示意图上：列和行都应在 {first} 到 {last} 之间。请改正。",
        "en": "“{found}” lies outside the map: columns and rows go from {first} to {last}. Correct it.",
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
    "why_needless": {
        "zh": "写了 why（不能核对的原因），而 checkable 是“yes”（可核对）。请删去 why，或把 checkable 改成 partly 或 principle。",
        "en": "there is a why (the reason why it cannot be checked), but checkable is “yes”. Delete why, or make checkable partly or principle.",
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
    "duplicate_entry": {
        "zh": "id“{found}”与 {other} 重复。如果是两条不同的内容，请给这一条另起一个 id；如果是同一条，请删去一处。",
        "en": "the id “{found}” is the same as in {other}. If these are two things, give this one an id of its own; if they are one, delete one of them.",
    },
    "former_taken": {
        "zh": "formerly 里的“{found}”在 {other} 已经用了。formerly 只写现在别处不用的旧编号。请改正，或删去。",
        "en": "“{found}” under formerly is already used in {other}. Write there only earlier ids that nothing else uses. Correct or delete it.",
    },
    "duplicate_order": {
        "zh": "次序 {found} 与 {other} 相同。每个单位的 order 应各不相同，请改一个。",
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
    "unit_copy": {
        "zh": "这个文件里的 id 都是 {other} 的，像是复制来的。请把每条的 id 改成“{expected}-编号”；如果是多余的副本，请删去这个文件。",
        "en": "all ids in this file are those of {other}; it looks like a copy. Change each id to “{expected}-NUMBER”, or delete the file if it is not wanted.",
    },
    "unknown_theme": {
        "zh": "主题“{found}”不在 themes.yaml 中。{near}请写其中之一：{expected}。",
        "en": "the theme “{found}” is not in themes.yaml. {near}Write one of: {expected}.",
    },
    "name_for_id": {
        "zh": "“{found}”是名称或旧编号，这里要写现在的 id。请写成：{likely}。",
        "en": "“{found}” is a name or an earlier id; the present id is wanted here. Write: {likely}.",
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
        "zh": "只有已办结的承诺才能“重新办理”（reopened）。请核对前面的进展。",
        "en": "only an accepted pledge can be reopened. Check the updates before this one.",
    },
    "update_after_accepted": {
        "zh": "承诺已办结，之后的进展只能是“重新办理”（reopened），这里是“{found}”。请核对。",
        "en": "the pledge was accepted; the next update can only be reopened, not “{found}”. Check it.",
    },
    "after_as_of": {
        "zh": "这里的日期 {found} 晚于统计日期 as_of（{as_of}）。请核对这两个日期。",
        "en": "the date {found} is later than the site's as_of date ({as_of}). Check the two dates.",
    },
    "as_of_early": {
        "zh": "统计日期 as_of（{found}）早于公开承诺的日期 statements_date（{since}）。请核对这两个日期。",
        "en": "the as_of date ({found}) lies before the day of the statements, statements_date ({since}). Check the two dates.",
    },
    "issue_early": {
        "zh": "汇编的日期 {found} 早于它所讲的情况（到 {since} 为止）。请核对 site.yaml 里的 bulletin.date 与 as_of（没有时为 statements_date）。",
        "en": "the bulletin's date ({found}) lies before the day that it speaks of ({since}). Check bulletin.date in site.yaml against as_of (or statements_date, where there is no as_of).",
    },
    "deadline_before": {
        "zh": "期限到 {found} 为止，早于公开承诺的日期（site.yaml 中的 statements_date：{since}）。请核对年份；原文没有写期限就写 unstated。",
        "en": "this deadline ends on {found}, before the statements were made (statements_date in site.yaml: {since}). Check the year; if the source gives none, write unstated.",
    },
    "date_before": {
        "zh": "这里的日期 {found} 早于公开承诺的日期（site.yaml 中的 statements_date：{since}）。请核对。",
        "en": "the date {found} lies before the statements were made (statements_date in site.yaml: {since}). Check it.",
    },
    "all_drafts": {
        "zh": "这个单位的承诺都是草稿，发布时整个单位都不会出现。如果确实暂不发布，请在单位这一级也写上“draft: true”；否则请删去至少一条承诺的 draft。",
        "en": "all pledges of this unit are drafts, so the whole unit would be missing from the site. If that is meant, write “draft: true” for the unit too; if not, delete “draft: true” from at least one pledge.",
    },
    "nothing_public": {
        "zh": "没有一个可以发布的单位：全部是草稿。请删去至少一个单位的“draft: true”；只想看草稿，请运行 python build.py serve。",
        "en": "there is no unit to publish: all of them are drafts. Take “draft: true” away from one of them; to look at drafts, run python build.py serve.",
    },
    "duplicate_name": {
        "zh": "单位名称“{found}”（{language}）与 {other} 相同。请核对；如果确实同名，请写得能区分开。",
        "en": "the name “{found}” ({language}) is the same as that of {other}. Check it; if two units really have the same name, write the names so that they can be told apart.",
    },
    "update_twice": {
        "zh": "这条进展（{found}）与前一条完全相同。请删去一条。",
        "en": "this update of {found} is the same as the one before it. Delete one of them.",
    },
    "article_front": {
        "zh": "文章开头应有用两行 --- 围起来的 title 和 description。请在最前面补上这四行：---，title: …，description: …，---。",
        "en": "an article begins with title and description between two lines of ---. Add these four lines at the top: ---, title: …, description: …, ---.",
    },
    "article_blank": {
        "zh": "文章的第一行应为 ---，前后不能有空行或空格。请删去它们。",
        "en": "the first line of an article is ---, with no empty line or space around it. Delete those.",
    },
    "article_open": {
        "zh": "文章开头的 --- 没有结束。请在 title 和 description 下面再写一行 ---。",
        "en": "the --- at the top of the article is not closed. Write another line --- below title and description.",
    },
    "long_run": {
        "zh": "这里连着 {found} 个字没有空格或标点，上限是 {limit}。请核对，是不是粘贴了不该有的内容。",
        "en": "here {found} letters stand without a space or a mark; the limit is {limit}. Check whether something was pasted by mistake.",
    },
    "article_stars": {
        "zh": "这里的“{found}”没有配成一对，会原样显示出来。粗体写成“**文字**”，两头的 ** 紧挨着文字；要显示这个符号，请在它前面加反斜杠，例如 \\*。",
        "en": "“{found}” has no partner here and would be shown as it is typed. Bold is written “**words**”, with ** close to the words at both ends; to show the sign itself put a backslash before it, such as \\*.",
    },
    "article_ticks": {
        "zh": "这里的反引号“{found}”没有配成一对，会原样显示出来。请补上另一个，或删去。",
        "en": "the backtick “{found}” has no partner here and would be shown as it is typed. Add the other one, or delete it.",
    },
    "article_heading_space": {
        "zh": "“{found}”不会成为小标题：# 后面少了空格，前面有空格，或 # 是全角的。请写成“{likely}”。",
        "en": "“{found}” does not become a heading: there is no space after the #, there are spaces before it, or it is full-width. Write “{likely}”.",
    },
    "article_heading_first": {
        "zh": "“{found}”是一级标题，而文章的标题已经写在开头的 title 里。请写成“{likely}”。",
        "en": "“{found}” is a heading of the first level, which the title at the top of the article is already. Write “{likely}”.",
    },
    "article_heading_skips": {
        "zh": "“{found}”的标题级别跳级了，用读屏软件的人会以为缺了一节。请写成“{likely}”。",
        "en": "“{found}” skips a heading level, and people who use a screen reader would think that a section is missing. Write “{likely}”.",
    },
    "article_heading_empty": {
        "zh": "“{found}”后面没有标题的文字。请补上，或删去这一行。",
        "en": "there are no words after “{found}”. Write the heading, or delete this line.",
    },
    "article_underlined": {
        "zh": "“{found}”下面紧挨着的“{likely}”会把它变成大标题。请在中间空一行；要写小标题，请在行首写“## ”。",
        "en": "the “{likely}” right below “{found}” makes a heading of it. Leave an empty line between them; for a heading begin the line with “## ”.",
    },
    "article_indented": {
        "zh": "“{found}”前面有四个以上的空格，会变成代码。请删去行首的空格；要分段，空一行即可。",
        "en": "four or more spaces before “{found}” make it code. Delete the spaces; an empty line is enough for a new paragraph.",
    },
    "article_blanks": {
        "zh": "“{found}”前面有全角或特殊的空格，所以不会变成列表或引文，记号会原样显示出来。请删去行首的空格。",
        "en": "the wide or odd spaces before “{found}” keep it from becoming a list or a quotation, and the sign would be shown as it is typed. Delete the spaces.",
    },
    "article_fence": {
        "zh": "这里的“{found}”没有结束，后面的文字都会变成代码。请在代码末尾另起一行写“{found}”，或删去这一行。",
        "en": "the “{found}” that is opened here is not closed, and makes code of all that follows. Write “{found}” on a line of its own at the end of the code, or delete this line.",
    },
    "article_definition": {
        "zh": "“{found}”是链接地址的定义，在这里不起作用。请在要链接的地方直接写“[文字](地址)”，再删去这一行。",
        "en": "“{found}” defines the address of a link, which has no effect here. Write “[words](address)” where the link belongs, and delete this line.",
    },
    "article_more_than": {
        "zh": "行首的“{found}”会变成引文，“>”就看不见了。请写“大于”或全角的“＞”。",
        "en": "“{found}” at the beginning of a line becomes a quotation, and the > would not be shown. Write “more than”, or the full-width “＞”.",
    },
    "article_row": {
        "zh": "这一行有 {found} 格，而表头只有 {expected} 格，多出的不会显示。请改成一样多；文字里的 | 请写成 \\|。",
        "en": "this row has {found} cells, but the head of the table has {expected}; the others would not be shown. Make them equal; a | inside the words is written \\|.",
    },
    "character_likely": {
        "zh": "这些字与正确的字形似，其实是另外的字符（多半从 PDF 复制而来，搜索不到），汇编（PDF）也印不出来（冒号后是行号）：{found}。请改成箭头后面的写法。",
        "en": "these characters only look like others (most come from text copied out of a PDF, and no search finds them); the bulletin cannot print them. Each with its line, and what to write: {found}. Write what stands after the arrow.",
    },
    "script_missing": {
        "zh": "随附的字体没有{reason}（这里有 {n} 个不同的字符，例如 {found}），汇编（PDF）印不出来。这种文字目前不能用：请改用能印的文字（汉字，或拉丁、希腊、西里尔字母），或在 site.yaml 里去掉这种语言。",
        "en": "the bundled fonts do not have the {reason} script ({n} different characters here, such as {found}), so the bulletin cannot print it. It cannot be used yet: write Chinese characters or Latin, Greek or Cyrillic letters, or take this language out of site.yaml.",
    },
    "character_missing": {
        "zh": "随附的字体没有这些字，汇编（PDF）印不出来（冒号后是行号）：{found}。请核对是不是错字；确需使用时运行 {cure}。表情符号之类加不进去，请改用文字。",
        "en": "the bundled fonts lack these characters, so the bulletin cannot print them; each with its line: {found}. Check that they are right; if they are, run: {cure}. Emoji and the like cannot be added: say it in words.",
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
    "pdf_refused": {
        "zh": "{page} 要用“{found}”，但排印 PDF 只能读取为它列出的素材，不能读取其他文件，也不能访问网络。请在模板中删去。",
        "en": "{page} asks for “{found}”. A document reads only what is listed for it, no other file and nothing from the network. Take it out of the template.",
    },
    "pdf_time": {
        "zh": "排印 {page} 用时过长，已中止。请检查内容和模板中是否有极长的段落，或极大的表格、图形。",
        "en": "printing {page} took far too long and was stopped. Look in the content and the template for an endless paragraph, or for a huge table or drawing.",
    },
    "pdf_memory": {
        "zh": "排印 {page} 占用内存过多，已中止。请检查内容和模板中是否有极长的段落，或极大的表格、图形。",
        "en": "printing {page} took far too much memory and was stopped. Look in the content and the template for an endless paragraph, or for a huge table or drawing.",
    },
    "pdf_page": {
        "zh": "{page} 应为一页，缩到最小字号也放不下。请在模板中减少内容。",
        "en": "{page} is to be one page, and even the smallest letters need more. Show less in the template.",
    },
    "pdf_deep": {
        "zh": "排印 {page} 时，元素嵌套层数过多，无法继续。请在模板中减少嵌套。",
        "en": "printing {page} met elements that are nested too deeply. Nest fewer in the template.",
    },
    "worker_lost": {
        "zh": "一个工作进程被系统终止，多半是内存不足。请关闭其他程序后重试，或加上 --jobs 1。",
        "en": "the system ended a process of this build, most likely for want of memory. Close other programs and try again, or add --jobs 1.",
    },
    "asset_missing": {
        "zh": "找不到素材文件“{found}”。",
        "en": "the asset “{found}” was not found.",
    },
    # ── a cluster ──
    "cluster_package": {
        "zh": "要用集群 {address}，还缺 Python 软件包 distributed。请先运行：{python} -m pip install distributed。",
        "en": "the cluster {address} needs the Python package distributed. Install it first: {python} -m pip install distributed.",
    },
    "cluster_silent": {
        "zh": "{address} 没有 Dask 调度器应答。请核对地址和端口，确认调度器已经启动、防火墙没有阻拦。",
        "en": "no Dask scheduler answers at {address}. Check the address and the port, that the scheduler runs, and that no "
        "firewall is in the way.",
    },
    "cluster_lost": {
        "zh": "与集群 {address} 的连接中断了。请确认调度器还在运行，然后重新生成。",
        "en": "the connection to the cluster {address} was lost. Check that its scheduler still runs, then build again.",
    },
    "cluster_deserted": {
        "zh": "集群 {address} 已有 {seconds} 秒没有任何工作节点。请启动工作节点，然后重新生成。",
        "en": "the cluster {address} has had no worker for {seconds} seconds. Start workers, then build again.",
    },
    "cluster_killed": {
        "zh": "集群 {address} 的工作节点在做同一件工作时接连退出，可能是内存不足。请查看工作节点的日志，然后重新生成。",
        "en": "workers of the cluster {address} died one after another at the same piece of work, perhaps for want of memory. "
        "Look at the workers' logs, then build again.",
    },
    "cluster_without": {
        "zh": "工作节点 {worker} 不能运行本程序：{found}。请在那台机器上装好同一版本的 Gazette，再重新启动这个节点。",
        "en": "the worker {worker} cannot run this program: {found}. Install the same Gazette there, then start the worker again.",
    },
    "cluster_other": {
        "zh": "工作节点 {worker} 的版本与本机不同，做出来的文件可能不一样：那里是 {found}；本机是 {expected}。请在那台机器上装成与本机相同的版本，再重新启动这个节点。",
        "en": "the worker {worker} has other versions than this machine and could make other files: it has {found}; this machine "
        "has {expected}. Install the same there, then start the worker again.",
    },
    # ── signing ──
    "sign_package": {
        "zh": "签署和核验 PDF 还缺 Python 软件包 pyHanko。请先运行：make setup-sign（或 {python} -m pip install pyhanko）。",
        "en": "signatures need the Python package pyHanko. Install it first: make setup-sign (or {python} -m pip install pyhanko).",
    },
    "sign_nothing": {
        "zh": "这里没有本程序生成的 PDF，没有什么可签署的。请先运行 python build.py 生成网站，或用 --output 指明网站所在的文件夹。",
        "en": "there is no PDF here that this program built, so there is nothing to sign. Build the site first with python build.py, or name its folder with --output.",
    },
    "sign_altered": {
        "zh": "这个 PDF 生成之后被改动过，不能签署。请重新生成网站，然后再签署。",
        "en": "this PDF was altered after it was built and is not signed. Build the site again, then sign it.",
    },
    "sign_to_come": {
        "zh": "--at 的签署时间 {at} 还没有到，这样的签名别人核验时不会承认。请去掉 --at，或写已经过去的时间；也请检查电脑的时钟。",
        "en": "the time {at} of --at is still to come, and nobody who verifies such a signature would accept it. Leave --at "
        "out, or write a time that has passed; check the clock of this computer, too.",
    },
    "sign_failed": {
        "zh": "这个 PDF 无法签署（{found}）。请重新生成网站，然后再试一次。",
        "en": "this PDF cannot be signed ({found}). Build the site again, then try once more.",
    },
    "sign_foreign": {
        "zh": "文件夹里有 {found} 个文件不是签署命令写入的，或者写入之后被改动过（例如 {example}）。为免误删，请用 --to 换一个空文件夹，或先移走这些文件。",
        "en": "the folder holds files that this command did not write, or that were altered since ({found}, such as {example}). So that nothing is lost, choose an empty folder with --to, or move them away first.",
    },
    "sign_busy": {
        "zh": "另一个签署命令正在写这个文件夹。请等它结束后再运行。",
        "en": "another run is signing into this folder. Wait until it has ended, then run this again.",
    },
    "sign_inside": {
        "zh": "签署文件的文件夹“{found}”不能与输出文件夹“{other}”重叠。请用 --to 换一个文件夹。",
        "en": "the folder of signed files “{found}” must not overlap with the output folder “{other}”. Choose another folder with --to.",
    },
    "key_needed": {
        "zh": "签署要用密钥文件。请写成：sign --key 文件.p12。",
        "en": "signing needs the file of a key. Write: sign --key FILE.p12.",
    },
    "key_inside": {
        "zh": "密钥文件“{found}”放在“{other}”里，可能随网站一起公开。请把它移到别处，只让经办人能读取。",
        "en": "the key “{found}” lies in “{other}”, which is to be published. Move it to a place that only the signer can read.",
    },
    "key_missing": {
        "zh": "没有这个密钥文件。请检查 --key 后面的文件名。",
        "en": "there is no such file. Check the name after --key.",
    },
    "key_form": {
        "zh": "这不是 PKCS#12 密钥文件（扩展名通常是 .p12 或 .pfx，里面有证书和私钥）。请向证书颁发机构索取，或从证书管理软件中连同私钥一起导出。",
        "en": "this is no PKCS#12 file (one that ends in .p12 or .pfx and holds a certificate with its private key). Ask for it where the certificate was issued, or export it together with its private key.",
    },
    "key_empty": {
        "zh": "这个文件里没有私钥，或没有与私钥对应的证书。请重新导出，并选择连同私钥一起导出。",
        "en": "this file has no private key, or no certificate that goes with it. Export it again together with its private key.",
    },
    "key_passphrase": {
        "zh": "口令不对，打不开密钥文件。请检查口令（注意大小写和输入法）。",
        "en": "the passphrase is wrong; the key cannot be opened. Check it, upper and lower case included.",
    },
    "key_no_passphrase": {
        "zh": "这个密钥文件需要口令。请写 --passphrase-file 文件，或设置环境变量 GAZETTE_PASSPHRASE，或在终端里运行并按提示输入。",
        "en": "this key needs a passphrase. Write --passphrase-file FILE, set the environment variable GAZETTE_PASSPHRASE, or run this at a terminal, where it is asked for.",
    },
    "key_kind": {
        "zh": "这种密钥不能用来签署 PDF：只能用 2048 位以上的 RSA，或 P-256、P-384、P-521 曲线的 ECDSA（不支持国密 SM2）。请换一张证书。",
        "en": "this kind of key cannot sign a PDF: RSA of 2048 bits or more, or ECDSA on P-256, P-384 or P-521 is needed (SM2 is not supported). Use another certificate.",
    },
    "key_expired": {
        "zh": "“{holder}”的证书已过期：有效期 {begin} 至 {end}，签署日期是 {at}。请换用有效的证书。",
        "en": "the certificate of {holder} has expired: it is valid from {begin} to {end}, and the day of signing is {at}. Use one that is valid.",
    },
    "key_early": {
        "zh": "“{holder}”的证书尚未生效：有效期 {begin} 至 {end}，签署日期是 {at}。请换用有效的证书，或检查电脑的日期。",
        "en": "the certificate of {holder} is not valid yet: it is valid from {begin} to {end}, and the day of signing is {at}. Use one that is valid, or check this machine's date.",
    },
    "key_use": {
        "zh": "“{holder}”的证书不能用于签署文件（证书写明的用途中没有数字签名）。请换用允许签署的证书。",
        "en": "the certificate of {holder} may not sign documents: that is not among the uses that it names. Use one that may.",
    },
    "verify_nothing": {
        "zh": "没有写要核验哪些文件。请写成：verify 文件.pdf，也可以写文件夹。",
        "en": "no file to verify was named. Write: verify FILE.pdf; it may be a folder, too.",
    },
    "verify_missing": {
        "zh": "没有这个文件或文件夹：“{found}”。请检查名称。",
        "en": "there is no file or folder “{found}”. Check its name.",
    },
    "verify_empty": {
        "zh": "文件夹“{found}”里没有 PDF，也没有 sha256sums.txt。请写另一个文件夹，或写 PDF 的文件名。",
        "en": "the folder “{found}” has no PDF and no sha256sums.txt. Name another folder, or a PDF.",
    },
    "trust_form": {
        "zh": "--trust 后面的“{found}”读不出证书。请写证书文件（PEM 或 DER 格式，扩展名通常是 .pem、.crt 或 .cer）。",
        "en": "no certificate can be read from “{found}” after --trust. Name a file of certificates (PEM or DER, which ends in .pem, .crt or .cer).",
    },
    # ── the command ──
    "output_foreign": {
        "zh": "输出文件夹“{found}”里有不是本程序生成的文件（例如 {example}）。请换一个空文件夹，或先移走这些文件；确认要用这个文件夹的，请加上 --adopt：同名的文件会被替换，其余的文件保持原样。",
        "en": "the output folder “{found}” holds files that this program did not make (such as {example}). Choose an empty folder, or move them away first. If this is the folder you mean, add --adopt: files of the same name are then replaced, all others stay as they are.",
    },
    "output_other_site": {
        "zh": "输出文件夹“{found}”里是另一个网站《{other}》，现在要生成的是《{site}》。是不是漏写了 --content？请用 --output 换一个文件夹；确认要用《{site}》取代它的，请加上 --adopt。",
        "en": "the output folder “{found}” holds another site, “{other}”; this is “{site}”. Was --content forgotten? Choose another folder with --output; to replace that site by “{site}”, add --adopt.",
    },
    "output_read": {
        "zh": "“{found}”打不开：{reason}。原有网站没有改动。",
        "en": "“{found}” cannot be read: {reason}. The site that was there is unchanged.",
    },
    "output_waiting": {
        "zh": "另一个构建正在进行，等它结束后接着做。",
        "en": "another build is under way; waiting for it.",
    },
    "output_no_locks": {
        "zh": "这个文件夹所在的磁盘不支持文件锁，仍继续生成。请不要同时运行两次生成，或用 --output 换到本机的磁盘上。",
        "en": "the disk of this folder does not support file locks; the build goes on. Make sure that no two builds run at once, or choose a folder on a disk of this machine with --output.",
    },
    "output_kept_damaged": {
        "zh": "以前生成的记录已损坏，现在重新开始记录，所有文件都会重新生成。",
        "en": "the record of earlier builds is damaged; it is begun anew, and all files are made again.",
    },
    "output_adopted": {
        "zh": "找不到以前生成的记录；这里的页面是本程序为同一网站生成的，现在接着使用，所有文件都会重新生成。",
        "en": "there is no record of earlier builds, but the pages here were made by this program for the same site: the folder is used again, and all files are made anew.",
    },
    "output_unkept": {
        "zh": "缓存文件夹写不进去：{reason}。本次仍继续生成，但不能只生成有改动的部分，会慢一些。请腾出磁盘空间，或用 --cache 换一个文件夹。",
        "en": "the cache folder cannot be written: {reason}. The build goes on, but has to make everything, which takes longer. Make room on that disk, or choose another folder with --cache.",
    },
    "output_kept_lost": {
        "zh": "没有以前生成的记录可查：{reason}。请再生成一次。",
        "en": "there is no record of a build to look into: {reason}. Build again.",
    },
    "interrupted": {
        "zh": "已中断，网站没有改动。",
        "en": "interrupted; the site is unchanged.",
    },
    "interrupted_halfway": {
        "zh": "已中断，新文件只写入了一部分。再生成一次就会接着写完。",
        "en": "interrupted while the new files were moved in: some are new, some are not. Build again, and it goes on from there.",
    },
    "interrupted_after": {
        "zh": "已中断，这时新文件已经全部写入，网站是完整的。",
        "en": "interrupted after all new files had been written; the site is whole.",
    },
    "pdf_library": {
        "zh": "排版 PDF 要用的 Pango 没有装好（{found}）。请安装 Pango；在 Windows 上请用 WSL，或者加上 --no-pdf，只生成网页和数据。",
        "en": "Pango, which is needed to make PDFs, is not installed ({found}). Install it (on Windows, use WSL), or add --no-pdf to make everything but the PDFs.",
    },
    "pdf_version": {
        "zh": "WeasyPrint 的版本不符（已安装 / 需要：{found}）。请运行 make site 装回锁定的版本，或者加上 --no-pdf，只生成网页和数据。",
        "en": "the installed version of WeasyPrint is not the one needed (installed / needed: {found}). Run make site, which installs the locked one, or add --no-pdf to make everything but the PDFs.",
    },
    "output_inside": {
        "zh": "输出文件夹“{found}”不能与内容或模板文件夹“{other}”重叠。请用 --output 换一个文件夹。",
        "en": "the output folder “{found}” must not overlap with “{other}”, the content or the templates. Choose another "
        "folder with --output.",
    },
    "cache_inside": {
        "zh": "缓存文件夹“{found}”不能与“{other}”重叠，因为缓存随时可能被删除。请用 --cache 换一个文件夹。",
        "en": "the cache folder “{found}” must not overlap with “{other}”, because a cache may be deleted at any time. Choose "
        "another folder with --cache.",
    },
    "report_inside": {
        "zh": "结果文件“{found}”不能放在“{other}”里。请写到别的文件夹，例如 --report report.json。",
        "en": "the report “{found}” must not lie in “{other}”. Write it elsewhere, for example with --report report.json.",
    },
    "report_folder": {
        "zh": "结果文件“{found}”是一个文件夹。请写一个文件名，例如 --report report.json。",
        "en": "the report “{found}” is a folder. Write the name of a file, for example --report report.json.",
    },
    "report_nowhere": {
        "zh": "结果文件“{found}”所在的文件夹不存在。请先建好，或写到别处，例如 --report report.json。",
        "en": "the folder of the report “{found}” does not exist. Make it first, or write elsewhere, for example with "
        "--report report.json.",
    },
    "report_write": {
        "zh": "结果文件写不进去：{reason}。网站已经生成好了，只是没有写出这份结果。",
        "en": "the report cannot be written: {reason}. The site itself was built.",
    },
    "output_write": {
        "zh": "写不进“{found}”：{reason}。原有网站没有改动。",
        "en": "“{found}” cannot be written: {reason}. The site that was there is unchanged.",
    },
    "output_halfway": {
        "zh": "写到一半停下了，写不进“{found}”：{reason}。排除这个原因后再生成一次，就会接着写完。",
        "en": "writing stopped halfway: “{found}” cannot be written: {reason}. Remove the cause and build again: it goes on "
        "from there.",
    },
    "content_missing": {
        "zh": "没有内容文件夹“{found}”。请用 --content 指明内容所在。",
        "en": "there is no content folder “{found}”. Name it with --content.",
    },
    "templates_missing": {
        "zh": "没有这个模板文件夹：“{found}”。请用 --templates 指明模板所在。",
        "en": "there is no templates folder “{found}”. Name it with --templates.",
    },
    "not_folder": {
        "zh": "{option} 后面应为文件夹，而“{found}”是文件或失效的链接，不是文件夹。请换一个名字。",
        "en": "{option} takes a folder; “{found}” is a file or a dead link, not a folder. Choose another name.",
    },
    "unknown_command": {
        "zh": "没有“{found}”这个命令。{near}可用的命令：{expected}。",
        "en": "there is no command “{found}”. {near}The commands are: {expected}.",
    },
    "unknown_option": {
        "zh": "没有“{found}”这个选项。{near}运行 python build.py build --help 可以看到所有选项。",
        "en": "there is no option “{found}”. {near}python build.py build --help lists them all.",
    },
    "option_not_here": {
        "zh": "命令 {command} 不用 {found} 这个选项。请去掉它。",
        "en": "the command {command} has no option {found}. Take it away.",
    },
    "unknown_argument": {
        "zh": "不明白“{found}”是什么意思。命令（{expected}）写在最前面，其余的都写成“--选项 内容”；内容里有空格时要加引号。",
        "en": "“{found}” is not understood. The command ({expected}) stands first, all else is “--option value”; a value with "
        "spaces needs quotes.",
    },
    "option_value": {
        "zh": "{option} 后面缺少内容。请写成：{option} {expected}。",
        "en": "{option} needs a value. Write: {option} {expected}.",
    },
    "option_alone": {
        "zh": "{option} 后面不能带内容。请只写 {option}。",
        "en": "{option} takes no value. Write {option} alone.",
    },
    "option_as_of_form": {
        "zh": "--as-of 的日期“{found}”看不懂。请写成 2017-06-30 的样子。",
        "en": "the date “{found}” of --as-of cannot be read. Write it like 2017-06-30.",
    },
    "option_as_of_absent": {
        "zh": "--as-of 的日期“{found}”不存在。请写成 2017-06-30 的样子。",
        "en": "the date “{found}” of --as-of does not exist. Write it like 2017-06-30.",
    },
    "option_base_url": {
        "zh": "--base-url 的网址“{found}”不对。请写以 https:// 开头、域名完整、不带空格和“?”“#”的网址，例如 https://www.example.gov.cn/zhenggai/。",
        "en": "the address “{found}” of --base-url is wrong. Write one that begins with https:// and the name of a host, and has no space, “?” or “#”, "
        "such as https://www.example.gov.cn/zhenggai/.",
    },
    "option_jobs": {
        "zh": "--jobs 后面应为不小于 1 的整数，实际是“{found}”。请写例如 --jobs 4。",
        "en": "--jobs takes a whole number from 1 up, found “{found}”. Write, for example, --jobs 4.",
    },
    "option_jobs_nobody": {
        "zh": "--jobs 只管本机的进程数，与 --executor {found} 不能同时使用。请去掉其中一个。",
        "en": "--jobs counts processes of this machine, so it has no meaning with --executor {found}. Take one of them away.",
    },
    "option_executor": {
        "zh": "--executor 不认识“{found}”。可以写：processes（本机多个进程）、serial（只用一个进程），或集群调度器的地址，例如 dask://10.0.0.5:8786。",
        "en": "--executor does not know “{found}”. Allowed: processes (several, of this machine), serial (a single one), or the "
        "address of a cluster's scheduler, such as dask://10.0.0.5:8786.",
    },
    "option_at": {
        "zh": "--at 的时间“{found}”看不懂或不存在。请写成 2017-06-30T09:00 的样子。",
        "en": "the time “{found}” of --at cannot be read or does not exist. Write it like 2017-06-30T09:00.",
    },
    "option_port": {
        "zh": "--port 后面应为 0 到 65535 的整数，实际是“{found}”。请写例如 --port 8000。",
        "en": "--port takes a whole number from 0 to 65535, found “{found}”. Write, for example, --port 8000.",
    },
    "option_only": {
        "zh": "--only 不认识“{found}”。{near}可以写：{expected}，多个用逗号隔开。",
        "en": "--only does not know “{found}”. {near}Allowed: {expected}, with commas between them.",
    },
    "option_only_nothing": {
        "zh": "--only 和 --no-pdf 合在一起，就没有什么可生成的了。请去掉其中一个。",
        "en": "--only and --no-pdf together leave nothing to make. Take one of them away.",
    },
    "option_messages": {
        "zh": "--messages 不认识“{found}”。可以写：{expected}。",
        "en": "--messages does not know “{found}”. Allowed: {expected}.",
    },
    "option_wrong": {
        "zh": "命令写得不对（{found}）。运行 python build.py --help 可以看到用法。",
        "en": "the command is wrong ({found}). python build.py --help shows how to write it.",
    },
    "system": {
        "zh": "电脑不允许这样做：{reason}。请检查这个文件或文件夹还在不在、有没有权限、磁盘是否已满。",
        "en": "the system refuses: {reason}. Check that this file or folder still exists, that you may use it, and that the "
        "disk is not full.",
    },
    "program_error": {
        "zh": "程序自身出错（{kind}：{found}），不是内容文件的格式问题。网站保持上一次的样子；预览没有停，下次保存后会再试。"
        "请把终端窗口里以 Traceback 开头的记录发给维护本程序的人。",
        "en": "the program itself failed ({kind}: {found}). The site is as it was, the preview goes on and tries again at the "
        "next save. Please send the lines of the terminal from “Traceback” on to whoever maintains this program.",
    },
    "port_taken": {
        "zh": "端口 {port} 已被其他程序占用，可能是另一个预览。请先关掉它，或者写 --port {free}。",
        "en": "port {port} is taken by another program, perhaps another preview. Close it, or write --port {free}.",
    },
    "port_refused": {
        "zh": "端口 {port} 用不了（{reason}）。请写 --port {free}。",
        "en": "port {port} cannot be used ({reason}). Write --port {free}.",
    },
    "folder_gone": {
        "zh": "当前文件夹已被删除或移走。请先用 cd 换到别的文件夹，再运行一次。",
        "en": "the current folder was deleted or moved away. Change to another folder with cd, then run this again.",
    },
    "explain_unknown": {
        "zh": "网站中没有这个文件。{near}请写输出文件夹里的路径，例如 zh/index.html。",
        "en": "there is no such file in the site. {near}Write its path in the output folder, such as zh/index.html.",
    },
    "explain_foreign": {
        "zh": "输出文件夹里有这个文件，但它不是本程序生成的。",
        "en": "this file lies in the output folder, but this program did not make it.",
    },
    "screen_write": {
        "zh": "屏幕提示写不出去：{reason}。请检查“>”后面的文件。",
        "en": "what the program says cannot be written: {reason}. Check the file after “>”.",
    },
}

PREVIEW = {
    "missing": {"zh": "预览里没有这个页面。", "en": "The preview has no such page."},
    "gone": {
        "zh": "网站里已经没有这个页面了，这里显示的是它最后的样子。",
        "en": "The site no longer has this page; you see it as it was last.",
    },
    "elsewhere": {
        "zh": "预览只供本机查看，不回应其他网站的请求。请直接打开预览的地址。",
        "en": "The preview is for this machine alone and does not answer other sites. Open its own address.",
    },
    "home": {"zh": "打开预览", "en": "Open the preview"},
}
"""What the preview says in pages of its own."""
