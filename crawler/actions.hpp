// What other processes ask of a crawl while it runs, through files in the archive's directory `actions/`.
// Whoever asks writes `NAME.action` (a word, then its arguments, a line each) and waits for `NAME.answer`,
// whose first line is `done` or `refused`, and the rest words for a person. Files appear whole, by rename.
// What was asked of an earlier crawl is not carried out by a later one, but for what was left for it: files
// that are no older than the archive's lock were written for the crawl that holds it. What was left stays
// until it has been carried out: a crawl that is killed or fails before leaves it for the one after. Who asks as
// another user than the archive's owner, as root may, hands the directory over to that one, whose crawls are to
// remove what they have done.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"

namespace boardwalk::crawler {

struct Action {
  enum class Kind { kPause, kResume, kStop, kSeed, kBlock, kUnblock, kRetry };
  Kind kind = Kind::kPause;
  std::vector<std::string> arguments;  // URLs of kSeed, hosts of kBlock and kUnblock, page keys of kRetry
};

[[nodiscard]] std::string_view to_string(Action::Kind kind);

// The crawl's end.
class ActionBox {
 public:
  // What a person is told of a file that can be read or removed by others alone; once of each.
  using Tell = std::function<void(const std::string& trouble)>;
  using CarryOut = std::function<Result<std::string>(const Action&)>;

  // Of the archive in this directory; drops what an earlier crawl left unanswered, and keeps what was asked
  // since this one took the lock. `tell` may be empty.
  explicit ActionBox(const std::filesystem::path& archive, Tell tell = {});

  // Carries out what has been asked since the last call, oldest first. `carry_out` gives the words of the
  // answer, or an error, which refuses; an action that cannot be read is refused without it. An error other
  // than kUsage keeps what was left, and what was asked after it, for the next crawl. What cannot be read, or
  // was not left and cannot be removed, is not carried out. REQUIRES: what is left may be carried out twice,
  // since a crawl may be killed in between.
  void attend(const CarryOut& carry_out);

 private:
  [[nodiscard]] bool carry_out_left(const std::filesystem::path& path, const std::string& text,
                                    const CarryOut& carry_out);
  [[nodiscard]] bool remove(const std::filesystem::path& path, std::string_view what_then);
  void tell_once(const std::filesystem::path& path, const std::string& trouble);

  std::filesystem::path directory_;
  Tell tell_;
  std::set<std::filesystem::path> done_;  // of what was left; a file may be one that we cannot remove
  std::set<std::filesystem::path> told_;
};

// Whether a crawl holds the archive, and would attend to what it is asked.
[[nodiscard]] bool crawl_runs(const std::filesystem::path& archive);

// The other end: asks the crawl that writes this archive, and gives its answer. kNotFound when no crawl runs
// or it does not answer within `patience` (the action is withdrawn then; one that the crawl has taken cannot
// be, and its answer is waited for as long again), kUsage when it refuses, kIo when the directory cannot be
// written.
[[nodiscard]] Result<std::string> ask_crawl(const std::filesystem::path& archive, const Action& action,
                                            std::chrono::milliseconds patience);

// Leaves an action for the next crawl, when none runs. kIo when the directory cannot be written.
[[nodiscard]] Result<void> leave_for_next(const std::filesystem::path& archive, const Action& action);

// Takes the site, and its pages' keys, out of what was left for the next crawl. kIo when the directory cannot
// be written. REQUIRES: no crawl runs.
[[nodiscard]] Result<void> withdraw_left(const std::filesystem::path& archive, const std::string& site);

}  // namespace boardwalk::crawler
