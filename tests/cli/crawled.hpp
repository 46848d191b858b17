// An archive of the sample forum, crawled by the program, and looks into what commands print of it.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/program.hpp"
#include "tests/contents.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::tests {

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The first value of `"key":"…"` in JSON lines.
inline std::string field(const std::string& lines, const std::string& key) {
  const std::string mark = "\"" + key + "\":\"";
  const std::size_t at = lines.find(mark);
  REQUIRE(at != std::string::npos);
  const std::size_t begin = at + mark.size();
  return lines.substr(begin, lines.find('"', begin) - begin);
}

struct Crawled {
  Crawled() { crawl(archive); }

  void crawl(const std::string& into) const {
    REQUIRE(
        run_program({"crawl", forum.base_url(), "--archive", into, "--set", "fetch.delay=0s"}).exit_code ==
        0);
  }
  Ended run(std::vector<std::string> words) const {
    words.insert(words.end(), {"--archive", archive});
    return run_program(words);
  }
  std::string records(const std::string& of) const {
    const auto ended = run_program({"export", "jsonl", "--with-duplicates", "--archive", of});
    REQUIRE(ended.exit_code == 0);
    return ended.out;
  }
  std::string files() const {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(archive))
      if (entry.is_regular_file()) all += contents(entry.path());
    return all;
  }

  TemporaryDirectory directory;
  std::string archive = directory / "archive";
  sample::SampleForum forum{{.threads = 12, .articles = 3}};
};

}  // namespace boardwalk::tests
