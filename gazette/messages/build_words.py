"""The words in which a build is told: how far it is, and why it made what it made."""

from __future__ import annotations

PROGRESS = {
    "units": {"zh": "生成各单位页面", "en": "Units"},
    "shared": {"zh": "生成汇总页面", "en": "Shared pages"},
    "documents": {"zh": "生成PDF", "en": "Documents"},
    "writing": {"zh": "写入文件", "en": "Writing files"},
}
"""What long work is at."""

CAUSES: dict[str, dict[str, str]] = {
    # ── the way that a cause took: a part of a key ──
    "way_view": {"zh": "（页面内容随之变化）", "en": " (what the page shows is different)"},
    "way_slot": {
        "zh": "（本页收录的各单位条目随之变化）",
        "en": " (the lines that units have on this page are different)",
    },
    "way_file": {
        "zh": "（随PDF附上的数据文件随之变化）",
        "en": " (the data that the document carries are different)",
    },
    "way_needs": {"zh": "（它由别的文件制成，那些文件随之变化）", "en": " (files that it is made from are different)"},
    "way_stamp": {
        "zh": "（页面引用的样式、脚本或字体随之变化）",
        "en": " (a style, script or font that the page loads is different)",
    },
    "way_site": {"zh": "（这项设置各页都用）", "en": " (a setting that all pages use)"},
    # ── what was changed ──
    "first": {"zh": "首次生成网站", "en": "the site is built for the first time"},
    "lost": {"zh": "没有以前生成的记录", "en": "there is no record of earlier builds"},
    "first_of_kind": {"zh": "首次生成 {} 类文件", "en": "files of the kind {} are made for the first time"},
    "new": {"zh": "这是新增的页面", "en": "the page is new"},
    "added": {"zh": "新增了 {}", "en": "{} was added"},
    "changed": {"zh": "{} 有改动", "en": "{} changed"},
    "removed": {"zh": "{} 已删除", "en": "{} is gone"},
    "item_added": {"zh": "{} 中新增了“{}”", "en": "{}: {} was added"},
    "item_changed": {"zh": "{} 中的“{}”有改动", "en": "{}: {} changed"},
    "item_removed": {"zh": "{} 中的“{}”已删除", "en": "{}: {} is gone"},
    "date": {"zh": "统计日期（as_of）由 {} 改为 {}", "en": "the date (as_of) went from {} to {}"},
    "passed": {
        "zh": "统计日期（as_of）由 {2} 改为 {3}，越过了 {0} 中的期限或其他日期（{1}）",
        "en": "the date (as_of) went from {2} to {3} and passed a deadline or another date of {0} ({1})",
    },
    "deleted": {"zh": "文件不见了（不是本程序删除的）", "en": "the file was gone, and this program had not removed it"},
    "altered": {"zh": "文件被改动过（不是本程序改的）", "en": "the file was altered, and not by this program"},
    "program": {"zh": "生成程序本身有改动", "en": "the program itself changed"},
    "fonts": {"zh": "随附的字体有改动", "en": "the bundled fonts changed"},
    "tool": {"zh": "{0} 的版本由 {1} 变为 {2}", "en": "{0} was version {1} and is {2}"},
    "unknown": {"zh": "所依据的内容有变化", "en": "something that it is made from changed"},
    "more": {"zh": "另有{}项原因", "en": "and {} more"},
    # ── how it is told ──
    "nothing": {"zh": "无", "en": "none"},
    "why": {"zh": "原因：{}。", "en": "Why: {}."},
    "between": {"zh": "；", "en": "; "},
    "made_now": {
        "zh": "{path}：本次生成（{made}）。原因：",
        "en": "{path}: made in this build ({made}), because",
    },
    "made_then": {
        "zh": "{path}：本次没有生成，自上次生成（{made}）以来，它所依据的内容没有变化。上次生成的原因：",
        "en": "{path}: as it was; nothing that it is made from has changed since it was last made ({made}), because",
    },
    "not_asked": {
        "zh": "{path}：本次没有处理 {kind} 类文件（最近一次处理是 {looked}）。上次生成是 {made}，原因：",
        "en": "{path}: this build left out {kind} (the last that did not: {looked}). Last made {made}, because",
    },
    "same": {
        "zh": "生成的结果与原来完全相同，文件没有重写（现有文件写于 {written}）。",
        "en": "The result is the same, byte for byte, so the file of {written} stays.",
    },
    "gone_now": {"zh": "{path}：本次已删除。原因：", "en": "{path}: removed by this build, because"},
}
"""Why files were made again, in words."""
