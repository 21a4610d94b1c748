#!/bin/sh
# The site of today: deadlines pass on their day, though nobody edits anything. nightly.sh [NAME [OPTIONS OF publish]]
# 按当天日期重新生成并发布网站：期限到期即如期显示，无须有人编辑。
# What was signed off is in Git, and nothing else is published: this is a clone of its own, in which nobody edits.
# 只发布已审定、已存入 Git 的内容：本程序在单独的克隆中运行，不在其中编辑。
set -eu
cd "${GAZETTE:-/opt/gazette}"
today=$(TZ=Asia/Shanghai date +%F)
name=${1:-portal}
[ $# -eq 0 ] || shift

# The dates of publication, the register and the records of translations are part of the content.
# 发布日期记录、登记簿和翻译记录属于内容，一并存入 Git。
keep() {
  for folder in content/published content/register content/translations; do
    [ ! -d "$folder" ] || git add "$folder"
  done
  git diff --cached --quiet || git commit --quiet --message "Published $today"
}

keep # what a night that was cut off left · 上次中断时留下的记录
edited=$(git status --short --untracked-files=no; git status --short content)
if [ -n "$edited" ]; then
  echo "$edited" >&2
  echo "Somebody edits in this clone. Nothing was published. · 有人在此克隆中编辑，未发布。" >&2
  exit 1
fi
git pull --quiet --rebase
.venv/bin/python build.py publish "$name" --yes --as-of "$today" --report publish.json "$@"
keep
# Somebody else may have pushed meanwhile: the lines of both are right.
# 其间可能有他人推送：两边的记录都有效，自动合并。
git push --quiet || { git pull --quiet --rebase && git push --quiet; }
