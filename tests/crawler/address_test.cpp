#include "crawler/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <string>

using boardwalk::crawler::is_public;

namespace {

bool is_public_text(const std::string& text) {
  sockaddr_storage storage{};
  if (text.find(':') == std::string::npos) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    REQUIRE(inet_pton(AF_INET, text.c_str(), &in.sin_addr) == 1);
    std::memcpy(&storage, &in, sizeof in);
  } else {
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    REQUIRE(inet_pton(AF_INET6, text.c_str(), &in6.sin6_addr) == 1);
    std::memcpy(&storage, &in6, sizeof in6);
  }
  return is_public(reinterpret_cast<const sockaddr&>(storage));
}

}  // namespace

TEST_CASE("every special IPv4 range is refused from its first address to its last, and not beyond") {
  struct Range {
    std::string before, first, last, after;  // before and after: empty where another range adjoins
  };
  const Range ranges[] = {
      {"", "0.0.0.0", "0.255.255.255", "1.0.0.0"},
      {"9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0"},
      {"100.63.255.255", "100.64.0.0", "100.127.255.255", "100.128.0.0"},
      {"126.255.255.255", "127.0.0.0", "127.255.255.255", "128.0.0.0"},
      {"169.253.255.255", "169.254.0.0", "169.254.255.255", "169.255.0.0"},
      {"172.15.255.255", "172.16.0.0", "172.31.255.255", "172.32.0.0"},
      {"191.255.255.255", "192.0.0.0", "192.0.0.255", "192.0.1.0"},
      {"192.0.1.255", "192.0.2.0", "192.0.2.255", "192.0.3.0"},
      {"192.88.98.255", "192.88.99.0", "192.88.99.255", "192.88.100.0"},
      {"192.167.255.255", "192.168.0.0", "192.168.255.255", "192.169.0.0"},
      {"198.17.255.255", "198.18.0.0", "198.19.255.255", "198.20.0.0"},
      {"198.51.99.255", "198.51.100.0", "198.51.100.255", "198.51.101.0"},
      {"203.0.112.255", "203.0.113.0", "203.0.113.255", "203.0.114.0"},
      {"223.255.255.255", "224.0.0.0", "239.255.255.255", ""},
      {"", "240.0.0.0", "255.255.255.255", ""},
  };
  for (const auto& [before, first, last, after] : ranges) {
    CAPTURE(first, last);
    CHECK_FALSE(is_public_text(first));
    CHECK_FALSE(is_public_text(last));
    if (!before.empty()) CHECK(is_public_text(before));
    if (!after.empty()) CHECK(is_public_text(after));
  }
}

TEST_CASE("the metadata address of clouds and the loopback address are refused") {
  CHECK_FALSE(is_public_text("169.254.169.254"));
  CHECK_FALSE(is_public_text("127.0.0.1"));
  CHECK_FALSE(is_public_text("::1"));
}

TEST_CASE("only global unicast IPv6 addresses are public") {
  for (const std::string text :
       {"2000::1", "2400:3200::1", "2606:4700::1111", "2a00:1450:4001::68", "3fff:1000::1"}) {
    CAPTURE(text);
    CHECK(is_public_text(text));
  }
  for (const std::string text :
       {"::",         "::1",          "100::1",           "1fff:ffff::1", "2001:2::1",
        "2001:10::1", "2001:20::1",   "2001:1ff:ffff::1", "2001:db8::1",  "2001:db8:ffff::1",
        "3fff::1",    "3fff:fff::1",  "4000::1",          "5f00::1",      "fbff::1",
        "fc00::1",    "fd12:3456::1", "fdff::1",          "fe80::1",      "febf::1",
        "fec0::1",    "ff02::1",      "ff0e::1",          "ffff::1"}) {
    CAPTURE(text);
    CHECK_FALSE(is_public_text(text));
  }
  CHECK(is_public_text("2001:200::1"));
  CHECK(is_public_text("2001:db9::1"));
}

TEST_CASE("an IPv6 address that embeds an IPv4 address is as public as that one") {
  struct Pair {
    std::string public_form, private_form;
  };
  const Pair pairs[] = {
      {"::ffff:8.8.8.8", "::ffff:127.0.0.1"},       {"::ffff:808:808", "::ffff:7f00:1"},
      {"::ffff:1.1.1.1", "::ffff:169.254.169.254"}, {"64:ff9b::8.8.8.8", "64:ff9b::10.0.0.1"},
      {"2002:808:808::1", "2002:c0a8:101::1"},      {"2002:101:101::", "2002:7f00:1::"},
  };
  for (const auto& [public_form, private_form] : pairs) {
    CAPTURE(public_form, private_form);
    CHECK(is_public_text(public_form));
    CHECK_FALSE(is_public_text(private_form));
  }
}

TEST_CASE("a Teredo address is refused when its server or its hidden client is private") {
  // The client's bits are turned: f7f7:f7f7 is 8.8.8.8, 80ff:fffe is 127.0.0.1, 5601:5601 is 169.254.169.254.
  CHECK(is_public_text("2001:0:808:808:0:0:f7f7:f7f7"));
  CHECK_FALSE(is_public_text("2001:0:808:808:0:0:80ff:fffe"));
  CHECK_FALSE(is_public_text("2001:0:808:808:0:0:5601:5601"));
  CHECK_FALSE(is_public_text("2001:0:a00:1:0:0:f7f7:f7f7"));
}

TEST_CASE("withdrawn and local forms that embed IPv4 addresses are refused whatever they embed") {
  CHECK_FALSE(is_public_text("::8.8.8.8"));
  CHECK_FALSE(is_public_text("::127.0.0.1"));
  CHECK_FALSE(is_public_text("64:ff9b:1::8.8.8.8"));
}

TEST_CASE("an address of any other family is refused") {
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  CHECK_FALSE(is_public(reinterpret_cast<const sockaddr&>(local)));
  sockaddr none{};
  CHECK_FALSE(is_public(none));
}
