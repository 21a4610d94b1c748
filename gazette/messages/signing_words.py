"""The words in which signing and verifying are told; those of problems are with all others."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    # ── signing ──
    "field": {"zh": "发布单位的数字签名", "en": "Digital signature of the publisher"},
    "prompt": {"zh": "请输入密钥{key}的口令：", "en": "Passphrase of {key}: "},
    "signed": {
        "zh": "{place}：已用“{holder}”的证书签署{count}个PDF，校验值见{sums}，签署时间{at}，用时{seconds}秒。",
        "en": "{place}: PDFs signed by {holder}: {count}, dated {at}, in {seconds} s; their checksums are in {sums}.",
    },
    "signed_removed": {
        "zh": "网站中已没有对应的PDF，删除了旧的签署文件：{names}",
        "en": "Removed, since the site no longer has them: {names}",
    },
    "signed_left": {
        "zh": "输出文件夹里有{count}个PDF不是本程序生成的，没有签署：{names}",
        "en": "Not signed, since this program did not make them ({count}): {names}",
    },
    # ── a file that cannot be looked at ──
    "system": {"zh": "读不出来：{reason}。", "en": "cannot be read: {reason}."},
    "too_large": {"zh": "文件超过500 MB，没有核验。", "en": "larger than 500 MB; not verified."},
    "no_pdf": {"zh": "不是PDF文件。", "en": "not a PDF."},
    "broken": {"zh": "PDF已损坏或不完整，无法读取。", "en": "a damaged or incomplete PDF; it cannot be read."},
    "encrypted": {"zh": "PDF设了密码，无法核验。", "en": "an encrypted PDF; it cannot be verified."},
    "past_limit": {
        "zh": "读取这个PDF用时过长或占用内存过多，已停止核验。文件可能是恶意制作的。",
        "en": "reading it took too much time or memory and was stopped; the file may be malicious.",
    },
    # ── the verdict ──
    "good": {"zh": "完好。", "en": "intact."},
    "good_unknown": {
        "zh": "没有改动，但不能证明是谁签署的（见“信任”）。",
        "en": "unchanged, but nothing proves who signed it (see “Trust”).",
    },
    "unsigned": {
        "zh": "没有签名，无法判断是否被改动过。",
        "en": "not signed: nobody can say whether it was changed.",
    },
    "bad": {"zh": "有问题，见下。", "en": "something is wrong; see below."},
    # ── signatures ──
    "signature_broken": {
        "zh": "签名：已损坏，无法读取，不能证明文件未被改动。",
        "en": "Signature: damaged; it cannot be read and proves nothing.",
    },
    "intact": {"zh": "签名：校验通过，所签内容没有改动。", "en": "Signature: verifies; what was signed is unchanged."},
    "changed": {
        "zh": "签名：校验不通过，文件在签署之后被改动过，或者签名是伪造的。",
        "en": "Signature: does not verify; the file was changed after it was signed, or the signature is forged.",
    },
    "whole": {
        "zh": "范围：签名覆盖整个文件，签署之后没有添加任何内容。",
        "en": "Coverage: the whole file; nothing was added after the signature.",
    },
    "kept_up": {
        "zh": "范围：签署之后添加了{added}字节，只用于今后继续核验签名，没有改动内容。",
        "en": "Coverage: {added} bytes were added after the signature, which only keep it verifiable; the content is the same.",
    },
    "added": {
        "zh": "范围：签署之后又添加了{added}字节，这些内容不受签名保护；打开后看到的未必是当时签署的。",
        "en": "Coverage: {added} bytes were added after the signature, which it does not protect; what one sees may not be what was signed.",
    },
    "signer": {"zh": "签署人：{holder}{organisation}", "en": "Signed by: {holder}{organisation}"},
    "organisation": {"zh": "（{}）", "en": " ({})"},
    "issuer": {
        "zh": "证书：由“{issuer}”颁发，有效期{begin}至{end}",
        "en": "Certificate: issued by {issuer}, valid from {begin} to {end}",
    },
    "at": {
        "zh": "签署时间：{at}（签署人自报，没有可信时间戳）",
        "en": "Signed at: {at} (the signer's own word; there is no trusted timestamp)",
    },
    "no_time": {"zh": "签署时间：没有写明", "en": "Signed at: not stated"},
    "out_of_time": {
        "zh": "问题：所称的签署时间不在证书有效期内。",
        "en": "Problem: the stated signing time is outside the certificate's validity period.",
    },
    "expired": {
        "zh": "注意：证书现在已经过期；按所称的签署时间，签署时尚在有效期内，但没有时间戳佐证。",
        "en": "Note: the certificate has expired since. It was valid at the time that the signer names, which no timestamp confirms.",
    },
    "to_come": {
        "zh": "问题：所称的签署时间还没有到（现在是{now}），不可能是真的。",
        "en": "Problem: the stated signing time is still to come (it is {now}); it cannot be true.",
    },
    "weak": {
        "zh": "问题：签名使用的{what}早已不安全，可以伪造，这个签名什么也证明不了。",
        "en": "Problem: the signature rests on {what}, which can be forged; it proves nothing.",
    },
    "no_use": {
        "zh": "问题：这张证书不能用于签署文件。",
        "en": "Problem: this certificate may not be used to sign documents.",
    },
    "trusted": {
        "zh": "信任：证书可以追溯到您用--trust指定的证书。",
        "en": "Trust: the certificate chains to one that you named with --trust.",
    },
    "untrusted": {
        "zh": "信任：证书不能追溯到您用--trust指定的任何证书，不能据此认定签署人身份。",
        "en": "Trust: the certificate chains to none of those that you named with --trust; do not rely on the name above.",
    },
    "unknown": {
        "zh": "信任：没有用--trust指定可信的证书，因此无法断定签署人究竟是谁：上面的姓名和单位谁都可以写。",
        "en": "Trust: no certificate was named with --trust, so it cannot be said who stands behind it: anybody can write the name above.",
    },
    "revocation": {
        "zh": "吊销：没有查询证书是否已被吊销（本命令不联网）。",
        "en": "Revocation: not checked (this command does not go online).",
    },
    # ── data ──
    "no_data": {"zh": "附件：没有", "en": "Attached files: none"},
    "data_broken": {
        "zh": "附件：清单已损坏，无法读取。",
        "en": "Attached files: their list is damaged and cannot be read.",
    },
    "data": {"zh": "附件：{count}个", "en": "Attached files: {count}"},
    "file": {"zh": "  {name}：{facts}", "en": "  {name}: {facts}"},
    "between": {"zh": "，", "en": ", "},
    "and": {"zh": "、", "en": " and "},
    "colon": {"zh": "：", "en": ": "},
    "bytes": {"zh": "{:,}字节", "en": "{:,} bytes"},
    "checksum_right": {"zh": "校验值相符", "en": "checksum right"},
    "checksum_none": {"zh": "没有记录校验值", "en": "no checksum recorded"},
    "rows_read": {"zh": "可以读取，数据{:,}行", "en": "can be read, {:,} rows"},
    "unreadable": {"zh": "【问题】无法取出", "en": "PROBLEM: cannot be taken out"},
    "size": {"zh": "【问题】大小与记录不符", "en": "PROBLEM: not the recorded size"},
    "checksum": {"zh": "【问题】校验值不符", "en": "PROBLEM: not the recorded checksum"},
    "rows": {"zh": "【问题】内容有误，不能当作数据读取", "en": "PROBLEM: cannot be read as data"},
    "belongs": {
        "zh": "【问题】没有列入文件的关联文件（AF）清单（PDF/A-3要求列入）",
        "en": "PROBLEM: not on the document's list of associated files (AF), which PDF/A-3 requires",
    },
    "unlisted": {
        "zh": "【问题】不在附件目录中，阅读软件不会显示",
        "en": "PROBLEM: not among the attached files that a reader shows",
    },
    # ── claims ──
    "claims": {
        "zh": "声明：文件自称符合{claims}（只是自称，这里没有检验）",
        "en": "Claims: {claims} (what the file says of itself; not examined here)",
    },
    "no_claims": {"zh": "声明：文件没有自称符合PDF/A或PDF/UA", "en": "Claims: neither PDF/A nor PDF/UA"},
    # ── a folder's list ──
    "sums": {"zh": "{path}：{count}个文件与清单相符。", "en": "{path}: files matching the list: {count}."},
    "sums_note": {
        "zh": "清单本身没有签名：它能查出损坏，查不出伪造。",
        "en": "The list itself is not signed: it finds damage, not forgery.",
    },
    "missing": {"zh": "缺少：{names}", "en": "Missing: {names}"},
    "differs": {"zh": "与清单不符：{names}", "en": "Do not match the list: {names}"},
    "extra": {"zh": "清单之外的文件：{names}", "en": "Not on the list: {names}"},
    "unread": {
        "zh": "清单中有{count}行看不懂，或指向文件夹之外。",
        "en": "Lines that cannot be read or point outside the folder: {count}.",
    },
    # ── the end ──
    "all_good": {"zh": "共{total}个文件，全部完好。", "en": "Files: {total}, all intact."},
    "all_unknown": {
        "zh": "共{total}个文件，签署之后都没有改动；但没有指定可信的证书，不能证明是谁签署的。"
        "请加上--trust和发布单位的证书再核验一次。（退出状态3）",
        "en": "Files: {total}, all unchanged since they were signed; but no certificate was named with --trust, so nothing "
        "proves by whom. Verify again with the publisher's certificate. (Exit status 3)",
    },
    "not_all": {
        "zh": "共{total}个文件：{good}个完好，{bad}个未能证明完好。",
        "en": "Files: {total}; {good} intact, {bad} not shown to be intact.",
    },
    "list_wrong": {"zh": "文件夹与校验清单不符。", "en": "A folder does not match its list of checksums."},
}


def field_title(tag: str) -> str:
    """What a signature is called in a document whose language is `tag` (BCP 47)."""
    words = WORDS["field"]
    return words.get(tag.partition("-")[0].lower(), words["en"])
