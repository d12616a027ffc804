"""The visitor's address behind proxies, however they write it."""

import ipaddress

import pytest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from foundation.visitors import network_digest, network_of, read_address, visitor_address

PROXY = "10.0.0.1"
JUNK = (
    "",
    " ",
    "unknown",
    "_hidden",
    "_x:80",
    "x",
    "1.2.3",
    "[",
    "[]:80",
    "1.2.3.4.5:6",
    ":443",
    "999.1.1.1",
    "é",
    "%",
)


def request_from(forwarded: str | None, peer: str = PROXY):
    more = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **more)


def mapped(address: ipaddress.IPv4Address) -> str:
    return f"::ffff:{address}"


# Ways to write an address, those of proxies seen: nginx, HAProxy, Azure, IIS, RFC 7239's in quotes.
V4 = (str, "{}:567".format, "{}:".format, " {} ".format, '"{}:80"'.format, mapped, lambda a: f"[{mapped(a)}]:443")
V6 = (str, "[{}]".format, "[{}]:443".format, ' "[{}]:1" '.format, "{}%eth0".format, lambda a: a.exploded.upper())
written_v4 = st.tuples(st.ip_addresses(v=4), st.sampled_from(V4))
written_v6 = st.tuples(st.ip_addresses(v=6).filter(lambda a: a.ipv4_mapped is None), st.sampled_from(V6))
entries = st.lists(st.sampled_from(JUNK) | st.ip_addresses().map(str) | st.text('0123456789abcdef.:[]_" ', max_size=20))


@given(written_v4 | written_v6, entries, entries)
def test_the_entry_of_the_outermost_trusted_proxy_is_the_visitor_in_any_writing(written, invented, inner):
    address, write = written
    header = ",".join([*invented, write(address), *inner])
    with override_settings(TRUSTED_PROXIES=1 + header.split(",")[::-1].index(write(address))):
        assert visitor_address(request_from(header)) == address


@given(entries, st.integers(0, 4))
def test_no_header_leaves_a_visitor_without_a_network(header, proxies):
    with override_settings(TRUSTED_PROXIES=proxies):
        assert len(network_digest(request_from(",".join(header)), purpose="test")) == 64


@given(entries, st.ip_addresses())
def test_without_trusted_proxies_nobody_is_believed(header, peer):
    with override_settings(TRUSTED_PROXIES=0):
        plain = visitor_address(request_from(None, str(peer)))
        assert visitor_address(request_from(",".join(header), str(peer))) == plain


@given(entries, entries)
def test_what_a_visitor_invents_on_the_left_changes_nothing(one, other):
    with override_settings(TRUSTED_PROXIES=1):
        digests = {
            network_digest(request_from(",".join([*invented, "8.8.8.8:99"])), purpose="test")
            for invented in (one, other)
        }
        assert len(digests) == 1


@pytest.mark.parametrize("written", JUNK)
def test_junk_is_no_address_and_its_visitors_share_their_proxy_s(written):
    assert read_address(written) is None
    with override_settings(TRUSTED_PROXIES=1):
        assert str(visitor_address(request_from(written))) == PROXY


def test_fewer_entries_than_proxies_leave_the_connection_s_own_address():
    with override_settings(TRUSTED_PROXIES=2):
        assert str(visitor_address(request_from("203.0.113.7"))) == PROXY


def test_an_ipv6_visitor_is_its_64_and_an_ipv4_one_its_address():
    assert network_of(read_address("2001:db8::1")) == network_of(read_address("2001:db8::ffff:2")) == "2001:db8::/64"
    assert network_of(read_address("2001:db8:0:1::1")) == "2001:db8:0:1::/64"
    assert network_of(read_address("::ffff:203.0.113.7")) == network_of(read_address("203.0.113.7")) == "203.0.113.7/32"


def test_a_socket_without_an_address_is_one_network():
    assert visitor_address(request_from(None, "")) is None
    assert network_of(None) == "unknown"


def test_digests_of_two_purposes_cannot_be_matched():
    request = request_from(None, "203.0.113.7")
    assert network_digest(request, purpose="a") != network_digest(request, purpose="b")
