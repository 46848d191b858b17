#include "crawler/address.hpp"

#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace boardwalk::crawler {
namespace {

struct Range4 {
  std::uint32_t network;
  int bits;
};

// The IANA IPv4 special-purpose registry (RFC 6890), and multicast (RFC 5771).
constexpr std::array<Range4, 15> kSpecial4{{
    {0x00000000, 8},   // 0.0.0.0        this network
    {0x0a000000, 8},   // 10.0.0.0       private
    {0x64400000, 10},  // 100.64.0.0     shared (RFC 6598)
    {0x7f000000, 8},   // 127.0.0.0      loopback
    {0xa9fe0000, 16},  // 169.254.0.0    link-local
    {0xac100000, 12},  // 172.16.0.0     private
    {0xc0000000, 24},  // 192.0.0.0      protocol assignments
    {0xc0000200, 24},  // 192.0.2.0      documentation
    {0xc0586300, 24},  // 192.88.99.0    6to4 relays, withdrawn
    {0xc0a80000, 16},  // 192.168.0.0    private
    {0xc6120000, 15},  // 198.18.0.0     benchmarking
    {0xc6336400, 24},  // 198.51.100.0   documentation
    {0xcb007100, 24},  // 203.0.113.0    documentation
    {0xe0000000, 4},   // 224.0.0.0      multicast
    {0xf0000000, 4},   // 240.0.0.0      reserved, and the broadcast address
}};

using Octets6 = std::array<std::uint8_t, 16>;

struct Range6 {
  Octets6 network;
  int bits;
};

// What the IANA IPv6 special-purpose registry takes out of 2000::/3, the only block that holds global unicast
// addresses.
constexpr std::array<Range6, 3> kSpecial6{{
    {{0x20, 0x01}, 23},              // 2001::/23      protocol assignments: benchmarking, ORCHID, …
    {{0x20, 0x01, 0x0d, 0xb8}, 32},  // 2001:db8::/32  documentation
    {{0x3f, 0xff}, 20},              // 3fff::/20      documentation (RFC 9637)
}};

constexpr std::array<std::string_view, 5> kInside{".localhost", ".local", ".internal", ".home.arpa", ".lan"};

constexpr auto kOthers = std::to_array(
    {1,    7,    9,    11,   13,   15,   17,   19,   20,   21,   22,   23,   25,   37,   42,   43,   53,
     69,   77,   79,   87,   95,   101,  102,  103,  104,  109,  110,  111,  113,  115,  117,  119,  123,
     135,  137,  139,  143,  161,  179,  389,  427,  465,  512,  513,  514,  515,  526,  530,  531,  532,
     540,  548,  554,  556,  563,  587,  601,  636,  989,  990,  993,  995,  1719, 1720, 1723, 2049, 3659,
     4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080});

constexpr Range6 kGlobalUnicast{{0x20}, 3};
constexpr Range6 kMapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr Range6 kNat64{{0x00, 0x64, 0xff, 0x9b}, 96};
constexpr Range6 kTeredo{{0x20, 0x01}, 32};
constexpr Range6 k6to4{{0x20, 0x02}, 16};

bool is_public4(std::uint32_t address) {
  return std::none_of(kSpecial4.begin(), kSpecial4.end(), [address](const Range4& range) {
    return (address ^ range.network) >> (32 - range.bits) == 0;
  });
}

bool within(const Octets6& address, const Range6& range) {
  const auto whole = static_cast<std::size_t>(range.bits / 8);
  if (!std::equal(address.begin(), address.begin() + range.bits / 8, range.network.begin())) return false;
  const int rest = range.bits % 8;
  return rest == 0 || (address[whole] ^ range.network[whole]) >> (8 - rest) == 0;
}

std::uint32_t embedded(const Octets6& address, std::size_t at) {
  return static_cast<std::uint32_t>(address[at]) << 24 | static_cast<std::uint32_t>(address[at + 1]) << 16 |
         static_cast<std::uint32_t>(address[at + 2]) << 8 | static_cast<std::uint32_t>(address[at + 3]);
}

bool is_public6(const Octets6& address) {
  if (within(address, kMapped) || within(address, kNat64)) return is_public4(embedded(address, 12));
  if (within(address, k6to4)) return is_public4(embedded(address, 2));
  // RFC 4380 §4: the server's address, and the client's with every bit turned.
  if (within(address, kTeredo)) return is_public4(embedded(address, 4)) && is_public4(~embedded(address, 12));
  if (!within(address, kGlobalUnicast)) return false;
  return std::none_of(kSpecial6.begin(), kSpecial6.end(),
                      [&](const Range6& range) { return within(address, range); });
}

}  // namespace

bool is_public(const sockaddr& address) {
  // Copied out: a sockaddr need not be aligned as the family's own struct is.
  if (address.sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, &address, sizeof in);
    return is_public4(ntohl(in.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 in6{};
    std::memcpy(&in6, &address, sizeof in6);
    Octets6 octets{};
    std::memcpy(octets.data(), &in6.sin6_addr, octets.size());
    return is_public6(octets);
  }
  return false;
}

bool names_inside(std::string host, const std::function<bool(const sockaddr&)>& is_public_address) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  while (host.ends_with('.')) host.pop_back();
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &hints, &found) == 0) {
    const bool inside = !is_public_address(*found->ai_addr);
    freeaddrinfo(found);
    return inside;
  }
  if (host.find('.') == std::string::npos) return true;
  return std::any_of(kInside.begin(), kInside.end(),
                     [&host](std::string_view domain) { return host.ends_with(domain); });
}

bool is_port_of_others(int port) { return std::binary_search(kOthers.begin(), kOthers.end(), port); }

}  // namespace boardwalk::crawler
