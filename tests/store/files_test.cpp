// Files that records name: how a record's line tells of them.

#include "store/files.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "tests/store/archive_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

const std::string kDigest(64, 'a');
const std::string kOther(64, 'b');

// A post `1` with an image and an attachment, and a post `2` that names nothing.
void put_posts(Archive& archive) {
  auto post = make_post("1", long_text(1), 1);
  post.images = {{"http://bbs.test/pic.png", std::nullopt, std::nullopt}};
  parsers::Attachment attachment;
  attachment.url = "http://bbs.test/forum.php?mod=attachment&aid=306";
  post.attachments = {attachment, parsers::Attachment{}};
  archive.put(thread_page("5", 1, 1, {post, make_post("2", long_text(2), 2)}, 20));
}

}  // namespace

TEST_CASE("a record has no files before any came") {
  Archive archive;
  put_posts(archive);
  CHECK(archive.json("bbs.test/post/1").find("\"files\"") == std::string::npos);
  const auto any = has_files(archive.read());
  REQUIRE(any);
  CHECK_FALSE(*any);
}

TEST_CASE("files stand behind a record's other keys, in its order, in every life of an archive") {
  for (const Life life : {Life::kOneProcess, Life::kReopened, Life::kKilled}) {
    Archive archive(life);
    put_posts(archive);
    const std::string before = archive.json("bbs.test/post/1");
    archive.commit([](Batch& batch) {
      put_file(batch, "bbs.test attachment 306", {kOther, "application/zip", 7});
      put_file(batch, "bbs.test /pic.png", {kDigest, "image/png", 29});
    });
    const std::string after = archive.json("bbs.test/post/1");
    CHECK(after == before.substr(0, before.size() - 1) +
                       ",\"files\":[{\"url\":\"http://bbs.test/pic.png\",\"sha256\":\"" + kDigest +
                       "\",\"type\":\"image/png\",\"bytes\":29},"
                       "{\"url\":\"http://bbs.test/forum.php?mod=attachment&aid=306\",\"sha256\":\"" +
                       kOther + "\",\"type\":\"application/zip\",\"bytes\":7}]}");
    CHECK(post_from_json(after));
    CHECK(archive.json("bbs.test/post/2").find("\"files\"") == std::string::npos);
    const auto lines = archive.lines();
    CHECK(std::count(lines.begin(), lines.end(), after + "\n") == 1);
  }
}

TEST_CASE("a file that moved is the one it moved to: one that moves in circles is none") {
  Archive archive;
  put_posts(archive);
  archive.commit([](Batch& batch) {
    put_moved_file(batch, "bbs.test attachment 306", "cdn.test /a");
    put_moved_file(batch, "cdn.test /a", "cdn.test /b");
    put_file(batch, "cdn.test /b", {kDigest, "image/png", 29});
    put_moved_file(batch, "bbs.test /pic.png", "bbs.test /pic.png");
  });
  const auto moved = file_of(archive.read(), "http://bbs.test/forum.php?mod=attachment&aid=306");
  REQUIRE(moved);
  REQUIRE(*moved);
  CHECK((*moved)->sha256 == kDigest);
  const auto circle = file_of(archive.read(), "http://bbs.test/pic.png");
  REQUIRE(circle);
  CHECK_FALSE(*circle);
  const auto unknown = file_of(archive.read(), "http://bbs.test/never.png");
  REQUIRE(unknown);
  CHECK_FALSE(*unknown);
}
