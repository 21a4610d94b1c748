"""Addresses of the web: which can be used, and what is wrong with the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import build
from gazette.model.forms.addresses import fault, fault_of_base, fault_of_site

USABLE = [
    "https://www.example.gov.cn/zhenggai/",
    "https://www.example.gov.cn:8443/a?b=1&c=%E6%B0%B4#d",
    "http://例子.测试/文件/一.pdf",
    "https://xn--fsqu00a.xn--0zwm56d/",
    "https://a_b.example.org./..a/.b/c..",
    "https://8.8.8.8/",
    "https://[2606:4700::1111]:443/",
    "https://127.example.org/",
]

FAULTS = {
    "url_form": [
        "", "https://", "https:///a", "ftp://example.org/", "javascript:alert(1)", "https://exa mple.org/",
        "//example.org/", "http://[::1", "http://[::1]x/", "http://[nonsense]/", "https://example..org/",
        "https://-a.org/", "https://a-.org/",
        "http://example.org\\@evil.org/", "https://example.org/<b>", 'https://example.org/"', "https://example.org/`",
        "http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://256.1.1.1/", "https://example.org:/",
        "https://example.org:８０/", "https://a.example。org/", "https://exam%70le.org/", f"https://{'a' * 64}.org/",
        "https://example.org/\u202egpj.exe", "https://example.org:80a/", "https://ex\u2100mple.org/",
    ],
    "url_secret": ["https://user@example.org/", "https://user:secret@example.org/", "https://@example.org/"],
    "url_port": ["https://example.org:0/", "https://example.org:65536/", "https://x:99999/a/../b"],
    "url_dots": ["https://a.org/a/../b", "https://a.org/./a", "https://a.org/a/%2E%2e", "https://a.org/.."],
    "url_inside": [
        "http://localhost/", "http://LOCALHOST:8000/", "http://a.localhost/", "http://intranet/", "https://gov.local/",
        "http://127.0.0.1/", "http://127.9.9.9/", "http://10.0.0.5/", "http://172.16.0.1/", "http://192.168.1.1/",
        "http://169.254.169.254/", "http://100.64.0.1/", "http://0.0.0.0/", "http://[::1]/", "http://[fe80::1]/",
        "http://[fd00::1]:80/", "http://[::ffff:127.0.0.1]/", "http://printer.lan/", "http://a.home.arpa/",
    ],
}  # fmt: skip


@pytest.mark.parametrize("address", USABLE)
def test_addresses_that_the_public_can_open(address: str) -> None:
    assert fault(address) == ""


@pytest.mark.parametrize(("code", "address"), [(code, each) for code, some in FAULTS.items() for each in some])
def test_addresses_that_cannot_be_used(code: str, address: str) -> None:
    assert fault(address) == code
    assert fault_of_site(address) == ("" if code == "url_inside" else code)


@given(st.text(alphabet="htps:/@[]().%#?\\ \t\n0123456789abxé水。-_", max_size=40).map(lambda text: f"http://{text}"))
def test_any_address_is_judged(address: str) -> None:
    assert fault(address) in {*FAULTS, ""}
    assert fault_of_base(address) in {*FAULTS, "base_url_form", ""}


@pytest.mark.parametrize(
    "address", ["http://[::1", "https://a.org/?q", "https://a.org/#x", "https://a.org:99999/", "a.org"]
)
def test_the_address_of_a_command_is_judged_as_that_of_the_settings(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--base-url", address, "--messages", "en"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("build.py: the ") and address in told and "Traceback" not in told
