#!/bin/sh
# The site of today: deadlines pass on their day, though nobody edits anything. nightly.sh [NAME]
# 按当天日期重新生成并发布网站：期限到期即如期显示，无须有人编辑。
# What was signed off is in Git, and nothing else is published: this is a clone of its own, in which nobody edits.
# 只发布已审定、已存入 Git 的内容：本程序在单独的克隆中运行，不在其中编辑。
set -eu
cd "${GAZETTE:-/opt/gazette}"
git pull --quiet --ff-only
.venv/bin/python build.py publish "${1:-portal}" --yes --as-of "$(TZ=Asia/Shanghai date +%F)" --report publish.json
# The dates of publication and the register are part of the content.
# 发布日期记录和登记簿属于内容，一并存入 Git。
git add content
if ! git diff --cached --quiet; then
  git commit --quiet --message "Published $(TZ=Asia/Shanghai date +%F)"
  git push --quiet
fi
