#include "store/body_writer.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>

#include "archive_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

std::string letters(unsigned seed, int count) {
  std::mt19937 engine(seed);
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>('a' + engine() % 26);
  return text;
}

// Pages of one host: the same frame, which does not repeat itself, around other words.
std::string page_of(int number) {
  static const std::string frame = letters(4711, 3000);
  return frame + letters(static_cast<unsigned>(number), 200) + frame.substr(0, 500);
}

// A database whose pages are put as a crawl puts them: bytes and visit.
class Pages {
 public:
  Pages()
      : database_(*Database::open(temp_.path() / "archive", Database::Access::kWrite, config::Sync::kOs)) {}

  void put(BodyWriter& writer, int number, const std::string& site = "bbs.test") {
    put_body(writer, number, site, page_of(number));
  }

  void put_body(BodyWriter& writer, int number, const std::string& site, const std::string& body) {
    Batch batch(*database_);
    Visit visit;
    visit.key = fmt::format("{} thread {} 1", site, number);
    visit.sha256 = parsers::sha256_hex(body);
    REQUIRE(writer.put(batch, site, visit.sha256, body));
    put_visit(batch, visit);
    REQUIRE(database_->commit(batch));
  }

  void put_from(BodyWriter& writer, int first, int count) {
    for (int i = first; i < first + count; ++i) put(writer, i);
  }

  std::size_t stored(int number) const {
    return database_->get(Family::kBodies, *digest_key(parsers::sha256_hex(page_of(number)))).value()->size();
  }

  std::vector<DictionaryHead> dictionaries() const {
    auto heads = dictionary_heads(*database_);
    REQUIRE(heads);
    return *heads;
  }

  void check_all(int count) const {
    for (int i = 0; i < count; ++i)
      REQUIRE(get_body(*database_, parsers::sha256_hex(page_of(i))).value() == page_of(i));
  }

  Database& database() { return *database_; }

 private:
  TemporaryDirectory temp_;
  std::unique_ptr<Database> database_;
};

constexpr int kFirst = static_cast<int>(kFirstTraining);

}  // namespace

TEST_CASE("a host gets a dictionary after its first pages, which they and later ones are packed with") {
  Pages pages;
  BodyWriter writer(pages.database());
  pages.put_from(writer, 0, kFirst);
  CHECK(pages.dictionaries().empty());
  pages.put(writer, kFirst);
  const std::size_t plain = pages.stored(0);
  REQUIRE(writer.settle());
  const auto heads = pages.dictionaries();
  REQUIRE(heads.size() == 1);
  CHECK(heads[0].number == 1);
  CHECK(heads[0].site == "bbs.test");
  CHECK(heads[0].samples.size() == kFirstTraining);
  pages.put(writer, kFirst + 1);
  for (const int page : {0, kFirst - 1, kFirst, kFirst + 1}) CHECK(pages.stored(page) < plain / 2);
  pages.check_all(kFirst + 2);
}

TEST_CASE("hosts have dictionaries of their own") {
  Pages pages;
  BodyWriter writer(pages.database());
  pages.put_from(writer, 0, kFirst + 1);
  const std::size_t plain = pages.stored(0);
  REQUIRE(writer.settle());
  pages.put(writer, 9001, "other.test");
  CHECK(pages.stored(9001) > plain / 2);
}

TEST_CASE(
    "a later run goes on with the dictionaries there are, and trains where an earlier one was cut off") {
  Pages pages;
  {
    BodyWriter writer(pages.database());
    pages.put_from(writer, 0, kFirst);
  }
  const std::size_t plain = pages.stored(0);
  {
    BodyWriter writer(pages.database());
    pages.put(writer, kFirst);
    REQUIRE(writer.settle());
    CHECK(pages.dictionaries().size() == 1);
  }
  BodyWriter writer(pages.database());
  pages.put(writer, kFirst + 1);
  REQUIRE(writer.settle());
  CHECK(pages.dictionaries().size() == 1);
  for (const int page : {0, kFirst, kFirst + 1}) CHECK(pages.stored(page) < plain / 2);
}

TEST_CASE("where the others' dictionaries take much room, a host gets a small one") {
  Pages pages;
  BodyWriter writer(pages.database(), 1);
  const std::string frame = letters(4712, 90'000);
  for (const std::string site : {"large.test", "small.test"}) {
    for (int i = 0; i <= kFirst; ++i)
      pages.put_body(writer, i, site, frame + letters(static_cast<unsigned>(i), 10'000) + site);
    REQUIRE(writer.settle());
  }
  const auto bytes_of = [&](int number) {
    return pages.database().get(Family::kDictionaries, dictionary_key(number)).value()->size();
  };
  REQUIRE(pages.dictionaries().size() == 2);
  CHECK(bytes_of(1) > 2 * kSmallDictionary);
  CHECK(bytes_of(2) > kSmallDictionary / 2);
  CHECK(bytes_of(2) < kSmallDictionary + 10'000);  // with the samples' digests
}

TEST_CASE("a dictionary made after a page was packed without one packs it again") {
  Pages pages;
  BodyWriter writer(pages.database());
  const std::string late = page_of(9000);
  const auto none = writer.dictionary("bbs.test");
  REQUIRE(none);
  CHECK(*none == nullptr);
  PackedBody packed = pack_body(late, none->get());
  const std::size_t plain = packed.row.size();
  pages.put_from(writer, 0, kFirst + 1);
  REQUIRE(writer.settle());
  Batch batch(pages.database());
  REQUIRE(writer.put(batch, "bbs.test", parsers::sha256_hex(late), late, std::move(packed)));
  REQUIRE(pages.database().commit(batch));
  CHECK(pages.stored(9000) < plain / 2);

  const auto newest = writer.dictionary("bbs.test");
  REQUIRE(newest);
  REQUIRE(*newest != nullptr);
  const std::string next = page_of(9001);
  const PackedBody ready = pack_body(next, newest->get());
  CHECK(ready.dictionary == 1);
  Batch second(pages.database());
  REQUIRE(writer.put(second, "bbs.test", parsers::sha256_hex(next), next, ready));
  REQUIRE(pages.database().commit(second));
  CHECK(pages.database().get(Family::kBodies, *digest_key(parsers::sha256_hex(next))).value() == ready.row);
  CHECK(get_body(pages.database(), parsers::sha256_hex(next)).value() == next);
}

TEST_CASE("a host's second dictionary has seen more of it, and the first one stays") {
  Pages pages;
  BodyWriter writer(pages.database());
  pages.put_from(writer, 0, kFirst + 1);
  REQUIRE(writer.settle());
  pages.put_from(writer, kFirst + 1, static_cast<int>(kSecondTraining) - kFirst);
  REQUIRE(writer.settle());
  CHECK(pages.dictionaries().size() == 2);
  pages.put_from(writer, 5000, 3);
  REQUIRE(writer.settle());
  CHECK(pages.dictionaries().size() == 2);
  pages.check_all(static_cast<int>(kSecondTraining) + 1);
}

TEST_CASE("a body whose dictionary is lost or changed is damaged, and says which") {
  Pages pages;
  BodyWriter writer(pages.database());
  pages.put_from(writer, 0, kFirst + 1);
  REQUIRE(writer.settle());
  pages.put(writer, kFirst + 1);
  const std::string sha256 = parsers::sha256_hex(page_of(kFirst + 1));
  const std::string row = *pages.database().get(Family::kDictionaries, dictionary_key(1)).value();
  for (const std::string& bad : {std::string{}, row.substr(0, row.size() / 2), row + "x"}) {
    Batch batch(pages.database());
    batch.put(Family::kDictionaries, dictionary_key(1), bad);
    REQUIRE(pages.database().commit(batch));
    const Dictionaries anew(pages.database());
    const auto found = anew.find(1);
    REQUIRE_FALSE(found);
    CHECK(found.error().kind == ErrorKind::kDamaged);
    CHECK(
        found.error().message ==
        "the archive is damaged: the row of dictionary 1 in `dictionaries` does not fit its layout; restore "
        "it from a backup");
  }
}
