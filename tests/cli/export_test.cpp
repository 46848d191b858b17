// Exports as a person asks for them: files, manifests, words.

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "parsers/digest.hpp"
#include "parsers/page.hpp"
#include "store/database.hpp"
#include "store/export/cursor.hpp"
#include "store/export/cursor_lock.hpp"
#include "store/json_field.hpp"
#include "store/records.hpp"
#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/places.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

namespace fs = std::filesystem;

struct Crawled {
  Crawled() {
    const sample::SampleForum forum({.threads = 12, .articles = 4});
    REQUIRE(
        run_program({"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s"}).exit_code ==
        0);
  }

  Ended export_as(const std::string& format, const std::string& name,
                  std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"export", format, "--archive", archive, "-o", directory / name};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words);
  }
  [[nodiscard]] std::string file(const std::string& name) const { return contents(directory / name); }

  TemporaryDirectory directory;
  std::string archive = directory / "archive";
};

}  // namespace

TEST_CASE("every format exports the sample forum, with a manifest whose digest is the file's") {
  const Crawled crawled;
  for (const std::string format : {"jsonl", "csv", "mbox", "warc"}) {
    INFO(format);
    const auto ended = crawled.export_as(format, "out." + format);
    CHECK(ended.exit_code == 0);
    CHECK(ended.err.starts_with(crawled.directory / ("out." + format + ": ")));
    const std::string manifest = crawled.file("out." + format + ".manifest.json");
    CHECK(manifest.find("\"sha256\": \"" + parsers::sha256_hex(crawled.file("out." + format)) + "\"") !=
          std::string::npos);
    CHECK(manifest.find("\"format\": \"" + format + "\"") != std::string::npos);
    CHECK(manifest.find("\"run\": 1,") != std::string::npos);
  }
  for (const std::string format : {"html", "markdown"}) {
    INFO(format);
    CHECK(crawled.export_as(format, format).exit_code == 0);
    CHECK(fs::exists(crawled.directory / (format + "/manifest.json")));
    CHECK(fs::exists(crawled.directory / (format + "/index." + (format == "html" ? "html" : "md"))));
    CHECK(run_shell("--version > /dev/null && cd '" + crawled.directory / format +
                    "' && sha256sum --quiet -c SHA256SUMS")
              .exit_code == 0);
  }
}

TEST_CASE("a compressed export holds what the plain one does") {
  const Crawled crawled;
  CHECK(crawled.export_as("jsonl", "plain").exit_code == 0);
  CHECK(crawled.export_as("jsonl", "small.gz", {"--compress", "gzip"}).exit_code == 0);
  CHECK(crawled.export_as("jsonl", "small.zst", {"--compress", "zstd"}).exit_code == 0);
  CHECK(fs::file_size(crawled.directory / "small.gz") < fs::file_size(crawled.directory / "plain") / 3);
  const std::string unpacked =
      run_shell("--version > /dev/null; gzip -dc '" + crawled.directory / "small.gz" + "'").out;
  CHECK(unpacked == crawled.file("plain"));
  CHECK(crawled.file("small.zst.manifest.json").find("\"compression\": \"zstd\"") != std::string::npos);
}

TEST_CASE("without --compress, the name of the file chooses what it is compressed by") {
  const Crawled crawled;
  CHECK(crawled.export_as("jsonl", "all.jsonl").exit_code == 0);
  CHECK(crawled.export_as("jsonl", "all.jsonl.gz").exit_code == 0);
  CHECK(run_shell("--version > /dev/null; gzip -dc '" + crawled.directory / "all.jsonl.gz" + "'").out ==
        crawled.file("all.jsonl"));
  CHECK(crawled.file("all.jsonl.gz.manifest.json").find("\"compression\": \"gzip\"") != std::string::npos);
  CHECK(crawled.export_as("csv", "posts.csv.zst").exit_code == 0);
  CHECK(crawled.file("posts.csv.zst").starts_with("\x28\xB5\x2F\xFD"));  // RFC 8878 §3.1.1
  CHECK(crawled.file("posts.csv.zst.manifest.json").find("\"compression\": \"zstd\"") != std::string::npos);
  CHECK(crawled.export_as("warc", "all.warc.gz").exit_code == 0);
  CHECK(crawled.file("all.warc.gz").starts_with("\x1F\x8B"));
}

TEST_CASE("a file whose name says another compression than --compress is not written") {
  const Crawled crawled;
  const auto refused = [&](const std::string& format, const std::string& name,
                           const std::vector<std::string>& more) {
    const auto ended = crawled.export_as(format, name, more);
    CHECK(ended.exit_code == 2);
    CHECK_FALSE(fs::exists(crawled.directory / name));
    const std::string place = "boardwalk: -o " + (crawled.directory / name) + ": ";
    REQUIRE(ended.err.starts_with(place));
    return ended.err.substr(place.size());
  };
  CHECK(refused("jsonl", "all.jsonl.gz", {"--compress", "zstd"}) ==
        "its name says gzip, and --compress says zstd; change one of them\n");
  CHECK(refused("mbox", "all.mbox.zst", {"--compress", "none"}) ==
        "its name says zstd, and --compress says none; change one of them\n");
  CHECK(refused("warc", "all.warc.gz", {"--compress", "none"}) ==
        "its name says gzip, and --compress says none; change one of them\n");
  CHECK(refused("warc", "all.warc.zst", {}) ==
        "a WARC is compressed by gzip or not at all; name it FILE.warc.gz\n");
}

TEST_CASE("a table is of one kind of record, posts by itself") {
  CHECK(run_program({"export", "csv", "--help"}).out.find("all by itself") == std::string::npos);
  const Crawled crawled;
  CHECK(crawled.export_as("csv", "posts.csv").exit_code == 0);
  CHECK(crawled.file("posts.csv").find("\r\npost,") != std::string::npos);
  CHECK(crawled.export_as("csv", "threads.csv", {"--kind", "threads"}).exit_code == 0);
  CHECK(crawled.file("threads.csv").find("\r\nthread,") != std::string::npos);
  CHECK(crawled.export_as("csv", "x.csv", {"--kind", "people"}).exit_code == 2);
}

TEST_CASE("Markdown is a folder of pages, or one document for a .md file and standard output") {
  const Crawled crawled;
  CHECK(crawled.export_as("markdown", "all.md").exit_code == 0);
  CHECK(crawled.file("all.md").starts_with("# "));
  const auto printed = run_program({"export", "markdown", "--archive", crawled.archive});
  CHECK(printed.out == crawled.file("all.md"));
  CHECK(printed.err.empty());
}

TEST_CASE("a site in a folder wants the folder's name, and takes the place of no other folder") {
  const Crawled crawled;
  const auto nowhere = run_program({"export", "html", "--archive", crawled.archive});
  CHECK(nowhere.exit_code == 2);
  CHECK(nowhere.err == "boardwalk: this format writes a directory; name one with -o DIR\n");
  const auto archive = crawled.export_as("html", "archive");
  CHECK(archive.exit_code == 2);
  CHECK(archive.err == "boardwalk: -o " + crawled.archive +
                           ": that is there already and no earlier export; name a new directory\n");
  CHECK(run_program({"status", "--archive", crawled.archive}).exit_code == 0);
}

TEST_CASE("an export with pseudonyms holds no author's name") {
  const Crawled crawled;
  std::ofstream(crawled.directory / "key") << "a key of sixteen bytes and more\n";
  CHECK(crawled.export_as("jsonl", "open", {"--kind", "threads"}).exit_code == 0);
  CHECK(
      crawled.export_as("jsonl", "hidden", {"--kind", "threads", "--pseudonymise", crawled.directory / "key"})
          .exit_code == 0);
  CHECK(crawled.file("open").find("\"author\":\"admin\"") != std::string::npos);
  CHECK(crawled.file("hidden").find("\"author\":\"admin\"") == std::string::npos);
  CHECK(crawled.file("hidden").find("\"author\":\"u_") != std::string::npos);
  CHECK(crawled.file("hidden.manifest.json").find("\"pseudonyms\": true") != std::string::npos);
}

TEST_CASE("the manifest of an export with pseudonyms names no author, either") {
  const Crawled crawled;
  std::ofstream(crawled.directory / "key") << "a key of sixteen bytes and more\n";
  const auto manifest = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"--author", "admin", "--kind", "threads"});
    CHECK(crawled.export_as("jsonl", "out", more).exit_code == 0);
    return crawled.file("out.manifest.json");
  };
  CHECK(manifest({}).find("\"author\": \"admin\"") != std::string::npos);
  const std::string site = *store::text_field(crawled.file("out"), "site");
  const std::string hidden = manifest({"--pseudonymise", crawled.directory / "key"});
  CHECK(hidden.find("\"author\": null") != std::string::npos);
  CHECK(hidden.find("admin") == std::string::npos);
  const std::string of_site = manifest({"--pseudonymise", crawled.directory / "key", "--site", site});
  const std::string pseudonym = *store::text_field(crawled.file("out"), "author");
  CHECK(of_site.find("\"author\": \"" + pseudonym + "\"") != std::string::npos);
  CHECK(of_site.find("admin") == std::string::npos);
}

TEST_CASE("an unknown format is answered with the nearest one") {
  const auto ended = run_program({"export", "jsnol"});
  CHECK(ended.exit_code == 2);
  CHECK(ended.err == "boardwalk: unknown format \"jsnol\"; did you mean \"jsonl\"?\n");
}

TEST_CASE("a WARC's manifest names the outcome and the run that its pages were chosen by") {
  const sample::SampleForum forum({.threads = 4, .articles = 2});
  const TemporaryDirectory directory;
  const std::string archive = directory / "archive";
  for (int run = 1; run <= 2; ++run)
    REQUIRE(
        run_program({"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s"}).exit_code ==
        0);
  const auto manifest = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"export", "warc", "--archive", archive, "-o", directory / "out"};
    words.insert(words.end(), more.begin(), more.end());
    CHECK(run_program(words).exit_code == 0);
    return contents(directory / "out.manifest.json");
  };
  const std::string chosen = manifest({"--outcome", "ok", "--run", "1"});
  CHECK(chosen.find("\"filters\": {\n    \"outcome\": \"ok\",\n    \"run\": 1\n  }") != std::string::npos);
  CHECK(chosen.find("\n  \"run\": 1,\n") != std::string::npos);
  const std::string all = manifest({});
  CHECK(all.find("\"filters\": {},") != std::string::npos);
  CHECK(all.find("\n  \"run\": 2,\n") != std::string::npos);
}

TEST_CASE("an export without a cursor leaves alone what one with a cursor, cut off, is waiting for") {
  const Crawled crawled;
  const std::string cursor = crawled.directory / "cursor";
  CHECK(crawled.export_as("jsonl", "out", {"--cursor", cursor}).exit_code == 0);
  const std::string all = crawled.file("out");
  REQUIRE_FALSE(all.empty());
  // As a kill just before the file took its name leaves it.
  const fs::path killed =  // a number above the largest process id
      crawled.directory / ("out.4194305" + store::Cursor::ending(cursor));
  fs::rename(crawled.directory / "out", killed);
  std::string waiting = contents(cursor);
  const std::size_t begin = waiting.find("/out.") + 5, end = waiting.find(".cursor-");
  REQUIRE(begin < end);
  std::ofstream(cursor + ".next", std::ios::binary) << waiting.replace(begin, end - begin, "4194305");
  fs::remove(cursor);
  CHECK(crawled.export_as("jsonl", "out").exit_code == 0);
  CHECK(fs::exists(killed));
  CHECK(crawled.export_as("jsonl", "out", {"--cursor", cursor}).exit_code == 0);
  CHECK(crawled.file("out") == all);
  CHECK_FALSE(fs::exists(killed));
}

TEST_CASE(
    "an export with a cursor that was cut off is made again or finished, wherever the next one is run") {
  const Crawled crawled;
  const std::string cursor = crawled.directory / "cursor";
  const auto name = [&](const char* key) { return *store::text_field(contents(cursor), key); };
  CHECK(run_shell("--version > /dev/null; cd '" + crawled.directory.path().string() + "' && '" +
                  tests::program() + "' export jsonl --archive archive --cursor cursor -o first")
            .exit_code == 0);
  const std::string all = crawled.file("first");
  REQUIRE_FALSE(all.empty());
  // As a kill leaves it just before the file takes its name, and then before the manifest does.
  fs::rename(name("file"), name("export"));
  fs::rename(name("manifest"), name("manifest_temporary"));
  fs::rename(cursor, cursor + ".next");
  CHECK(crawled.export_as("jsonl", "second", {"--cursor", cursor}).exit_code == 0);
  CHECK(crawled.file("second") == all);
  const std::string manifest = crawled.file("second.manifest.json");
  fs::rename(name("manifest"), name("manifest_temporary"));
  fs::rename(cursor, cursor + ".next");
  CHECK(crawled.export_as("jsonl", "third", {"--cursor", cursor}).exit_code == 0);
  CHECK(crawled.file("third").empty());
  CHECK(crawled.file("second.manifest.json") == manifest);
  CHECK(std::distance(fs::directory_iterator(crawled.directory.path()), {}) == 6);
}

TEST_CASE("a cursor or a key that the export would take the place of is wrong usage, and stays") {
  const Crawled crawled;
  const std::string out = crawled.directory / "out", manifest = out + ".manifest.json";
  std::ofstream(crawled.directory / "key") << "a key of sixteen bytes and more\n";
  REQUIRE(crawled.export_as("jsonl", "out").exit_code == 0);
  REQUIRE(crawled.export_as("html", "site").exit_code == 0);
  fs::copy_file(crawled.directory / "key", crawled.directory / "site/key");
  fs::create_symlink("out", crawled.directory / "link");
  const std::string before = crawled.file("out"), told = crawled.file("out.manifest.json");
  const auto refused = [&](const std::string& format, const std::string& name, const std::string& option,
                           const std::string& file) {
    const auto ended = crawled.export_as(format, name, {option, crawled.directory / file});
    CHECK(ended.exit_code == 2);
    const std::string place = "boardwalk: " + option + " " + crawled.directory / file;
    REQUIRE(ended.err.starts_with(place));
    return ended.err.substr(place.size());
  };
  const std::string itself = ": that is the export itself; name another file\n";
  CHECK(refused("jsonl", "out", "--cursor", "out") == itself);
  CHECK(refused("jsonl", "link", "--cursor", "out") == itself);
  CHECK(refused("csv", "out", "--cursor", "./link") == itself);
  CHECK(refused("jsonl", "out", "--cursor", "out.manifest.json") ==
        ": that is the export's manifest; name another file\n");
  fs::copy_file(out, out + ".next");
  CHECK(refused("jsonl", "out.next", "--cursor", "out") ==
        ", which is written as " + out + ".next first: that is the export itself; name another file\n");
  CHECK(contents(out + ".next") == before);
  CHECK(refused("jsonl", "key", "--pseudonymise", "key") == itself);
  CHECK(refused("html", "site", "--pseudonymise", "site/key") ==
        ": that lies in the directory of the export, which is made anew; name another file\n");
  CHECK(crawled.file("out") == before);
  CHECK(contents(manifest) == told);
  CHECK(crawled.file("key") == crawled.file("site/key"));
}

TEST_CASE("of two exports with one cursor at once the second is told of the first, and leaves all as it is") {
  const Crawled crawled;
  const std::string cursor = crawled.directory / "cursor";
  {
    const auto first = store::CursorLock::take(cursor);
    REQUIRE(first);
    const auto second = crawled.export_as("jsonl", "out", {"--cursor", cursor});
    CHECK(second.exit_code == 3);
    CHECK(second.err ==
          "boardwalk: --cursor " + cursor +
              ": another export with this cursor is under way; wait for its end and try again\n");
    CHECK_FALSE(fs::exists(crawled.directory / "out"));
    CHECK(fs::exists(cursor + ".lock"));
  }
  CHECK_FALSE(fs::exists(cursor + ".lock"));
  std::ofstream(cursor + ".lock") << "";  // as one that was killed leaves it
  CHECK(crawled.export_as("jsonl", "out", {"--cursor", cursor}).exit_code == 0);
  CHECK_FALSE(crawled.file("out").empty());
  CHECK_FALSE(fs::exists(cursor + ".lock"));
}

TEST_CASE("every format counts the articles that it leaves out as copies, each once") {
  const Crawled crawled;
  {
    const auto database = store::Database::open(crawled.archive, store::Database::Access::kWrite);
    REQUIRE(database);
    store::Batch batch(**database);
    for (const char* const url : {"http://news.test/1.html", "http://news.test/2.html"}) {
      parsers::Article article;
      article.site = "news.test";
      article.url = url;
      article.text = article.fold = "雨後的碼頭一盞燈亮到天明，船還沒有回來";
      article.text_sha256 = article.fold_sha256 = parsers::sha256_hex(article.text);
      article.parser = "news/1";
      parsers::ParsedPage page;
      page.page = article.page = {url, 100, parsers::sha256_hex(url)};
      page.articles = {article};
      REQUIRE(store::put_records(batch, page, 16));
    }
    REQUIRE((*database)->commit(batch));
  }
  for (const std::string format : {"mbox", "markdown", "html"}) {
    INFO(format);
    CHECK(crawled.export_as(format, format, {"--site", "news.test"})
              .err.ends_with("0 threads, 0 posts, 1 articles; 1 duplicates left out\n"));
  }
}
