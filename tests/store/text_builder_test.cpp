// A full-text index out of pieces.

#include "store/text_builder.hpp"

#include <xapian.h>

#include <catch2/catch.hpp>

#include "store/schema.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

namespace fs = std::filesystem;

std::string key_of(int number) { return post_key("bbs.test", "1", std::to_string(number)); }

std::string json_of(int number) { return R"({"text":"第)" + std::to_string(number) + R"(盞燈亮了"})"; }

}  // namespace

TEST_CASE("pieces become one index, whatever their number, and nothing else is left in the folder") {
  for (const int posts : {0, 1, 2, 3, 8, 9, 10, 26, 27, 28, 100}) {
    const TemporaryDirectory temporary;
    const fs::path folder = temporary.path() / "new";
    TextBuilder builder(folder, {1, 3});
    for (int i = 0; i < posts; ++i) builder.add(key_of(i), json_of(i));
    TextIndexState state;
    state.id = "0123";
    state.changes = 7;
    const Xapian::Database index(builder.finish(state).string());
    CHECK(std::distance(fs::directory_iterator(folder), fs::directory_iterator()) == 1);
    CHECK(index.get_metadata("id") == "0123");
    CHECK(index.get_metadata("changes") == "7");
    CHECK(static_cast<int>(index.get_doccount()) == posts);
    CHECK(static_cast<int>(index.get_termfreq("亮了")) == posts);
    for (int i = 0; i < posts; ++i) {
      const auto posting = index.postlist_begin(document_term(key_of(i)));
      REQUIRE(posting != index.postlist_end(document_term(key_of(i))));
      CHECK(candidate_from(index.get_document(*posting).get_data())->key == key_of(i));
    }
  }
}

TEST_CASE("what a kill has left in the folder is no part of the index") {
  const TemporaryDirectory temporary;
  const fs::path folder = temporary.path() / "new";
  {
    TextBuilder killed(folder, {1, 3});
    for (int i = 0; i < 5; ++i) killed.add(key_of(i), json_of(i));
  }
  TextBuilder builder(folder, {1, 3});
  builder.add(key_of(9), json_of(9));
  CHECK(Xapian::Database(builder.finish({}).string()).get_doccount() == 1);
}
