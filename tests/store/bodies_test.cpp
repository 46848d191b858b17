#include "store/bodies.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "archive_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/schema.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

std::string noise(std::size_t size) {
  std::mt19937 engine(5);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(engine() & 0xFF);
  return bytes;
}

void put(Archive& archive, const std::string& body) {
  archive.commit([&](Batch& batch) { REQUIRE(put_body(batch, parsers::sha256_hex(body), body)); });
}

}  // namespace

TEST_CASE("a page's bytes come back as they went, packed where that helps") {
  Archive archive(any_life());
  for (const std::string& body :
       {std::string{}, std::string("a"), std::string(100'000, 'x'), noise(50'000)}) {
    put(archive, body);
    put(archive, body);
    CHECK(get_body(archive.read(), parsers::sha256_hex(body)).value() == body);
    const auto value = archive.read().get(Family::kBodies, *digest_key(parsers::sha256_hex(body))).value();
    REQUIRE(value);
    CHECK(value->size() < body.size() / (body.size() == 100'000 ? 100 : 1) + 20);
  }
}

TEST_CASE("bytes that are not held are not found, and a digest that is none is refused") {
  Archive archive;
  const std::string digest = parsers::sha256_hex("nowhere");
  const auto body = get_body(archive.read(), digest);
  REQUIRE_FALSE(body);
  CHECK(body.error().kind == ErrorKind::kNotFound);
  CHECK(body.error().message == "no page with the digest " + digest + " in the archive");
  CHECK(get_body(archive.read(), "abc").error().kind == ErrorKind::kNotFound);
  archive.commit([](Batch& batch) { CHECK(put_body(batch, "abc", "x").error().kind == ErrorKind::kUsage); });
}

TEST_CASE("bytes that no longer have their digest are damaged") {
  Archive archive;
  const std::string body(1000, 'x');
  const std::string digest = parsers::sha256_hex(body);
  put(archive, body);
  const std::string value = *archive.read().get(Family::kBodies, *digest_key(digest)).value();
  std::mt19937 engine(1);
  std::vector<std::string> bad{"", value.substr(0, 1), value.substr(0, value.size() / 2), value + "x",
                               "\x04" + value.substr(1)};
  for (std::size_t i = 0; i < value.size(); ++i) {
    bad.push_back(value);
    bad.back()[i] = static_cast<char>(bad.back()[i] ^ (1 << engine() % 8));
  }
  for (const auto& wrong : bad) {
    archive.commit([&](Batch& batch) { batch.put(Family::kBodies, *digest_key(digest), wrong); });
    const auto found = get_body(archive.read(), digest);
    if (found) CHECK(*found == body);  // a bit of the frame's header that means nothing
    if (!found) CHECK(found.error().kind == ErrorKind::kDamaged);
  }
}
