"""What a store that speaks S3 may answer, and what people are told of it; nothing of a key is ever among it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from program import run
from releases import files_of, published, release
from stores import KEY, SECRET, Bucket, Stores, made

from gazette.messages.catalogue import languages
from gazette.messages.problems import Problem
from gazette.model.records.destinations import S3Destination
from gazette.publishing.in_place import InPlace
from gazette.publishing.opening import open_destination
from gazette.publishing.refused import Refused


@pytest.fixture
def bucket(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket of the server that checks signatures."""
    return made("rclone", stores, monkeypatch)


def opened(destination: S3Destination) -> InPlace:
    site = open_destination(destination, Path(), "", lambda *_: "")
    assert isinstance(site, InPlace)
    return site


def refused(destination: S3Destination) -> str:
    """The code of what is told of a destination that is published to."""
    with pytest.raises(Refused) as error:
        published(opened(destination), release(1))
    for language in languages():
        told = Problem.at("publish.yaml", 1, 0, error.value.code, **error.value.values).show(language)
        assert KEY not in told and SECRET not in told and "Signature=" not in told
        assert "{" not in told
    return error.value.code


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("AWS_SECRET_ACCESS_KEY", "wrong", "publish_s3_key"),
        ("AWS_ACCESS_KEY_ID", "AKIDOTHER", "publish_s3_key"),
        ("AWS_ACCESS_KEY_ID", "", "publish_s3_no_key"),
        ("AWS_SECRET_ACCESS_KEY", "", "publish_s3_no_key"),
        ("AWS_PROFILE", "nobody", "publish_s3_profile"),
    ],
)
def test_a_wrong_or_missing_key_is_told_and_nothing_is_sent(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: str
) -> None:
    monkeypatch.setenv(name, value) if value else monkeypatch.delenv(name)
    assert refused(bucket.destination) == code
    assert bucket.listed() == []


def test_a_profile_has_the_key(bucket: Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    profiles = tmp_path / "credentials"
    profiles.write_text(f"[portal]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(profiles))
    monkeypatch.setenv("AWS_PROFILE", "portal")
    published(opened(bucket.destination), release(1))
    assert bucket.public() == files_of(1)


def test_a_bucket_that_is_not_there_is_told(bucket: Bucket) -> None:
    assert refused(msgspec.structs.replace(bucket.destination, bucket="there-is-none")) == "publish_s3_bucket"
    assert refused(msgspec.structs.replace(bucket.destination, bucket="no bucket at all")) == "publish_s3_bucket"


def test_where_nobody_answers_that_is_told(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)  # the library waits before it asks again
    assert refused(msgspec.structs.replace(bucket.destination, endpoint="http://127.0.0.1:9")) == "publish_s3_silent"


def test_a_store_that_cannot_prove_who_it_is_gets_nothing(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that speaks no TLS at all is such a one."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    endpoint = (bucket.destination.endpoint or "").replace("http:", "https:")
    assert refused(msgspec.structs.replace(bucket.destination, endpoint=endpoint)) == "publish_s3_certificate"


def test_the_command_tells_it_in_one_line_with_its_place(bucket: Bucket, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    where = f"  kind: s3\n  bucket: {bucket.destination.bucket}\n  endpoint: {bucket.destination.endpoint}\n"
    (content / "publish.yaml").write_text(f"portal:\n{where}")
    published(bucket.opened(), release(1))
    done = run("publish", "portal", "--list", content=content)
    assert (done.returncode, done.stderr) == (0, "") and release(1).manifest.id in done.stdout
    done = run("publish", "portal", "--list", content=content, env={"AWS_SECRET_ACCESS_KEY": "wrong"})
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "publish.yaml:1" in done.stderr and "does not accept the access key (SignatureDoesNotMatch)" in done.stderr


# ── what no store for tests says ─────────────────────────────────────────────


class Store(http.server.BaseHTTPRequestHandler):
    """A small store, that keeps what it is given, and answers as it is told."""

    objects: dict[str, bytes]
    answer: tuple[int, str] | None
    """What it answers to everything."""
    conditions: tuple[int, str]
    """What it answers to a condition."""

    def _say(self, status: int, data: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("ETag", '"1"')
        self.end_headers()
        self.wfile.write(data)

    def _refuse(self, status: int, code: str) -> None:
        said = f"<AWSAccessKeyId>{KEY}</AWSAccessKeyId><StringToSign>{SECRET}</StringToSign>"
        self._say(status, f"<Error><Code>{code}</Code><Message>{said}</Message>{said}</Error>".encode())

    def do_GET(self) -> None:
        if self.answer:
            self._refuse(*self.answer)
        elif (data := self.objects.get(self.path)) is None:
            self._refuse(404, "NoSuchKey")
        else:
            self._say(200, data)

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if self.answer or self.headers["If-None-Match"]:
            return self._refuse(*(self.answer or self.conditions))
        self.objects[self.path] = data
        return self._say(200)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def told(bucket: Bucket) -> Iterator[tuple[type[Store], S3Destination]]:
    class Own(Store):
        objects, answer, conditions = {}, None, (501, "NotImplemented")

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Own) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        yield Own, msgspec.structs.replace(bucket.destination, endpoint=endpoint)
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "answer", "code"),
    [
        (403, "AccessDenied", "publish_s3_denied"),
        (403, "ExpiredToken", "publish_s3_key"),
        (403, "RequestTimeTooSkewed", "publish_s3_clock"),
        (400, "AuthorizationHeaderMalformed", "publish_s3_region"),
        (409, "OperationAborted", "publish_s3_failed"),
    ],
)
def test_what_a_store_answers_is_told_by_what_to_do(
    told: tuple[type[Store], S3Destination], status: int, answer: str, code: str
) -> None:
    store, destination = told
    store.answer = (status, answer)
    assert refused(destination) == code


@pytest.mark.parametrize("conditions", [(501, "NotImplemented"), (400, "InvalidArgument")])
def test_a_store_that_knows_no_conditions_has_locks_all_the_same(
    told: tuple[type[Store], S3Destination], conditions: tuple[int, str]
) -> None:
    store, destination = told
    store.conditions = conditions
    site = opened(destination).store
    assert site.create("lock.json", b"one")
    assert not site.create("lock.json", b"two")
    assert [*store.objects.values()] == [b"one"]
