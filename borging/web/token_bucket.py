"""Rate limits: token buckets, for everybody together or one per client address."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network


@dataclass
class Bucket:
    """Tokens that fill up with time.

    Attributes:
        burst: most it holds.
        rate: tokens per second.
        tokens: number of tokens at moment `at`.
        at: moment on a monotonic clock, in seconds.
    """

    burst: float
    rate: float
    tokens: float
    at: float

    def fill(self, now: float) -> float:
        """Return how many tokens there are at `now`."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return self.tokens


class BucketPerClient:
    """One bucket for each client; full buckets are forgotten.

    Clients are named as by `network_of`.
    """

    def __init__(self, burst: float, rate: float) -> None:
        self.burst, self.rate = burst, rate
        self.buckets: dict[str, Bucket] = {}

    def tokens(self, client: str, now: float) -> float:
        """Return how many tokens a client has at `now`."""
        bucket = self.buckets.get(client)
        return self.burst if bucket is None else bucket.fill(now)

    def take(self, client: str, now: float) -> None:
        """Take one token of a client, and forget the clients that have all of theirs."""
        full = Bucket(self.burst, self.rate, tokens=self.burst, at=now)
        bucket = self.buckets.setdefault(client, full)
        bucket.fill(now)
        bucket.tokens -= 1
        for name, other in list(self.buckets.items()):
            if other.fill(now) >= other.burst:
                del self.buckets[name]


def network_of(client: str) -> str:
    """Return the name under which a client address counts.

    IPv4 counts per address, also when written as IPv6; IPv6 per network of one customer (/64).
    """
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return client
    inside = address.ipv4_mapped
    return str(inside or ip_network((address, 64), strict=False))
