"""Keyed digests: what is private is found and compared by them, and never told by them."""

import hashlib
import hmac

from django.conf import settings


def keyed_digest(text: str, purpose: str) -> str:
    """Return the digest of *text* for one *purpose*, as 64 hexadecimal digits.

    Digests of two purposes can't be compared, so that one leak joins no two lists.
    """
    return hmac.digest(_key(purpose), _bytes(text), "sha256").hex()


class RunningDigest:
    """A keyed digest of many texts, in their order and each apart from the next."""

    def __init__(self, purpose: str):
        self._running = hmac.new(_key(purpose), digestmod=hashlib.sha256)

    def add(self, text: str) -> None:
        """Take one more text in."""
        held = _bytes(text)
        self._running.update(len(held).to_bytes(8, "big"))
        self._running.update(held)

    def hexdigest(self) -> str:
        """Return the digest so far."""
        return self._running.hexdigest()


def _key(purpose: str) -> bytes:
    return f"{purpose}\0{settings.OFFICE_DIGEST_KEY}".encode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
