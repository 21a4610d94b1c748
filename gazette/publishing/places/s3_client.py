"""The client of a store that speaks S3: sends requests, and turns its errors into Refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from gazette.publishing.refused import Refused

if TYPE_CHECKING:
    from gazette.model.records.destinations import S3Destination

AT_ONCE = 8
"""The number of requests that are under way at the same time."""

ABSENT = ("NoSuchKey", "NotFound", "404")
UNCONDITIONAL = ("NotImplemented", "InvalidArgument", "InvalidRequest", "501", "400")
"""The codes with which stores refuse a condition that they do not know."""

TAKEN = ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")

_BUCKET_IN_HOST = (
    "amazonaws.com",
    "amazonaws.com.cn",
    "aliyuncs.com",
    "myhuaweicloud.com",
    "myqcloud.com",
    "volces.com",
)
"""Stores that take the bucket in the name of the host; all others take it in the path."""

_KEY, _DENIED, _BUCKET = "publish_s3_key", "publish_s3_denied", "publish_s3_bucket"
_REGION, _CLOCK, _FAILED = "publish_s3_region", "publish_s3_clock", "publish_s3_failed"

_MEANT = {
    "InvalidAccessKeyId": _KEY,
    "SignatureDoesNotMatch": _KEY,
    "InvalidToken": _KEY,
    "ExpiredToken": _KEY,
    "403": _DENIED,
    "AccessDenied": _DENIED,
    "AllAccessDisabled": _DENIED,
    "NoSuchBucket": _BUCKET,
    "InvalidBucketName": _BUCKET,
    "AuthorizationHeaderMalformed": _REGION,
    "PermanentRedirect": _REGION,
    "301": _REGION,
    "RequestTimeTooSkewed": _CLOCK,
}
"""The messages for the codes of stores. Other codes are told as they are."""


class Client:
    """A bucket. Several threads may send requests. The credentials come from the environment, or from the profile that
    it names. Raises Refused where there are none."""

    def __init__(self, destination: S3Destination) -> None:
        self.bucket, self.place = destination.bucket, destination.endpoint or "AWS S3"
        self._errors = _Errors(self.bucket, self.place)
        try:
            session = _session()
            if session.get_credentials() is None:
                raise Refused("publish_s3_no_key")
            self._client = session.create_client(
                "s3",
                endpoint_url=destination.endpoint,
                region_name=destination.region or session.get_config_variable("region") or "us-east-1",
                config=_config(destination.endpoint),
            )
        except self._errors.kinds as error:
            raise self._errors.refused(error) from None

    def ask(self, operation: str, none: Collection[str] = (), **values: Any) -> dict[str, Any] | None:
        """Send a request, and return the answer; None where the store refuses with one of the codes `none`. Raises
        Refused for any other code."""
        try:
            return getattr(self._client, operation)(Bucket=self.bucket, **values)  # type: ignore[no-any-return]
        except self._errors.kinds as error:
            if _code(error) in none:
                return None
            raise self._errors.refused(error) from None

    def read(self, key: str) -> bytes | None:
        """Return the bytes of an object; None where there is none. Raises Refused."""
        answer = self.ask("get_object", ABSENT, Key=key)
        try:
            return answer["Body"].read() if answer else None
        except self._errors.kinds as error:
            raise self._errors.refused(error) from None

    def objects(self, prefix: str) -> Iterator[dict[str, Any]]:
        """Yield the objects whose keys begin with `prefix`; the store lists a thousand at a time."""
        more: dict[str, str] = {}
        while answer := self.ask("list_objects_v2", Prefix=prefix, **more):
            yield from answer.get("Contents", ())
            if not answer.get("IsTruncated"):
                return
            more = {"ContinuationToken": answer["NextContinuationToken"]}


class _Errors:
    """Turns the errors of the library into Refused."""

    def __init__(self, bucket: str, place: str) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        self.bucket, self.place = bucket, place
        self.kinds: tuple[type[Exception], ...] = (BotoCoreError, ClientError)

    def refused(self, error: Exception) -> Refused:
        """Return what is told of an error. Only its code is: the rest of the answer can hold the name of the key, and
        what was signed."""
        from botocore import exceptions

        if isinstance(error, exceptions.SSLError):
            return Refused("publish_s3_certificate", found=self.place)
        if isinstance(error, exceptions.HTTPClientError | exceptions.ConnectionError):
            return Refused("publish_s3_silent", found=self.place)
        if isinstance(error, exceptions.NoCredentialsError | exceptions.PartialCredentialsError):
            return Refused("publish_s3_no_key")
        if isinstance(error, exceptions.ProfileNotFound):
            return Refused("publish_s3_profile")
        if isinstance(error, exceptions.ParamValidationError):
            return Refused("publish_s3_bucket", bucket=self.bucket, place=self.place)
        code = _code(error)
        return Refused(_MEANT.get(code, _FAILED), found=code, place=self.place, bucket=self.bucket)


def _code(error: Exception) -> str:
    """Return the code that the store gave, or the class name of the error of the library."""
    answer = getattr(error, "response", {})
    return str(answer.get("Error", {}).get("Code") or type(error).__name__)


def _session() -> Any:
    """Return a session of the library that takes credentials from the environment and the files of profiles. It must
    not ask the network for them: whoever answers could give some."""
    import botocore.session

    session = botocore.session.get_session()
    session.get_component("credential_provider").remove("iam-role")
    return session


def _config(endpoint: str | None) -> Any:
    """Return the settings of the library. The checksum is our own (Content-MD5), which stores of all ages check; some
    refuse those that the library adds."""
    from botocore.config import Config

    host = urlsplit(endpoint or "").hostname or "amazonaws.com"
    in_host = any(host == name or host.endswith(f".{name}") for name in _BUCKET_IN_HOST)
    return Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard", "total_max_attempts": 4},
        max_pool_connections=AT_ONCE,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "virtual" if in_host else "path"},
    )
